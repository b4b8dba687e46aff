"""What channels have asked for, kept in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, bindparam, select, update

from bot.channels import Channel, Workspace
from bot.editions import DeliveryState, lane_of
from bot.store.announcing import deliveries, lanes, subscriptions
from bot.store.engine import reading, updating
from bot.store.lookups import chunks
from bot.store.rows import storable
from bot.store.schema import filter_key
from bot.store.upserts import insert_missing, upsert
from bot.subscriptions import Filter, Subscription, SubscriptionState


class SqlSubscriptions:
    """The subscriptions in a database: `bot.ports.subscribing.Subscriptions`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def here(self, channel: Channel) -> Subscription | None:
        """Return a channel's subscription, whatever its state; `None` if it never had one."""
        with reading(self._engine) as connection:
            row = connection.execute(select(subscriptions).where(in_place(channel))).one_or_none()
        return None if row is None else _subscription_of(row)

    def among(
        self, workspace: Workspace | None = None, state: SubscriptionState | None = None
    ) -> tuple[Subscription, ...]:
        """Return subscriptions, the oldest first: of one workspace or of all, in one state or in any but ended."""
        columns = subscriptions.c
        meant = columns.state == state if state else columns.state != SubscriptionState.ENDED
        if workspace:
            meant &= in_place(workspace)
        with reading(self._engine) as connection:
            return _all_of(connection, meant)

    def save(self, subscription: Subscription) -> Subscription:
        """Keep a channel's subscription in the place of the one it had, and return it with its number.

        Deliveries of a subscription that is no longer active and not yet in a worker's hands are skipped.
        """
        key, values = _place_of(subscription.channel), _values_of(subscription)
        with updating(self._engine) as connection:
            lane = {"platform": key["platform"], "until": subscription.since}
            insert_missing(connection, lanes, {"name": values["lane"]}, lane)
            upsert(connection, subscriptions, key, values)
            (kept,) = _all_of(connection, in_place(subscription.channel))
            if kept.state is not SubscriptionState.ACTIVE:
                _skip(connection, [kept], kept.state_since or kept.since)
        return kept

    def lose(self, where: Channel | Workspace, why: str, at: datetime) -> tuple[Subscription, ...]:
        """Mark the active subscriptions of a channel or a workspace as gone, and return them as they are now.

        Their deliveries that are not yet in a worker's hands are skipped.
        """
        with updating(self._engine) as connection:
            lost = _turn(connection, where, SubscriptionState.ACTIVE, SubscriptionState.GONE, storable(why), at)
            _skip(connection, lost, at)
        return lost

    def regain(self, where: Channel | Workspace, at: datetime) -> tuple[Subscription, ...]:
        """Mark the gone subscriptions of a channel or a workspace as active, and return them as they are now.

        Of several processes that find a channel back, one gets its subscription, and says so there.
        """
        with updating(self._engine) as connection:
            return _turn(connection, where, SubscriptionState.GONE, SubscriptionState.ACTIVE, "", at)


def in_place(where: Channel | Workspace) -> ColumnElement[bool]:
    """Return the condition that a subscription is of a channel, or of a workspace."""
    return and_(*(subscriptions.c[name] == value for name, value in _place_of(where).items()))


SKIPPED_WHY = {
    SubscriptionState.PAUSED: "The subscription was paused before this was sent.",
    SubscriptionState.GONE: "The channel could not be reached before this was sent.",
    SubscriptionState.ENDED: "The subscription ended before this was sent.",
}
"""Why deliveries of a subscription that is not active are skipped."""


def _place_of(where: Channel | Workspace) -> dict[str, str]:
    match where:
        case Channel(id=channel):
            return _place_of(where.home) | {"channel": storable(channel)}
        case Workspace(platform, workspace):
            return {"platform": storable(platform), "workspace": storable(workspace)}


def _values_of(subscription: Subscription) -> dict[str, Any]:
    wanted = _storable_filter(subscription.filter)
    return {
        "lane": lane_of(subscription.channel),
        "label": storable(subscription.label),
        "private": subscription.private,
        "by": storable(subscription.by),
        "by_name": storable(subscription.by_name),
        "since": subscription.since,
        "filter": wanted,
        "filter_key": filter_key(wanted),
        "state": subscription.state,
        "state_since": subscription.state_since,
        "why": storable(subscription.why),
    }


def _storable_filter(wanted: Filter) -> Filter:
    return Filter(tuple(map(storable, wanted.topics)), tuple(map(storable, wanted.without)))


def _subscription_of(row: Row[Any]) -> Subscription:
    return Subscription(
        id=row.id,
        channel=Channel(row.platform, row.workspace, row.channel),
        label=row.label,
        private=row.private,
        by=row.by,
        by_name=row.by_name,
        since=row.since,
        filter=row.filter,
        state=row.state,
        state_since=row.state_since,
        why=row.why,
    )


def _all_of(connection: Connection, meant: ColumnElement[bool]) -> tuple[Subscription, ...]:
    oldest_first = select(subscriptions).where(meant).order_by(subscriptions.c.since, subscriptions.c.id)
    return tuple(map(_subscription_of, connection.execute(oldest_first)))


def _turn(
    connection: Connection,
    where: Channel | Workspace,
    before: SubscriptionState,
    after: SubscriptionState,
    why: str,
    at: datetime,
) -> tuple[Subscription, ...]:
    """Bring the subscriptions of a place from one state into another; whoever comes second finds none left."""
    ids = select(subscriptions.c.id).where(in_place(where), subscriptions.c.state == before).with_for_update()
    turned: list[Subscription] = []
    for some in chunks(connection.scalars(ids).all()):
        meant = subscriptions.c.id.in_(some)
        connection.execute(update(subscriptions).where(meant).values(state=after, state_since=at, why=why))
        turned += _all_of(connection, meant)
    return tuple(sorted(turned, key=lambda one: (one.since, one.id)))


_SKIP = (
    update(deliveries)
    .where(
        deliveries.c.subscription_id == bindparam("which"),
        deliveries.c.due_at.is_not(None),
    )
    .values(state=DeliveryState.SKIPPED, state_since=bindparam("at"), due_at=None, why=bindparam("because"))
)


def _skip(connection: Connection, idle: Iterable[Subscription], at: datetime) -> None:
    """Skip what is planned or waits for subscriptions that are not active."""
    rows = [{"which": one.id, "at": at, "because": SKIPPED_WHY[one.state]} for one in idle]
    if rows:
        connection.execute(_SKIP, rows)
