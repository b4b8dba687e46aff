"""The end of a process that runs until it is told to end: in order, and in time whatever does not answer."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractContextManager
from typing import Any

_log = logging.getLogger("pprnet")

_THREADS = 1.0
"""Seconds that threads may still take at the end: a database that says nothing can hold them for as long as it likes.
"""


def run_until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do work on an event loop of its own until SIGTERM or SIGINT cancels it.

    Threads that are not done soon after it are given up with the process, which then exits with 0.
    """
    with asyncio.Runner() as runner:
        runner.run(until_told(work))
        leaving = threading.Timer(_THREADS, _leave)
        leaving.daemon = True
        leaving.start()  # closing the loop waits for its threads, and so does Python at its end
    leaving.cancel()


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do work until SIGTERM or SIGINT cancels it; what it does on its way out is not disturbed by a second one."""
    task = asyncio.ensure_future(work)
    told: list[int] = []

    def stop(number: int) -> None:
        if not told:
            told.append(number)
            _log.info("told to end, finishing what is in hand", extra={"action": "end"})
            task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, number)
    with contextlib.suppress(asyncio.CancelledError):
        await task


@contextlib.asynccontextmanager
async def beside(work: AbstractContextManager[None]) -> AsyncIterator[None]:
    """Have a thread at work as long as the context lasts; its end is waited for, but not for long."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(work)
        try:
            yield
        finally:
            ending = asyncio.ensure_future(asyncio.to_thread(stack.pop_all().close))
            await asyncio.wait([ending], timeout=_THREADS)


def _leave() -> None:
    """End the process without its threads."""
    _log.warning("left in the middle of a call that does not return", extra={"action": "end.cut"})
    os._exit(0)
