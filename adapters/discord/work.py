"""The work in hand: whatever was begun for a person."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any, cast


class Work:
    """Knows which tasks do something for a person, so that an orderly end can wait for them."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextlib.contextmanager
    def in_hand(self) -> Iterator[None]:
        """Count the running task in, as long as the context lasts."""
        task = cast("asyncio.Task[Any]", asyncio.current_task())  # whoever asks runs in one
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def finish(self, within: float) -> int:
        """Wait until everything in hand is done, and end what takes longer.

        Args:
            within: how many seconds to wait.

        Returns:
            How many pieces of work were cut off.
        """
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(self._tasks, timeout=within)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(late)
