"""Subscriptions, editions, deliveries, and who sends them. Nothing that is in the archive already becomes news."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_subscriptions()
    _create_editions()
    _create_deliveries()
    agenda = op.create_table(
        "agenda",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("settled", _MOMENT),
        sa.Column("begun", _MOMENT),
        sa.Column("looked_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
        sa.CheckConstraint("id = 1", name=op.f("ck_agenda_one_row")),
    )
    op.bulk_insert(agenda, [{"id": 1}])
    op.create_table(
        "registrations",
        sa.Column("application", _KEY, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application", name="pk_registrations"),
    )


def _create_subscriptions() -> None:
    op.create_table(
        "lanes",
        sa.Column("name", _KEY, nullable=False),
        sa.Column("platform", _KEY, nullable=False),
        sa.Column("owner", _KEY),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lanes"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", _KEY, nullable=False),
        sa.Column("workspace", _KEY, nullable=False),
        sa.Column("channel", _KEY, nullable=False),
        sa.Column("lane", _KEY, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("filter_key", _KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", _MOMENT),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["lane"], ["lanes.name"], name="fk_subscriptions_lane"),
        sa.UniqueConstraint("platform", "workspace", "channel", name="uq_subscriptions_platform"),
    )


def _create_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", _KEY, nullable=False),
        sa.Column("frozen_at", _MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("mark", name="uq_editions_mark"),
    )
    op.create_table(
        "news",
        sa.Column("post_id", _KEY, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("edition_id", sa.Integer()),
        sa.Column("passed_at", _MOMENT),
        sa.PrimaryKeyConstraint("post_id", name="pk_news"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_news_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_news_edition_id"),
    )
    op.create_index("ix_news_edition_id", "news", ["edition_id"])
    op.create_table(
        "selections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("filter_key", _KEY, nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_selections"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_selections_edition_id"),
    )
    op.create_index("ix_selections_edition_id", "selections", ["edition_id", "filter_key"])


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("lane", _KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT),
        sa.Column("claimed_by", _KEY),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", _MOMENT),
        sa.Column("intended_at", _MOMENT),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], name="fk_deliveries_subscription_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_deliveries_edition_id"),
        sa.ForeignKeyConstraint(["selection_id"], ["selections.id"], name="fk_deliveries_selection_id"),
        sa.UniqueConstraint("subscription_id", "edition_id", name="uq_deliveries_subscription_id"),
        sa.CheckConstraint("(due_at IS NOT NULL) = (state IN ('planned', 'waiting'))", name=op.f("ck_deliveries_due")),
        sa.CheckConstraint("(claimed_by IS NOT NULL) = (state = 'sending')", name=op.f("ck_deliveries_claimed")),
    )
    due, in_hand = sa.text("due_at IS NOT NULL"), sa.text("claimed_by IS NOT NULL")
    op.create_index("ix_deliveries_due", "deliveries", ["lane", "due_at", "id"], sqlite_where=due, postgresql_where=due)
    op.create_index("ix_deliveries_in_hand", "deliveries", ["lane"], sqlite_where=in_hand, postgresql_where=in_hand)
    op.create_index("ix_deliveries_state", "deliveries", ["state", "edition_id", "id"])
