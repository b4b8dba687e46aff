"""How fast to go: one request at a time, a pause between two, ever longer waits when a site has enough."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.ports.syncing import NotNowError

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as whoever waits needs it.

    Attributes:
        elapsed: seconds since whenever, never going back.
        now: the time of day, an aware time.
        sleep: waits so many seconds.
    """

    elapsed: Callable[[], float]
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Manners:
    """How to treat a site, in seconds.

    Attributes:
        pause: between an answer and the next request.
        attempts: how often a request is made before the visit is given up.
        first_wait: after a first failure; each further one doubles it.
        longest_wait: the most that any wait takes, whatever the site asks for.
        patience: how long a visit may take in all.
    """

    pause: float = 2.0
    attempts: int = 5
    first_wait: float = 30.0
    longest_wait: float = DAY
    patience: float = 6 * 3600.0


class Pace:
    """Says when the next request of a visit may be made."""

    def __init__(self, clock: Clock, manners: Manners) -> None:
        """Begin a visit at this moment."""
        self._clock = clock
        self._manners = manners
        self._pause = manners.pause
        self._ends = clock.elapsed() + manners.patience
        self._next = clock.elapsed()

    @property
    def left(self) -> float:
        """How much of the visit's time is left, in seconds; never negative."""
        return max(0.0, self._ends - self._clock.elapsed())

    def slow_down(self, pause: float) -> None:
        """Make the pause longer, if it is not as long already."""
        self._pause = max(self._pause, pause)

    async def turn(self) -> None:
        """Wait until a request may be made.

        Raises:
            NotNowError: the visit has taken as long as it may.
        """
        await self._wait(self._next - self._clock.elapsed())

    def answered(self) -> None:
        """Note that an answer has come to its end, whatever it was."""
        self._next = self._clock.elapsed() + self._pause

    async def back_off(self, failures: int, retry_after: str) -> None:
        """Wait after a failure.

        Args:
            failures: how many there were in a row, this one included.
            retry_after: what the site says about when to come back, as its header has it.

        Raises:
            NotNowError: there were too many failures, or the wait is longer than the visit may take.
        """
        doubled = self._manners.first_wait * 2.0 ** min(failures - 1, 30)
        asked = seconds_to_wait(retry_after, self._clock.now())
        wait = min(max(doubled, asked), self._manners.longest_wait)
        if failures >= self._manners.attempts:
            raise _not_now(wait)
        await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        if seconds > self.left or not self.left:
            raise _not_now(seconds)
        if seconds > 0:
            await self._clock.sleep(seconds)


def seconds_to_wait(retry_after: str, now: datetime) -> float:
    """Return what a `Retry-After` header asks for, in seconds: a number of them, or a time (RFC 9110, 10.2.3).

    What cannot be read, or lies in the past, asks for nothing.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), 10 * DAY))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError, TypeError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _not_now(seconds: float) -> NotNowError:
    after = timedelta(seconds=max(0.0, seconds))
    return NotNowError(
        "a source does not answer, or asks to be left alone",
        "The site does not answer just now. What was read is kept; the next sync goes on from there.",
        after,
    )
