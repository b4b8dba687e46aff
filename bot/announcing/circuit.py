"""What does not work is left alone for a while, and then tried with one message at first."""

from bot.announcing.backoff import Draw, at_least, backoff
from bot.channels import Workspace

TRIP = 3
"""How many failures in a row it takes; a limit with a time counts at once."""

SUSPICIOUS = 5
"""How many workspaces have to fail, with no message arriving anywhere, before it is put down to the platform."""

LONGEST = 300.0
"""The longest that a workspace or a platform is left alone without having asked for it, in seconds."""


class Circuit:
    """Whether a workspace, or a platform, takes messages at this moment.

    Open to all until it has failed some times in a row, or has asked for a pause. Then closed for a while, and after
    that open to one message at a time until one arrives. All times are seconds of one clock.

    Attributes:
        failures: how many there were in a row.
    """

    def __init__(self, draw: Draw) -> None:
        """Begin with one that works.

        Args:
            draw: chance, for how long it is left alone.
        """
        self.failures = 0
        self._draw = draw
        self._opens_at = 0.0
        self._probing = False

    @property
    def tripped(self) -> bool:
        """Whether it is known not to work."""
        return self.failures >= TRIP

    def wait(self, now: float) -> float:
        """Return the seconds until a message may be tried; 0 when one may be tried now."""
        if now < self._opens_at:
            return self._opens_at - now
        return 1.0 if self._probing else 0.0

    def begin(self) -> None:
        """A message is tried now."""
        self._probing = self.tripped

    def end(self) -> None:
        """The message was tried, with a result that says nothing about what this circuit is of."""
        self._probing = False

    def succeed(self) -> None:
        """A message arrived."""
        self.failures = 0
        self._opens_at = 0.0
        self._probing = False

    def fail(self, now: float, after: float | None = None) -> None:
        """A message did not arrive.

        Args:
            now: the time.
            after: for how many seconds it wants to be left alone; `None` where it does not say.
        """
        self._probing = False
        self.failures += 1
        if after is not None:
            self._opens_at = max(self._opens_at, now + at_least(after, self._draw))
        elif self.tripped:
            self._opens_at = now + backoff(self.failures - TRIP + 1, self._draw, longest=LONGEST)


class PlatformCircuit(Circuit):
    """Whether a platform takes messages: also known from many of its workspaces failing and none working."""

    def __init__(self, draw: Draw) -> None:
        """Begin with one that works.

        Args:
            draw: chance, for how long it is left alone.
        """
        super().__init__(draw)
        self._failing: set[Workspace] = set()

    def succeed(self) -> None:
        """A message arrived."""
        super().succeed()
        self._failing.clear()

    def suspect(self, workspace: Workspace, now: float) -> None:
        """A message did not arrive in a workspace, and nobody can say whose fault it is."""
        self._failing.add(workspace)
        if len(self._failing) >= SUSPICIOUS:
            self.fail(now)
