"""Publishes messages of announcement channels to the servers that follow them, after they were sent.

Nothing waits for it and nothing fails with it: Discord takes ten an hour in a channel, and the message is there. It is
done when there is nothing else to do, because it first takes a request to find out which channels announce at all.
"""

import asyncio
import logging

from discord.http import Route

from adapters.discord.channels import Kind
from adapters.discord.directory import Directory
from adapters.discord.exchange import Asked, Exchange, ExchangeError
from adapters.discord.pacing import CrowdedError
from bot.channels import Channel

_log = logging.getLogger("pprnet.discord")

PATIENCE = 600.0
"""Seconds in which a quiet moment has to come."""


class Spreading:
    """Publishes in the background."""

    def __init__(self, exchange: Exchange, directory: Directory) -> None:
        """Keep whom to ask.

        Args:
            exchange: asks Discord.
            directory: knows which channels announce.
        """
        self._exchange = exchange
        self._directory = directory
        self._under_way: set[asyncio.Task[None]] = set()

    def later(self, where: Channel, message: str) -> None:
        """Publish a message when there is time, if its channel is an announcement channel."""
        if self._directory.known_kind(where) not in {None, Kind.ANNOUNCEMENT}:
            return
        task = asyncio.create_task(self._spread(where, message))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def finish(self, seconds: float) -> None:
        """Wait a while for what is under way, and give up what is not done then."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        left = [*self._under_way]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _spread(self, where: Channel, message: str) -> None:
        try:
            until = asyncio.get_running_loop().time() + PATIENCE
            if await self._directory.kind(where, until, leisurely=True) is Kind.ANNOUNCEMENT:
                path = "/channels/{channel_id}/messages/{message_id}/crosspost"
                route = Route("POST", path, channel_id=where.id, message_id=message)
                await self._exchange.ask(Asked(route, leisurely=True), until)
        except (CrowdedError, ExchangeError) as error:
            _log.warning(
                "An announcement was sent, but not published to the servers that follow its channel (%s)",
                type(error).__name__,
                extra={"action": "discord.crosspost"},
            )
