"""The archive: posts, their topics and revisions, imports, and one row about it all."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_posts()
    _create_what_hangs_on_posts()
    op.create_table(
        "topic_totals",
        sa.Column("name", _KEY, nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_topic_totals"),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    _create_archive()


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("identity", _KEY, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("implications", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("citation", sa.Text()),
        sa.Column("cited_authors", sa.JSON(), nullable=False),
        sa.Column("cited_year", sa.Integer()),
        sa.Column("cited_title", sa.Text(), nullable=False),
        sa.Column("cited_container", sa.Text(), nullable=False),
        sa.Column("cited_volume", sa.Text(), nullable=False),
        sa.Column("cited_issue", sa.Text(), nullable=False),
        sa.Column("cited_pages", sa.Text(), nullable=False),
        sa.Column("doi", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("identity", name="uq_posts_identity"),
    )
    op.create_index("ix_posts_newest", "posts", ["month", "sequence", "id"])
    op.create_index("ix_posts_origin", "posts", ["origin"])
    op.create_index("ix_posts_doi", "posts", ["doi"])


def _create_what_hangs_on_posts() -> None:
    op.create_table(
        "post_topics",
        sa.Column("post_id", _KEY, nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "name", name="pk_post_topics"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_topics_post_id", ondelete="CASCADE"),
    )
    op.create_index("ix_post_topics_newest", "post_topics", ["name", "month", "sequence", "post_id"])
    op.create_table(
        "former_identities",
        sa.Column("post_id", _KEY, nullable=False),
        sa.Column("identity", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("post_id", "identity", name="pk_former_identities"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_former_identities_post_id", ondelete="CASCADE"),
    )
    op.create_table(
        "revisions",
        sa.Column("post_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "number", name="pk_revisions"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_revisions_post_id", ondelete="CASCADE"),
    )


def _create_archive() -> None:
    archive = op.create_table(
        "archive",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("source_read_at", _MOMENT),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("starters", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Integer()),
        sa.Column("newest", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_archive"),
        sa.CheckConstraint("id = 1", name=op.f("ck_archive_one_row")),
    )
    first = {"id": 1, "revision": 0, "mark": secrets.token_hex(8), "catalogue": "", "posts": 0, "starters": 0}
    op.bulk_insert(archive, [first])
