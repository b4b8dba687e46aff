"""When a request may leave: under Discord's limits, so that none is refused for haste.

Discord takes 50 requests a second from a bot, all routes together, and a few in a while on each route of each channel
(https://docs.discord.com/developers/topics/rate-limits). The first number is published and kept here beforehand. The
others change: Discord tells after each answer how many are left, so on one route of one channel one request is under
way at a time, and the next waits until the answer to it allows it. Answers to interactions do not count.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

CEILING = 50
"""Requests a second that Discord takes from one bot."""

RATE = 48.0
"""Requests a second that are sent, in the long run."""

CATCH_UP = 0.02
"""Seconds by which a request may leave early to make up for those that left late, because the process was busy.

In any second at most `(1 + CATCH_UP) * RATE + 1` requests leave, rounded down: 49. One is left for what the way to
Discord pushes together.
"""

_TICK = 1e-6
"""The shortest wait in seconds: a shorter one may be none at all, as clocks are rounded."""


class CrowdedError(Exception):
    """No turn came in time, so that nothing was sent."""


class Bucket:
    """One route of one channel: one request at a time."""

    __slots__ = ("closed_until", "turn", "users")

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.closed_until = 0.0
        self.users = 0

    def close(self, seconds: float) -> None:
        """Let nothing leave for a while."""
        self.closed_until = max(self.closed_until, _now() + seconds)


class Pacing:
    """Gives turns, in the order in which they are asked for."""

    def __init__(self, rate: float | None = RATE) -> None:
        """Begin with everything open.

        Args:
            rate: requests a second; `None` for as many as come, where a far end has no limits.
        """
        self._apart = 1 / rate if rate else 0.0
        self._catch_up = CATCH_UP if rate else 0.0
        self._due = 0.0
        self._gate = asyncio.Lock()
        self._buckets: dict[str, Bucket] = {}
        self._waiting = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._patient = asyncio.Lock()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and every bucket is open."""
        return not self._buckets

    @asynccontextmanager
    async def turn(self, name: str, until: float) -> AsyncIterator[Bucket]:
        """Wait for a turn, and keep others of the same bucket waiting while it is used.

        Args:
            name: of the bucket.
            until: when to give up, by the event loop's clock.

        Raises:
            CrowdedError: no turn came in time.
        """
        bucket = self._buckets.setdefault(name, Bucket())
        bucket.users += 1
        try:
            await self._await_turn(bucket, until)
            try:
                yield bucket
            finally:
                bucket.turn.release()
        finally:
            bucket.users -= 1
            self._forget(name)

    @asynccontextmanager
    async def leisurely_turn(self, name: str, until: float) -> AsyncIterator[Bucket]:
        """As `turn`, but only when nobody else waits for one; one at a time waits so, if it can have a turn in time."""
        async with self._patient:
            await self._calm.wait()
            if name in self._buckets and self._buckets[name].closed_until > until:
                raise CrowdedError
            async with self.turn(name, until) as bucket:
                yield bucket

    def hold(self, seconds: float) -> None:
        """Let nothing leave for a while, whatever it is."""
        self._due = max(self._due, _now() + seconds + self._catch_up)

    async def _await_turn(self, bucket: Bucket, until: float) -> None:
        if until < _now():
            raise CrowdedError
        self._waiting += 1
        self._calm.clear()
        try:
            async with asyncio.timeout_at(until):
                await bucket.turn.acquire()
                try:
                    await self._pass(bucket)
                except BaseException:
                    bucket.turn.release()
                    raise
        except TimeoutError:
            raise CrowdedError from None
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._calm.set()

    async def _pass(self, bucket: Bucket) -> None:
        """Wait until a bucket is open, then until the whole bot may send."""
        await _wait(lambda: bucket.closed_until)
        async with self._gate:
            await _wait(lambda: self._due - self._catch_up)
            self._due = max(self._due, _now()) + self._apart

    def _forget(self, name: str) -> None:
        """Drop a bucket that nobody uses as soon as it is open, so that only what is at work is kept."""
        bucket = self._buckets.get(name)
        if bucket is None or bucket.users:
            return
        if bucket.closed_until > _now():
            asyncio.get_running_loop().call_at(bucket.closed_until, self._forget, name)
        else:
            del self._buckets[name]


async def _wait(moment: Callable[[], float]) -> None:
    """Sleep until a moment that may be put off meanwhile."""
    seconds = moment() - _now()
    if seconds > 0:
        await asyncio.sleep(max(seconds, _TICK))
        await _wait(moment)


def _now() -> float:
    return asyncio.get_running_loop().time()
