"""How long a doubtful source is left alone, and whether all of it was read when it was not believed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("doubts", sa.Column("rests_until", sa.DateTime(timezone=True)))
    op.add_column("doubts", sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false()))
