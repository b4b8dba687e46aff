"""The time, for what runs for months: handed in, so that years of it can pass within a test."""

import asyncio
import contextlib
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the time of day, an aware time."""
        ...

    def elapsed(self) -> float:
        """Return seconds since some moment in the past; never set back or forward."""
        ...

    async def wait(self, seconds: float, until: asyncio.Event | None = None) -> None:
        """Wait so many seconds, or shorter if something happens."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Return seconds since some moment in the past."""
        return time.monotonic()

    async def wait(self, seconds: float, until: asyncio.Event | None = None) -> None:
        """Wait so many seconds, or shorter if something happens."""
        if until is None:
            await asyncio.sleep(seconds)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await until.wait()
