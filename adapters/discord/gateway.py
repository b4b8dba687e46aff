"""The gateway: the lines on which Discord tells the bot what happened, kept open for good.

discord.py's own loops are not used (2.7): `Client.connect` dies of an AttributeError when its very first line cannot
be opened, and later waits up to 17 minutes between two attempts; `AutoShardedClient` calls itself anew after each
failed first attempt until the stack is full; both call again at once, and for ever, where a gateway closes every line
that it opens.
"""

import asyncio
import logging

import discord

from adapters.discord.access import Entrance
from adapters.discord.pauses import PAUSES, Pauses
from adapters.discord.shards import RefusedError, Shard

_log = logging.getLogger("pprnet.discord")


class Gateway:
    """Keeps a client's lines open, one for each shard that Discord recommends.

    Attributes:
        refused: why Discord wants no further attempt; empty as long as it does.
    """

    def __init__(self, client: discord.Client, entrance: Entrance, pauses: Pauses = PAUSES) -> None:
        """Make ready to call; nothing is opened yet.

        Args:
            client: what is told what happens; it is logged in, and calls `established`.
            entrance: how many shards there are to be.
            pauses: see `Pauses`.
        """
        self.refused = ""
        self._pause = pauses.identify
        self._turns = [asyncio.Lock() for _ in range(max(1, entrance.concurrency))]
        self._shards = [Shard(client, number, self._turn, pauses) for number in range(entrance.shards)]

    @property
    def connected(self) -> bool:
        """Whether Discord can reach the bot at this moment, on every shard."""
        return all(shard.established for shard in self._shards)

    def established(self, shard: int) -> None:
        """Take note that a shard's session has begun, or goes on."""
        self._shards[shard].establish()

    async def tried(self) -> None:
        """Wait until every shard is connected or has failed once."""
        await asyncio.gather(*(shard.tried.wait() for shard in self._shards))

    async def hold(self) -> None:
        """Keep all lines open until cancelled, or until Discord wants no further attempt."""
        try:
            async with asyncio.TaskGroup() as group:
                for shard in self._shards:
                    group.create_task(shard.hold())
        except* RefusedError as refusals:
            self.refused = str(refusals.exceptions[0])
            said = "%s; nothing is tried any more until the bot is started anew"
            _log.error(said, self.refused, extra={"action": "discord.refused"})

    async def _turn(self, shard: int) -> None:
        """Wait until a shard may begin a session: those whose numbers leave the same remainder take turns."""
        turn = self._turns[shard % len(self._turns)]
        await turn.acquire()
        asyncio.get_running_loop().call_later(self._pause, turn.release)
