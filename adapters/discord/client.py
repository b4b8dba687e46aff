"""The client: what happens in Discord, handed on to whom it concerns."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
import discord
from discord import app_commands

from adapters.discord.access import Entrance
from adapters.discord.asking import PLATFORM, Interaction
from adapters.discord.clicks import clicked_at
from adapters.discord.commands import Suggest, command_group
from adapters.discord.desk import Desk
from adapters.discord.gateway import Gateway
from adapters.discord.places import command_place
from adapters.discord.shards import PAUSES, Pauses
from adapters.discord.suggestions import Suggestions
from bot.channels import Workspace
from bot.errors import Mishap
from bot.wording import parse

_log = logging.getLogger("pprnet.discord")

CameBack = Callable[[Workspace], Awaitable[None]]
"""Is told of a server in which the bot may have got back what it had lost."""

_SUGGESTING = 2.0
"""Seconds that suggestions may take: Discord waits three, and nobody waits for what comes late."""

_CHANGED = "That command has changed. Try again in a minute, or start Discord anew to see it as it is now."


class DiscordClient(discord.AutoShardedClient):
    """Discord as the bot sees it: on as many shards as Discord recommends, one included.

    It knows servers, channels and roles, and keeps no people and no messages.
    """

    def __init__(
        self,
        entrance: Entrance,
        desk: Desk,
        suggestions: Suggestions,
        came_back: CameBack | None = None,
        *,
        pauses: Pauses = PAUSES,
    ) -> None:
        """Put the client together; nothing is opened yet.

        Args:
            entrance: what Discord said at the door.
            desk: where requests are answered.
            suggestions: what is offered while someone is typing.
            came_back: is told of servers in which the bot may have got back what it had lost.
            pauses: how long to wait between attempts to connect.
        """
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            application_id=entrance.application,
            shard_count=entrance.shards,
        )
        self.desk = desk
        self.gateway = Gateway(self, entrance, pauses)
        self.tree = _Tree(self)
        self.tree.add_command(command_group(self._take, self._suggest))
        self.add_dynamic_items(clicked_at(desk))
        self._suggestions = suggestions
        self._came_back = came_back

    def dispatch(self, event: str, /, *args: Any, **given: Any) -> None:
        """Hand on what happened; sessions that begin or go on are noted before anything else does."""
        if event in {"shard_connect", "shard_resumed"}:
            self.gateway.established(args[0])
        super().dispatch(event, *args, **given)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self._regain(guild)

    async def on_guild_channel_update(self, before: Any, after: Any) -> None:
        """A channel was changed: what the bot may do there, perhaps."""
        if before.permissions_for(after.guild.me) != after.permissions_for(after.guild.me):
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
        if self._came_back:
            with self.desk.work.in_hand():
                await self._came_back(Workspace(PLATFORM, str(guild.id)))

    async def _take(self, interaction: Interaction, typed: str) -> None:
        await self.desk.serve(interaction, command_place(interaction), partial(parse, typed))

    async def _suggest(self, interaction: Interaction, suggest: Suggest, typed: str) -> None:
        try:
            async with asyncio.timeout(_SUGGESTING):
                offers = await asyncio.to_thread(suggest, self._suggestions, typed)
        except Exception as error:  # noqa: BLE001 - without suggestions people type on
            _log.warning("nothing was suggested: %s", type(error).__name__, extra={"action": "discord.silent"})
            offers = []
        choices = [app_commands.Choice(name=shown, value=sent) for shown, sent in offers]
        try:
            await interaction.response.autocomplete(choices)
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
            _log.debug("suggestions came too late", extra={"action": "discord.late"})


class _Tree(app_commands.CommandTree[DiscordClient]):
    """The commands, with an answer for those that Discord knows and this version does not, or not so."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell a person who was offered a command of another version."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        _log.warning("a command is of another version: %s", type(error).__name__, extra={"action": "discord.changed"})
        await self.client.desk.refuse(interaction, _CHANGED)
