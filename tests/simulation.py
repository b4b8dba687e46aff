"""Announcing on a clock that jumps: whenever nothing is left to do, to the next moment that something waits for."""

import asyncio
import contextlib
import heapq
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from bot.announcing.aside import Aside
from bot.announcing.clock import Clock
from bot.announcing.means import Means

T = TypeVar("T")

START = datetime(2026, 11, 25, 12, tzinfo=UTC)


class SimulatedClock:
    """A clock whose waits end as soon as everything else waits."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._numbers = count()
        self._waiting: list[tuple[float, int, asyncio.Event]] = []

    def now(self) -> datetime:
        """Return the time of day."""
        return self._start + timedelta(seconds=self._elapsed)

    def elapsed(self) -> float:
        """Return seconds since the start."""
        return self._elapsed

    def sleep_deeply(self, seconds: float) -> None:
        """Let the time of day go on, but not the seconds elapsed: the machine sleeps."""
        self._start += timedelta(seconds=seconds)

    def skip(self, seconds: float) -> None:
        """Let time pass in which nothing happens."""
        self._elapsed += seconds

    async def wait(self, seconds: float, until: asyncio.Event | None = None) -> None:
        """Wait so many seconds, or shorter if something happens."""
        due = asyncio.Event()
        heapq.heappush(self._waiting, (self._elapsed + seconds, next(self._numbers), due))
        if until is None:
            await due.wait()
            return
        waits = [asyncio.ensure_future(event.wait()) for event in (due, until)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            due.set()  # what has happened is not waited for any more

    def jump(self) -> bool:
        """Go to the next moment that something waits for; return whether there is one."""
        while self._waiting:
            at, _, due = heapq.heappop(self._waiting)
            if not due.is_set():
                self._elapsed = max(self._elapsed, at)
                due.set()
                return True
        return False


class CountedAside(Aside):
    """Calls the stores, and knows how many calls are under way."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way = 0

    async def __call__(self, function: Callable[..., T], *args: Any, **given: Any) -> T:
        self.under_way += 1
        try:
            return await super().__call__(function, *args, **given)
        finally:
            self.under_way -= 1


class Simulation:
    """What a simulated worker works with."""

    def __init__(self, start: datetime = START, seed: int = 0) -> None:
        self.clock = SimulatedClock(start)
        self.aside = CountedAside()
        self.draw = random.Random(seed).random  # noqa: S311 - chance that can be repeated
        self._awaited: list[tuple[Callable[[], object], asyncio.Event]] = []
        self.means = Means(self.clock, self.draw, self.aside)

    @contextlib.asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Let time pass while the context lasts."""
        driving = asyncio.create_task(self._drive())
        try:
            yield
        finally:
            driving.cancel()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that the simulation has to bring about; no time passes after that."""
        came = asyncio.Event()
        self._awaited.append((condition, came))
        await came.wait()

    @contextlib.asynccontextmanager
    async def working(self, work: Coroutine[Any, Any, None], end: Callable[[], None]) -> AsyncIterator[None]:
        """Let something work while the context lasts, then tell it to end and wait until it has."""
        async with asyncio.TaskGroup() as group:
            group.create_task(work)
            yield
            end()

    async def _drive(self) -> None:
        # There is no public way to know that nothing is left to do but to wait.
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while True:
            await asyncio.sleep(0)
            if not ready and not self.aside.under_way and not self._has_come():
                self.clock.jump()

    def _has_come(self) -> bool:
        came = [one for one in self._awaited if one[0]()]
        for one in came:
            self._awaited.remove(one)
            one[1].set()
        return bool(came)


def simulated(run: Callable[[Simulation], Coroutine[Any, Any, T]], *, start: datetime = START, seed: int = 0) -> T:
    """Run something on a clock that jumps."""

    async def running() -> T:
        simulation = Simulation(start, seed)
        async with simulation.passing():
            return await asyncio.wait_for(run(simulation), 60)

    return asyncio.run(running())


_: type[Clock] = SimulatedClock
