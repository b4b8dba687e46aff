"""The work that goes on after Slack was told that a request arrived."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.lazy_listener.async_runner import AsyncLazyListenerRunner
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.quiet import library_logger


class Work(AsyncLazyListenerRunner):
    """Runs lazy listeners as tasks that are kept hold of, so that an orderly end can wait for them.

    bolt's own runner forgets its tasks: the garbage collector may take them, and an end cuts them off.
    """

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self.logger = library_logger()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, function: Callable[..., Awaitable[None]], request: AsyncBoltRequest) -> None:
        """Begin to run a lazy listener."""
        task = asyncio.get_running_loop().create_task(self.run(function, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run(self, function: Callable[..., Awaitable[None]], request: AsyncBoltRequest) -> None:
        """Run a listener that takes the body of the request."""
        await function(request.body)

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
