"""Tests of what waits: each runs on an event loop of its own."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec

P = ParamSpec("P")

_PATIENCE = 30.0
"""Seconds that a whole test may take; only a broken one does."""


def on_a_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Let pytest call an async test."""

    @functools.wraps(test)
    def run(*args: P.args, **given: P.kwargs) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **given), _PATIENCE))

    return run


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait for something that has to come true; the test's own limit ends it if it does not."""
    while not await condition():  # noqa: ASYNC110 - what is waited for is not ours to signal
        await asyncio.sleep(0)
