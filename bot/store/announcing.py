"""The tables of subscriptions, editions and deliveries, as the newest migration leaves them."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from bot.editions import DeliveryState, EditionState
from bot.store import tables
from bot.store.schema import Key, Member, Moment, Wish, metadata
from bot.subscriptions import SubscriptionState

# A lane is there as soon as a channel subscribes that goes by it.
lanes = Table(
    "lanes",
    metadata,
    Column("name", Key, primary_key=True),
    Column("platform", Key, nullable=False),
    Column("owner", Key),
    Column("until", Moment, nullable=False),  # when the lease of its owner, or of the one before, ends
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", Key, nullable=False),
    Column("workspace", Key, nullable=False),
    Column("channel", Key, nullable=False),
    Column("lane", Key, ForeignKey("lanes.name"), nullable=False),
    Column("label", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("filter", Wish, nullable=False),
    Column("filter_key", Key, nullable=False),
    Column("state", Member(SubscriptionState), nullable=False),
    Column("state_since", Moment),
    Column("why", Text, nullable=False),
    UniqueConstraint("platform", "workspace", "channel"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", Key, nullable=False, unique=True),  # drawn at random: no two databases have a delivery of one key
    Column("frozen_at", Moment, nullable=False),
    Column("state", Member(EditionState), nullable=False),
    Column("planned_at", Moment),
)

# A post is one row, so that it can be in one edition only.
news = Table(
    "news",
    metadata,
    Column("post_id", Key, ForeignKey(tables.posts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("edition_id", Integer, ForeignKey("editions.id")),
    Column("passed_at", Moment),  # when it was found too old to be announced
    Index("ix_news_edition_id", "edition_id"),
)

# What an edition has for a filter: written once for all the subscriptions that ask for the same.
selections = Table(
    "selections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition_id", Integer, ForeignKey("editions.id"), nullable=False),
    Column("filter", Wish, nullable=False),
    Column("filter_key", Key, nullable=False),
    Column("posts", Text, nullable=False),  # ids with blanks between them, the newest post's first
    Index("ix_selections_edition_id", "edition_id", "filter_key"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription_id", Integer, ForeignKey("subscriptions.id"), nullable=False),
    Column("edition_id", Integer, ForeignKey("editions.id"), nullable=False),
    Column("selection_id", Integer, ForeignKey("selections.id"), nullable=False),
    Column("lane", Key, nullable=False),
    Column("state", Member(DeliveryState), nullable=False),
    Column("state_since", Moment, nullable=False),
    Column("due_at", Moment),  # when it is to be sent; only if it is planned or waiting
    Column("claimed_by", Key),  # who has it in hand; only if it is being sent
    Column("unsure", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_tried_at", Moment),
    Column("intended_at", Moment),  # as `first_tried_at`, but a retry by hand does not start it anew
    Column("message", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("why", Text, nullable=False),
    UniqueConstraint("subscription_id", "edition_id"),
    CheckConstraint("(due_at IS NOT NULL) = (state IN ('planned', 'waiting'))", name="due"),
    CheckConstraint("(claimed_by IS NOT NULL) = (state = 'sending')", name="claimed"),
    # Of all deliveries that ever were, these two hold no more than those that something is still to be done about.
    Index(
        "ix_deliveries_due",
        "lane",
        "due_at",
        "id",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_deliveries_in_hand",
        "lane",
        sqlite_where=text("claimed_by IS NOT NULL"),
        postgresql_where=text("claimed_by IS NOT NULL"),
    ),
    Index("ix_deliveries_state", "state", "edition_id", "id"),
)

# One row.
agenda = Table(
    "agenda",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("settled", Moment),  # the newest tick that is done
    Column("begun", Moment),  # the newest tick that somebody took upon himself
    Column("looked_at", Moment),  # when that was
)

registrations = Table(
    "registrations",
    metadata,
    Column("application", Key, primary_key=True),
    Column("fingerprint", Text, nullable=False),
)
