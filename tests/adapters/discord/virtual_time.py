"""An event loop whose clock jumps to whatever is due next, so that nobody waits."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _Jumping(selectors.DefaultSelector):
    """Waits by putting its clock forward."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "nothing will ever happen any more"
        self.now += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that begins at 0 and takes no time."""

    def __init__(self) -> None:
        self._clock = _Jumping()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now

    def be_busy(self, seconds: float) -> None:
        """Let time pass in which nothing else can happen."""
        self._clock.now += seconds


def in_no_time(course: Coroutine[Any, Any, None]) -> None:
    """Run something on a loop of its own that takes no time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(course)
