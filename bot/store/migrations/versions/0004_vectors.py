"""The vectors of texts, for the search by meaning."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "vectors",
        sa.Column("model", _KEY, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "key", name="pk_vectors"),
    )
