"""Posts are found by their address; nothing looks for a DOI."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_POSTS = sa.table("posts", sa.column("id"), sa.column("url"), sa.column("address"))


def upgrade() -> None:
    op.add_column("posts", sa.Column("address", _KEY))
    _fill_in()
    op.create_index("ix_posts_address", "posts", ["address"])
    op.drop_index("ix_posts_doi", table_name="posts")


def _fill_in() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_POSTS.c.id, _POSTS.c.url).where(_POSTS.c.url != "")).all()
    if rows:
        update = sa.update(_POSTS).where(_POSTS.c.id == sa.bindparam("which")).values(address=sa.bindparam("key"))
        connection.execute(update, [{"which": post_id, "key": _key(url)} for post_id, url in rows])


def _key(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    address = rest if colon and scheme in {"http", "https"} else url
    return hashlib.sha256(address.encode()).hexdigest()[:16]
