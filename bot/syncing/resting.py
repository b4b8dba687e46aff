"""How long a source is left alone that could not be read or believed, by whoever comes without being asked."""

from datetime import datetime, timedelta

from bot.errors import SourceError
from bot.ports.syncing import SourceStanding

UNREAD_REST = timedelta(minutes=30)
"""The first rest of a source that could not be read."""

DOUBTED_REST = timedelta(hours=6)
"""The first rest of one that was not believed: its pages were all fetched, and most often it takes a person to look."""

LONGEST_REST = timedelta(days=1)
"""The longest rest of any."""


def rest_after(standing: SourceStanding, now: datetime, least: timedelta) -> timedelta:
    """Return the rest of a source that failed: as long again as it has been stale, within bounds.

    Args:
        standing: how it stood before.
        now: the time of day, an aware time.
        least: its first rest, or what it asks for itself.
    """
    so_far = now - (standing.stale_since or now)
    return min(max(least, so_far), LONGEST_REST)


def resting(standing: SourceStanding, now: datetime) -> SourceError | None:
    """Return why a source is to be left alone; `None` if it is not.

    A rest longer than any is given was noted before the clock was put back; it does not count.
    """
    until = standing.rests_until
    if until is None or not timedelta(0) < until - now <= LONGEST_REST:
        return None
    human = f"{standing.why} It is left alone for up to a day; `pprnet sync` reads it at once."
    return SourceError("a source is left alone for a while after it failed", human)
