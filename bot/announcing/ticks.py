"""Which tick of the schedule is to be followed now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.schedule import Schedule

LOOK_AGAIN = timedelta(hours=1)
"""How often an open tick is looked at: whoever began to and went down has to be made good for."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick that something is to be done about.

    Attributes:
        at: when it was, an aware time.
        new: this is a new installation, whose past is not made up for: the tick is to be settled, and no more.
        first: nobody has looked at it yet.
    """

    at: datetime
    new: bool = False
    first: bool = False


def due(schedule: Schedule, ticks: tuple[datetime, datetime | None] | None, at: datetime) -> Tick | None:
    """Return the tick to follow now; `None` when there is none, or when somebody is at it.

    The latest tick counts, whenever it was, so that one that was missed is made up for; of several that were missed
    there is one, as there is one edition of what is new.

    Args:
        schedule: when there is one.
        ticks: the newest that is settled and when a later one was last looked at, as `Agenda.ticks` has them.
        at: the time of day, an aware time.
    """
    latest = schedule.last(at)
    if ticks is None:
        return Tick(latest, new=True)
    settled, looked_at = ticks
    if latest <= settled:
        return None
    if looked_at is None or looked_at < latest:
        return Tick(latest, first=True)
    return Tick(latest) if at - looked_at >= LOOK_AGAIN else None
