"""A publisher for a process that announces in Discord, whether or not it answers there too."""

import contextlib
from collections.abc import AsyncIterator

import discord

from adapters.discord.access import admittance
from adapters.discord.addresses import use_api
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.quiet import quieten
from bot.settings import DiscordSettings


@contextlib.asynccontextmanager
async def discord_publisher(settings: DiscordSettings) -> AsyncIterator[DiscordPublisher]:
    """Give a publisher for every server that the bot is in; it calls Discord and does not listen to it.

    Args:
        settings: the token and the address.

    Raises:
        DiscordAccessError: Discord does not let the bot in.
    """
    quieten()
    async with admittance():
        use_api(settings.api_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        async with admittance():
            await client.login(settings.token)
        async with DiscordPublisher(client) as publisher:
            yield publisher
