"""When the schedule was last followed, kept in the database."""

from datetime import datetime

from sqlalchemy import Engine, bindparam, or_, select, update

from bot.store.announcing import agenda
from bot.store.engine import reading, updating


class SqlAgenda:
    """When the schedule was last followed: `bot.ports.announcing.Agenda`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ticks(self) -> tuple[datetime, datetime | None] | None:
        """Return the newest tick that is settled and, if a later one was begun, when it was last looked at.

        `None` before the first tick: a new installation.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(agenda)).one()
        if row.settled is None:
            return None
        is_later = row.begun is not None and row.begun > row.settled
        return row.settled, row.looked_at if is_later else None

    def begin(self, tick: datetime, at: datetime, not_since: datetime) -> bool:
        """Take it upon oneself to follow a tick now; of several processes one is told so.

        Args:
            tick: the tick of the schedule.
            at: the time of day, an aware time.
            not_since: if somebody looked later than this, they are still at it, or it is too early to look again.
        """
        with updating(self._engine) as connection:
            begun = connection.execute(_BEGIN, {"tick": tick, "at": at, "not_since": not_since})
            return begun.rowcount == 1

    def settle(self, tick: datetime) -> None:
        """Write down that a tick is done; earlier ones are done with it."""
        with updating(self._engine) as connection:
            connection.execute(_SETTLE, {"tick": tick})


# The row is compared and set in one statement: whoever comes second compares it with what the first one set.
_OPEN = or_(agenda.c.settled.is_(None), agenda.c.settled < bindparam("tick"))
_FREE = or_(
    agenda.c.begun.is_(None),
    agenda.c.begun < bindparam("tick"),
    (agenda.c.begun == bindparam("tick")) & (agenda.c.looked_at <= bindparam("not_since")),
)
_BEGIN = update(agenda).where(_OPEN, _FREE).values(begun=bindparam("tick"), looked_at=bindparam("at"))
_SETTLE = update(agenda).where(_OPEN).values(settled=bindparam("tick"))
