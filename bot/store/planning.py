"""Writing down the deliveries of an edition."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, literal, select, text, update

from bot.editions import DeliveryState, EditionState
from bot.store.announcing import deliveries, editions, news, selections, subscriptions
from bot.store.lookups import CHUNK, NEWEST_FIRST
from bot.store.tables import post_topics, posts
from bot.subscriptions import Filter, SubscriptionState


def plan(connection: Connection, edition: int, at: datetime) -> int:
    """Write down a delivery for every active subscription that an edition has posts for; return how many.

    What the edition has for each different filter is found out once, however many channels ask for the same.

    Args:
        connection: one of `bot.store.engine.writing`, which sees the subscriptions as of one moment.
        edition: its number; nothing is done unless it is open and not planned.
        at: the time of day, an aware time.
    """
    if not connection.execute(_BEGIN, {"edition": edition, "at": at}).rowcount:
        return 0
    topics = _topics_by_post(connection, edition)
    with connection.execute(_FILTERS, execution_options={"yield_per": CHUNK}) as filters:
        for some in filters.partitions():
            if rows := [{"edition_id": edition, **row} for row in _selected(some, topics)]:
                connection.execute(insert(selections), rows)
    planned = connection.execute(_PLAN, {"edition": edition, "at": at}).rowcount
    if connection.dialect.name == "postgresql":
        # Without this it believes for a minute that next to nothing is due, and sorts all of it for every claim.
        connection.execute(_COUNT_ANEW)
    return planned


def _topics_by_post(connection: Connection, edition: int) -> Mapping[str, set[str]]:
    """Return the names of the topics of an edition's posts, the newest post first."""
    topics: dict[str, set[str]] = {}
    for post_id, name in connection.execute(_TOPICS, {"edition": edition}):
        topics.setdefault(post_id, set()).add(name)
    return topics


def _selected(filters: Iterable[tuple[Filter, str]], topics: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    """Yield what there is for each filter that takes something."""
    for wanted, key in filters:
        if ids := [post_id for post_id, names in topics.items() if wanted.takes(names)]:
            yield {"filter": wanted, "filter_key": key, "posts": " ".join(ids)}


_COUNT_ANEW = text("ANALYZE deliveries, selections")
_BEGIN = (
    update(editions)
    .where(
        editions.c.id == bindparam("edition"),
        editions.c.state == EditionState.OPEN,
        editions.c.planned_at.is_(None),
    )
    .values(planned_at=bindparam("at"))
)
_TOPICS = (
    select(posts.c.id, post_topics.c.name)
    .join(news, news.c.post_id == posts.c.id)
    .outerjoin(post_topics, post_topics.c.post_id == posts.c.id)
    .where(news.c.edition_id == bindparam("edition"))
    .order_by(*NEWEST_FIRST)
)
_ACTIVE = subscriptions.c.state == SubscriptionState.ACTIVE
_FILTERS = select(subscriptions.c.filter, subscriptions.c.filter_key).where(_ACTIVE).distinct()
_VALUES: dict[str, Any] = {
    "subscription_id": subscriptions.c.id,
    "edition_id": selections.c.edition_id,
    "selection_id": selections.c.id,
    "lane": subscriptions.c.lane,
    "state": literal(DeliveryState.PLANNED, deliveries.c.state.type),
    "state_since": bindparam("at", type_=deliveries.c.state_since.type),
    "due_at": bindparam("at", type_=deliveries.c.due_at.type),
    "unsure": literal(False),
    "attempts": literal(0),
    "message": literal(""),
    "url": literal(""),
    "why": literal(""),
}
# Two keys may be equal by chance, so that the filters are compared as well.
_SAME_FILTER = (selections.c.filter_key == subscriptions.c.filter_key) & (selections.c.filter == subscriptions.c.filter)
_PLAN = (
    insert(deliveries)
    .from_select(
        list(_VALUES),
        select(*_VALUES.values())
        .join(selections, _SAME_FILTER)
        .where(selections.c.edition_id == bindparam("edition"), _ACTIVE)
        .order_by(subscriptions.c.id),
    )
    .execution_options(preserve_rowcount=True)
)
