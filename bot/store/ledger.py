"""The deliveries, kept in the database: the record of what was sent, and the queue of what is to be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, bindparam, exists, func, or_, select, update

from bot.channels import Channel, Workspace
from bot.editions import DeliveryState, EditionState, Settlement, Standing, Task
from bot.store.announcing import deliveries, editions, subscriptions
from bot.store.claiming import is_held, settle, take
from bot.store.engine import reading, updating, writing
from bot.store.keys import KEY
from bot.store.lookups import chunks
from bot.store.planning import plan
from bot.store.rows import storable
from bot.store.subscriptions import in_place
from bot.subscriptions import SubscriptionState


class SqlLedger:
    """The deliveries in a database: `bot.ports.announcing.Ledger`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def plan(self, at: datetime) -> int:
        """Write down a delivery for every active subscription that an open edition has posts for; return how many.

        Editions that are planned already are passed over; each is planned as a whole or not at all, and only once.
        """
        with reading(self._engine) as connection:
            unplanned = connection.scalars(_UNPLANNED).all()
        planned = 0
        for edition in unplanned:
            with writing(self._engine, "editions") as connection:
                planned += plan(connection, edition, at)
        return planned

    def claim(
        self, lane: str, worker: str, limit: int, at: datetime, apart_from: Collection[Workspace] = ()
    ) -> tuple[Task, ...]:
        """Take deliveries that are due in a lane that this worker holds; they are its own once this returns.

        What an earlier holder of the lane had in hand comes first, as unsure.

        Args:
            lane: which lane.
            worker: who takes them.
            limit: how many at most.
            at: the time of day, an aware time.
            apart_from: workspaces to leave alone for now.
        """
        with updating(self._engine) as connection:
            if not is_held(connection, lane, worker, at):
                return ()
            return tuple(take(connection, lane, worker, limit, at, apart_from))

    def settle(self, worker: str, settlements: Sequence[Settlement], at: datetime) -> None:
        """Write down what became of tasks, all in one transaction.

        That something was sent counts whoever says so; anything else only from the worker that has the task in hand.
        """
        with updating(self._engine) as connection:
            settle(connection, worker, settlements, at)

    def standings(
        self,
        *,
        channel: Channel | None = None,
        states: Collection[DeliveryState] = (),
        edition: int = 0,
        limit: int = 10,
    ) -> tuple[Standing, ...]:
        """Return deliveries as they stand, the newest first; what is empty does not narrow."""
        asked = _STANDINGS.limit(limit)
        if channel:
            asked = asked.where(in_place(channel))
        if states:
            asked = asked.where(deliveries.c.state.in_(states))
        if edition:
            asked = asked.where(deliveries.c.edition_id == edition)
        with reading(self._engine) as connection:
            return tuple(map(_standing_of, connection.execute(asked)))

    def totals(self, edition: int = 0) -> Mapping[DeliveryState, int]:
        """Return how many deliveries of an edition, or of all, are in each state; states without any are left out."""
        # Every state is named so that the index on state and edition serves.
        counted = select(deliveries.c.state, func.count()).where(deliveries.c.state.in_(DeliveryState))
        if edition:
            counted = counted.where(deliveries.c.edition_id == edition)
        with reading(self._engine) as connection:
            return dict(connection.execute(counted.group_by(deliveries.c.state)).all())

    def retry(self, keys: Collection[str], at: datetime) -> int:
        """Make failed and unknown deliveries due again, all of them when no keys are given; return how many.

        What was unknown is looked for before it is sent. Deliveries of subscriptions that are not active stay.
        """
        with updating(self._engine) as connection:
            if not keys:
                return connection.execute(_RETRY, {"at": at}).rowcount
            asked = ({"at": at, "keys": some} for some in chunks(map(storable, keys)))
            return sum(connection.execute(_RETRY_KEYS, values).rowcount for values in asked)


_UNPLANNED = (
    select(editions.c.id)
    .where(editions.c.state == EditionState.OPEN, editions.c.planned_at.is_(None))
    .order_by(editions.c.id)
)
_STANDINGS: Select[Any] = (
    select(
        KEY.label("key"),
        deliveries,
        subscriptions.c.platform,
        subscriptions.c.workspace,
        subscriptions.c.channel,
        subscriptions.c.label,
    )
    .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
    .join(editions, editions.c.id == deliveries.c.edition_id)
    .order_by(deliveries.c.edition_id.desc(), deliveries.c.id.desc())
)
# A retry starts anew: a day of tries, and the first one soon. What may have been sent stays to be looked for.
_RETRY = (
    update(deliveries)
    .where(
        deliveries.c.state.in_([DeliveryState.FAILED, DeliveryState.UNKNOWN]),
        exists().where(
            subscriptions.c.id == deliveries.c.subscription_id, subscriptions.c.state == SubscriptionState.ACTIVE
        ),
    )
    .values(
        state=DeliveryState.WAITING,
        state_since=bindparam("at"),
        due_at=bindparam("at"),
        unsure=or_(deliveries.c.unsure, deliveries.c.state == DeliveryState.UNKNOWN),
        attempts=0,
        first_tried_at=None,
    )
)
_RETRY_KEYS = _RETRY.where(
    exists().where(editions.c.id == deliveries.c.edition_id, KEY.in_(bindparam("keys", expanding=True)))
)


def _standing_of(row: Row[Any]) -> Standing:
    return Standing(
        key=row.key,
        edition=row.edition_id,
        channel=Channel(row.platform, row.workspace, row.channel),
        label=row.label,
        state=row.state,
        at=row.state_since,
        attempts=row.attempts,
        why=row.why,
        url=row.url,
        due_at=row.due_at if row.state is DeliveryState.WAITING else None,
    )
