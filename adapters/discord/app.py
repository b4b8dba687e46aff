"""The Discord app: which of the things that people do is answered how."""

import asyncio
import logging
from functools import partial
from typing import Any

import aiohttp
import discord
from discord import app_commands

from adapters.discord.asking import Interaction
from adapters.discord.clicks import clicked_at
from adapters.discord.commands import Suggest, command_group
from adapters.discord.desk import Desk
from adapters.discord.places import command_place
from adapters.discord.suggestions import Suggestions
from bot.wording import parse

_log = logging.getLogger("pprnet.discord")

_SUGGESTING = 2.0
"""Seconds that suggestions may take: Discord waits three, and nobody waits for what comes late."""

_CHANGED = "That command has changed. Try again in a minute, or start Discord anew to see it as it is now."


class DiscordApp:
    """Everything that people do with the bot, between a client and the desk.

    Attributes:
        tree: the commands.
    """

    def __init__(self, client: discord.Client, desk: Desk, suggestions: Suggestions) -> None:
        """Listen to a client.

        Args:
            client: tells what people do.
            desk: where requests are answered.
            suggestions: what is offered while someone is typing.
        """
        self._desk = desk
        self._suggestions = suggestions
        self.tree = _Tree(client, desk)
        self.tree.add_command(command_group(self._take, self._suggest))
        client.add_dynamic_items(clicked_at(desk))

    async def _take(self, interaction: Interaction, typed: str) -> None:
        await self._desk.serve(interaction, command_place(interaction), partial(parse, typed))

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


class _Tree(app_commands.CommandTree[Any]):
    """The commands, with an answer for those that Discord knows and this version does not, or not so."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        super().__init__(client)
        self._desk = desk

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell a person who was offered a command of another version."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        _log.warning("a command is of another version: %s", type(error).__name__, extra={"action": "discord.changed"})
        await self._desk.refuse(interaction, _CHANGED)
