"""Calls of the store, which block, beside everything else that goes on."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 3
"""Calls of the store at once: threads are left for whoever asks in a chat meanwhile."""


class Aside:
    """Calls functions in threads, a few at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Begin with none.

        Args:
            at_once: how many at most.
        """
        self._room = asyncio.Semaphore(at_once)

    async def __call__(self, function: Callable[P, R], *args: P.args, **given: P.kwargs) -> R:
        """Call a function and return what it returns; raises what it raises."""
        async with self._room:
            return await asyncio.to_thread(function, *args, **given)
