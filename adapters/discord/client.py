"""The client: Discord's side of the lines, and what happens in servers without anybody asking."""

import logging
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from adapters.discord.access import Entrance
from adapters.discord.asking import PLATFORM
from adapters.discord.gateway import Gateway
from adapters.discord.pauses import PAUSES, Pauses
from adapters.discord.work import Work
from bot.channels import Workspace
from bot.errors import Mishap

_log = logging.getLogger("pprnet.discord")

CameBack = Callable[[Workspace], Awaitable[object]]
"""Is told of a server in which the bot may have got back what it had lost."""


class DiscordClient(discord.AutoShardedClient):
    """Discord as the bot sees it: on as many shards as Discord recommends, one included.

    It knows servers, channels and roles, and keeps no people and no messages.

    Attributes:
        gateway: the lines.
        came_back: is told of servers in which the bot may have got back what it had lost; nobody at first.
        heard_at: when Discord last told anything, by a clock that never goes back; `None` before that.
    """

    def __init__(self, entrance: Entrance, work: Work, pauses: Pauses = PAUSES) -> None:
        """Put the client together; nothing is opened yet.

        Args:
            entrance: what Discord said at the door.
            work: what is in hand.
            pauses: how long to wait for what.
        """
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.0,  # nothing waits until all servers are known
            max_messages=None,
            heartbeat_timeout=pauses.silence,
            application_id=entrance.application,
            shard_count=entrance.shards,
        )
        self.gateway = Gateway(self, entrance, pauses)
        self.came_back: CameBack | None = None
        self.heard_at: float | None = None
        self._work = work

    def dispatch(self, event: str, /, *args: Any, **given: Any) -> None:
        """Hand on what happened; sessions that begin or go on are noted before anything else does."""
        self.heard_at = time.monotonic()
        if event in {"shard_connect", "shard_resumed"}:
            self.gateway.established(args[0])
        super().dispatch(event, *args, **given)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self._regain(guild)

    async def on_guild_channel_update(self, before: Any, after: Any) -> None:
        """A channel was changed: what the bot may do there, perhaps."""
        me = after.guild.me
        if before.permissions_for(me) != after.permissions_for(me):
            await self._regain(after.guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A role was changed: one of the bot's, perhaps."""
        if before.permissions != after.permissions and after in after.guild.me.roles:
            await self._regain(after.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot was given other roles; of nobody else is it told."""
        if before.roles != after.roles:
            await self._regain(after.guild)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """A thread was changed: opened again, perhaps."""
        if (before.archived, before.locked) != (after.archived, after.locked):
            await self._regain(after.guild)

    async def on_error(self, event_method: str, /, *_args: Any, **_given: Any) -> None:
        """Write down that something went wrong where nobody waits for an answer."""
        if error := sys.exc_info()[1]:
            _log.error("in %s: %s", event_method, Mishap.of(error).log, extra={"action": "discord.failed"})

    async def _regain(self, guild: discord.Guild) -> None:
        if self.came_back:
            with self._work.in_hand():
                await self.came_back(Workspace(PLATFORM, str(guild.id)))
