"""Telling Discord of the commands: once, and again only when their definition has changed."""

import asyncio
import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from adapters.discord.access import NONSENSE, UNREACHABLE
from bot.errors import StoreError
from bot.ports.platform import Registrations

_log = logging.getLogger("pprnet.discord")

_PATIENCE = 30.0
"""Seconds that Discord may take; new commands can wait for the next start, answers cannot."""


async def register(tree: app_commands.CommandTree[Any], application: int, registrations: Registrations) -> None:
    """Tell Discord of the commands, unless it was told of the very same before; never raises.

    Args:
        tree: the commands, of a client that is logged in.
        application: the id of the application.
        registrations: remembers what Discord was told.
    """
    known = fingerprint(tree)
    try:
        async with asyncio.timeout(_PATIENCE):
            if await asyncio.to_thread(registrations.registered, str(application)) == known:
                return
            await tree.sync()
            await asyncio.to_thread(registrations.register, str(application), known)
    except (*UNREACHABLE, *NONSENSE, StoreError, discord.DiscordException) as error:
        said = "Discord could not be told of the commands (%s); those it knows stay, and the next start tries again"
        _log.error(said, _kind(error), extra={"action": "discord.unregistered"})
    else:
        _log.info("Discord was told of the commands", extra={"action": "discord.registered"})


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return what differs whenever the definition of the commands does."""
    definition = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()


def _kind(error: Exception) -> str:
    if isinstance(error, discord.HTTPException):
        return f"{error.status}, {error.code}"
    return type(error).__name__
