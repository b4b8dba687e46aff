"""For how long a worker may still send in the lanes that it holds."""

from datetime import datetime, timedelta

from bot.announcing.clock import Clock

LEASE = timedelta(seconds=90)
"""For how long lanes are held without a sign of life: what a crash on another machine may cost."""

BEAT = 5.0
"""Seconds between two signs of life."""

_A_CALL = 30.0
"""The longest that a publisher takes for one call, in seconds."""

_SKEW = 25.0
"""How far two machines' clocks may be apart, in seconds."""


class Lease:
    """A worker's lease, as the worker itself reckons it: never longer than the others do.

    It is looked at before each message, and covers one only if it lasts until the platform has answered. It is reckoned
    by the time of day, which others go by, and by seconds elapsed: a clock that is set back lengthens no lease, nor
    does a machine that sleeps.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin without one.

        Args:
            clock: the time.
        """
        self._clock = clock
        self._until = clock.now()
        self._ends_at = clock.elapsed()

    def until(self) -> datetime:
        """Return until when to ask for the lanes now, an aware time."""
        return self._clock.now() + LEASE

    def given(self, asked_at: float, until: datetime) -> None:
        """The lanes are held.

        Args:
            asked_at: when they were asked for, in seconds elapsed.
            until: until when they were asked for.
        """
        self._ends_at = asked_at + LEASE.total_seconds()
        self._until = until

    def covers_a_call(self) -> bool:
        """Say whether a message may be sent now."""
        ends_in = min(self._ends_at - self._clock.elapsed(), (self._until - self._clock.now()).total_seconds())
        return ends_in >= _A_CALL + _SKEW
