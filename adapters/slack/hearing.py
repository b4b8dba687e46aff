"""When Slack was last heard of."""

import time
from collections.abc import Awaitable, Callable

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

Take = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Hearing:
    """Takes requests, and knows when the last one came."""

    def __init__(self, take: Take, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any.

        Args:
            take: what takes them in the end.
            clock: seconds that never go back.
        """
        self._take = take
        self._clock = clock
        self._heard_at: float | None = None

    @property
    def since(self) -> float | None:
        """Seconds since the last request; `None` before the first."""
        return None if self._heard_at is None else self._clock() - self._heard_at

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Take a request."""
        self._heard_at = self._clock()
        return await self._take(request)
