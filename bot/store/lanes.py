"""Which worker sends in which lane, kept in the database."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, bindparam, exists, func, or_, select, update

from bot.store.announcing import deliveries, lanes
from bot.store.engine import reading, updating


class SqlLanes:
    """Which worker sends in which lane: `bot.ports.announcing.Lanes`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def hold(
        self, worker: str, most: int, at: datetime, until: datetime, platforms: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Keep the lanes this worker has, take free ones that have deliveries due or in hand, and return all it has.

        Lanes that were left alone for the longest time are taken first.

        Args:
            worker: who holds them.
            most: how many lanes to take in addition, at most.
            at: the time of day, an aware time; leases that ended before are free.
            until: when the lease ends if it is not renewed, an aware time.
            platforms: those that the worker can post on; any when empty. Others' lanes are left to others.
        """
        lease = {"worker": worker, "until": until}
        free = _FREE.where(_LANES.platform.in_(platforms)) if platforms else _FREE
        with updating(self._engine) as connection:
            connection.execute(_RENEW, lease)
            for lane in connection.scalars(free, {"worker": worker, "at": at, "most": most}).all():
                connection.execute(_TAKE, {"lane": lane, **lease})
            return tuple(connection.scalars(_HELD, {"worker": worker}))

    def release(self, worker: str, lanes: Collection[str] = ()) -> None:
        """Give lanes up, all that the worker has when none are named."""
        released = _RELEASE.where(_LANES.name.in_(lanes)) if lanes else _RELEASE
        with updating(self._engine) as connection:
            connection.execute(released, {"worker": worker})

    def holders(self) -> tuple[str, ...]:
        """Return the workers that lanes are held by, those whose leases have ended included."""
        owners = select(_LANES.owner).where(_LANES.owner.is_not(None)).distinct().order_by(_LANES.owner)
        with reading(self._engine) as connection:
            return tuple(connection.scalars(owners))

    def next_due(self, at: datetime, platforms: Collection[str] = ()) -> datetime | None:
        """Return when the next delivery is due that nobody has in hand, at the earliest `at`; `None` if none waits.

        Only deliveries on these platforms count, or on any when they are empty.
        """
        next_due = _NEXT_DUE.where(_LANES.platform.in_(platforms)) if platforms else _NEXT_DUE
        with reading(self._engine) as connection:
            due = connection.execute(next_due).scalar()
        return due and max(due, at)


_LANES = lanes.c
_MINE = _LANES.owner == bindparam("worker")
_IN_LANE = deliveries.c.lane == _LANES.name
_RENEW = update(lanes).where(_MINE).values(until=bindparam("until"))
_FREE = (
    select(_LANES.name)
    .where(
        or_(_LANES.owner.is_(None), (_LANES.owner != bindparam("worker")) & (_LANES.until <= bindparam("at"))),
        or_(
            exists().where(_IN_LANE, deliveries.c.due_at <= bindparam("at")),
            exists().where(_IN_LANE, deliveries.c.claimed_by.is_not(None)),
        ),
    )
    .order_by(_LANES.until, _LANES.name)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # what another worker is taking at this moment is not free
)
_TAKE = (
    update(lanes).where(_LANES.name == bindparam("lane")).values(owner=bindparam("worker"), until=bindparam("until"))
)
_RELEASE = update(lanes).where(_MINE).values(owner=None)
_HELD = select(_LANES.name).where(_MINE).order_by(_LANES.name)
# One look into the index for each lane, and not at every delivery that is due.
_NEXT_DUE = select(
    func.min(select(func.min(deliveries.c.due_at)).where(_IN_LANE, deliveries.c.due_at.is_not(None)).scalar_subquery())
).select_from(lanes)
