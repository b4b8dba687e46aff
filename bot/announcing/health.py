"""Whether the worker does its work: a process that is up may yet be deaf."""

from bot.announcing.clock import Clock
from bot.announcing.outage import Outage

_LATE = 60.0
"""Seconds after which the next look for work is late: several were missed."""

_STUCK = 900.0
"""Seconds for which there may be something to send without any of it arriving; platforms are seldom away for longer."""


class Health:
    """When the worker last did what it is there for.

    Attributes:
        messages: how many have arrived.
    """

    def __init__(self, clock: Clock, outage: Outage) -> None:
        """Begin now.

        Args:
            clock: the time.
            outage: whether the database is away.
        """
        self._clock = clock
        self._outage = outage
        self._looked_at = clock.elapsed()
        self._sent_at: float | None = None
        self._busy_since: float | None = None
        self.messages = 0

    def looked(self, *, busy: bool = False) -> None:
        """It has looked for work.

        Args:
            busy: there is something to send, by what it found.
        """
        self._looked_at = self._clock.elapsed()
        if not busy:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = self._looked_at

    def sent(self) -> None:
        """A message has arrived."""
        self._sent_at = self._clock.elapsed()
        self.messages += 1

    @property
    def since_look(self) -> float:
        """Seconds since it last looked for work."""
        return self._clock.elapsed() - self._looked_at

    @property
    def since_sent(self) -> float | None:
        """Seconds since a message last arrived; `None` when none has yet."""
        return None if self._sent_at is None else self._clock.elapsed() - self._sent_at

    def ready(self) -> str:
        """Return why it cannot do its work at this moment; empty when it can."""
        if self._outage.on:
            return "the database is away"
        if self.since_look > _LATE:
            return f"it has not looked for work for {self.since_look:.0f} seconds"
        if self._fruitless > _STUCK:
            return f"it has had something to send for {self._fruitless / 60:.0f} minutes, and nothing has arrived"
        return ""

    @property
    def _fruitless(self) -> float:
        """Seconds for which there has been something to send, and nothing of it has arrived."""
        if self._busy_since is None:
            return 0.0
        return self._clock.elapsed() - max(self._busy_since, self._sent_at or 0.0)
