"""How long a source is left alone that could not be read or believed, by whoever comes without being asked."""

from datetime import datetime, timedelta

from bot.errors import PprnetError, SourceError
from bot.ports.syncing import NotNowError, SourceStanding

DOUBTED_REST = timedelta(days=1)
"""The rest of a source that was not believed: whatever happened to it, it takes a person to look."""

SHORTEST_REST, LONGEST_REST = timedelta(minutes=30), timedelta(days=1)
"""Bounds of the rest of a source that could not be read."""


def rest_after(error: PprnetError, standing: SourceStanding, now: datetime) -> timedelta:
    """Return the rest of a source that could not be read: what it asks for, or as long again as this has been so."""
    asked_for = error.after if isinstance(error, NotNowError) else SHORTEST_REST
    so_far = now - (standing.stale_since or now)
    return min(max(asked_for, so_far, SHORTEST_REST), LONGEST_REST)


def resting(standing: SourceStanding, now: datetime) -> SourceError | None:
    """Return why a source is to be left alone; `None` if it is not.

    A rest longer than any is given was noted before the clock was put back; it does not count.
    """
    until = standing.rests_until
    if until is None or not timedelta(0) < until - now <= LONGEST_REST:
        return None
    human = f"{standing.why} It is left alone for up to a day; `pprnet sync` reads it at once."
    return SourceError("a source is left alone for a while after it failed", human)
