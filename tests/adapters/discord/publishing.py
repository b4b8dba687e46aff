"""A publisher on a stand-in Discord, and something to post."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import discord

from adapters.discord.addresses import use_api
from adapters.discord.pacing import Pacing
from adapters.discord.publisher import DiscordPublisher
from bot.channels import Channel
from bot.outcomes import Delivery
from bot.requests import Latest
from bot.views import Button, Buttons, Heading, Link, Paragraph, Text, View
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_world import GENERAL, GUILD

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
VIEW = View(
    "New in November 2026",
    (
        Heading("Practice implications"),
        Paragraph((Text("Ask *clients* & listen, @everyone. "), Link("doi.org", "https://doi.org/10.1037/pst0000503"))),
        Buttons((Button("Latest", Latest()),)),
    ),
)
POST, HISTORY = "POST /channels/{channel}/messages", "GET /channels/{channel}/messages"
CHANNEL, GUILD_ROUTE, OPEN = "GET /channels/{channel}", "GET /guilds/{guild}", "PATCH /channels/{channel}"
CROSSPOST = "POST /channels/{channel}/messages/{message}/crosspost"
FORUM_POST = "POST /channels/{channel}/threads"
KEY = "7-3"


def a_channel(channel: str = GENERAL, guild: str = GUILD) -> Channel:
    return Channel("discord", guild, channel)


def a_delivery(key: str = KEY, channel: str = GENERAL, guild: str = GUILD) -> Delivery:
    return Delivery(key, a_channel(channel, guild), NOW)


@asynccontextmanager
async def a_client(standin: DiscordStandIn) -> AsyncIterator[discord.Client]:
    """A client that is logged in and not connected, as a worker has one."""
    use_api(standin.url)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        await client.login(standin.token)
        standin.calls.clear()
        yield client


@asynccontextmanager
async def a_publisher(*, limited: bool = False, **given: Any) -> AsyncIterator[tuple[DiscordPublisher, DiscordStandIn]]:
    """A publisher that waits for nothing, unless it is limited."""
    given = {"pauses": (0.0, 0.0), "pacing": Pacing() if limited else Pacing(None), **given}
    async with (
        DiscordStandIn(clock=NOW.timestamp) as standin,
        a_client(standin) as client,
        DiscordPublisher(client, **given) as publisher,
    ):
        yield publisher, standin
