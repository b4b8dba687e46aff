"""Visits to sources and what each source holds; types of research, withdrawn posts, and DOIs that were found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_posts()
    _create_visits()
    op.create_table(
        "dois",
        sa.Column("citation", _KEY, nullable=False),
        sa.Column("doi", _KEY, nullable=False),
        sa.Column("looked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("citation", name="pk_dois"),
    )


def _extend_posts() -> None:
    op.add_column("posts", sa.Column("found_doi", _KEY, nullable=False, server_default=sa.text("''")))
    op.add_column("posts", sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("''")))
    for table in ("posts", "post_topics"):
        op.add_column(table, sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("ix_posts_newest", table_name="posts")
    op.create_index("ix_posts_newest", "posts", ["month", "sequence", "id", "withdrawn"])
    op.drop_index("ix_post_topics_newest", table_name="post_topics")
    newest = ["name", "month", "sequence", "post_id", "withdrawn"]
    op.create_index("ix_post_topics_newest", "post_topics", newest)


def _create_visits() -> None:
    op.create_table(
        "visits",
        sa.Column("source", _KEY, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "whole", name="pk_visits"),
    )
    op.create_table(
        "doubts",
        sa.Column("source", _KEY, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_doubts"),
    )
    op.create_table(
        "sightings",
        sa.Column("source", _KEY, nullable=False),
        sa.Column("post_id", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("source", "post_id", name="pk_sightings"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_sightings_post_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sightings_post_id", "sightings", ["post_id"])
