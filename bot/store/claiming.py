"""Taking deliveries into a worker's hands, and giving them out of hand; always inside a transaction that writes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, tuple_, update

from bot.channels import Channel, Workspace
from bot.editions import DeliveryState, Settlement, Task
from bot.outcomes import Delivery
from bot.store.announcing import deliveries, editions, lanes, selections, subscriptions
from bot.store.keys import KEY, number_of
from bot.store.rows import storable
from bot.store.subscriptions import SKIPPED_WHY
from bot.subscriptions import SubscriptionState


def is_held(connection: Connection, lane: str, worker: str, at: datetime) -> bool:
    """Say whether a worker holds a lane at a moment, and keep others from taking it until the transaction ends."""
    return connection.execute(_LEASE, {"lane": lane, "worker": worker, "at": at}).scalar() is not None


def take(
    connection: Connection, lane: str, worker: str, limit: int, at: datetime, apart_from: Collection[Workspace]
) -> Iterator[Task]:
    """Take what earlier holders of a lane had in hand, then what is due."""
    values = {"lane": lane, "worker": worker, "limit": limit, "at": at}
    found = list(connection.execute(_IN_HAND, values))
    if len(found) < limit:
        apart = [(one.platform, one.id) for one in islice(apart_from, _MOST_APART)]
        due = connection.execute(_DUE, {**values, "limit": limit - len(found), "apart": apart})
        found += _without_idle(connection, due.all(), at)
    if found:
        connection.execute(_TAKE, {"ids": [row.id for row in found], "worker": worker, "at": at})
    return (_task_of(row, at) for row in found)


def settle(connection: Connection, worker: str, settlements: Sequence[Settlement], at: datetime) -> None:
    """Write down what became of tasks."""
    # In one order whoever settles, so that two of them never wait for each other.
    rows = sorted((_settled(one, worker, at) for one in settlements), key=lambda row: row["which"])
    sent = [row for row in rows if row["becomes"] is DeliveryState.SENT]
    others = [row for row in rows if row["becomes"] is not DeliveryState.SENT]
    if sent:
        connection.execute(_SENT, sent)
    if others:
        connection.execute(_NOT_SENT, others)


_MOST_APART = 5000  # a statement takes 32,766 values on SQLite; whoever claims keeps the others waiting in hand
_ROWS = deliveries.c
_LEASE = (
    select(lanes.c.name)
    .where(
        lanes.c.name == bindparam("lane"),
        lanes.c.owner == bindparam("worker"),
        lanes.c.until > bindparam("at"),
    )
    .with_for_update(read=True)
)
_CLAIMABLE: Select[Any] = (
    select(
        deliveries,
        KEY.label("key"),
        selections.c.posts,
        selections.c.filter,
        subscriptions.c.platform,
        subscriptions.c.workspace,
        subscriptions.c.channel,
        subscriptions.c.state.label("subscribed"),
    )
    .join(subscriptions, subscriptions.c.id == _ROWS.subscription_id)
    .join(selections, selections.c.id == _ROWS.selection_id)
    .join(editions, editions.c.id == _ROWS.edition_id)
    .where(_ROWS.lane == bindparam("lane"))
    .limit(bindparam("limit"))
    .with_for_update(of=deliveries, skip_locked=True)
)
_IN_HAND = _CLAIMABLE.where(_ROWS.claimed_by != bindparam("worker")).order_by(_ROWS.id)
_DUE = _CLAIMABLE.where(
    _ROWS.due_at <= bindparam("at"),
    tuple_(subscriptions.c.platform, subscriptions.c.workspace).not_in(bindparam("apart", expanding=True)),
).order_by(_ROWS.due_at, _ROWS.id)
_TAKE = (
    update(deliveries)
    .where(_ROWS.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=DeliveryState.SENDING,
        state_since=bindparam("at"),
        due_at=None,
        claimed_by=bindparam("worker"),
        attempts=_ROWS.attempts + 1,
        first_tried_at=func.coalesce(_ROWS.first_tried_at, bindparam("at")),
        intended_at=func.coalesce(_ROWS.intended_at, bindparam("at")),
    )
)
_SKIP = (
    update(deliveries)
    .where(_ROWS.id == bindparam("which"))
    .values(state=DeliveryState.SKIPPED, state_since=bindparam("at"), due_at=None, why=bindparam("because"))
)
_OUT_OF_HAND: dict[str, Any] = {
    "state": bindparam("becomes"),
    "state_since": bindparam("at"),
    "due_at": bindparam("due"),
    "claimed_by": None,
    "unsure": bindparam("in_doubt"),
    "message": bindparam("left"),
    "url": bindparam("shown"),
    "why": bindparam("because"),
}
_SENT = update(deliveries).where(_ROWS.id == bindparam("which"), _ROWS.state != DeliveryState.SENT).values(_OUT_OF_HAND)
_NOT_SENT = (
    update(deliveries)
    .where(_ROWS.id == bindparam("which"), _ROWS.claimed_by == bindparam("worker"))
    .values(_OUT_OF_HAND)
)


def _without_idle(connection: Connection, due: Sequence[Row[Any]], at: datetime) -> list[Row[Any]]:
    """Skip what was planned while somebody paused or ended the subscription, and return the rest."""
    idle = [row for row in due if row.subscribed is not SubscriptionState.ACTIVE]
    if idle:
        skipped = [{"which": row.id, "at": at, "because": SKIPPED_WHY[row.subscribed]} for row in idle]
        connection.execute(_SKIP, skipped)
    return [row for row in due if row.subscribed is SubscriptionState.ACTIVE]


def _task_of(row: Row[Any], at: datetime) -> Task:
    channel = Channel(row.platform, row.workspace, row.channel)
    return Task(
        delivery=Delivery(row.key, channel, row.intended_at or at),
        edition=row.edition_id,
        posts=tuple(row.posts.split()),
        attempts=row.attempts + 1,
        first_tried_at=row.first_tried_at or at,
        unsure=row.unsure or row.state is DeliveryState.SENDING,
        filter=row.filter,
    )


def _settled(one: Settlement, worker: str, at: datetime) -> dict[str, Any]:
    return {
        "which": number_of(one.key),
        "worker": worker,
        "becomes": one.state,
        "at": at,
        "due": one.due_at,
        "in_doubt": one.unsure,
        "left": storable(one.message),
        "shown": storable(one.url),
        "because": storable(one.why),
    }
