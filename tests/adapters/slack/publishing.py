"""A publisher on a stand-in Slack, and something to post."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from adapters.slack.publisher import SlackPublisher
from bot.channels import Channel
from bot.outcomes import Delivery, Sent
from bot.requests import Latest
from bot.views import Button, Buttons, Heading, Link, Paragraph, Text, View
from tests.standins.slack import SlackStandIn
from tests.standins.slack_world import GENERAL, TEAM, Message

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
VIEW = View(
    "New in November 2026",
    (
        Heading("Practice implications"),
        Paragraph((Text("Ask <clients> & listen. "), Link("doi.org", "https://doi.org/10.1037/pst0000503"))),
        Buttons((Button("Latest", Latest()),)),
    ),
)
SITE = "https://stand-in.slack.com/"
POST, HISTORY = "chat.postMessage", "conversations.history"


def a_delivery(key: str = "subscription-7:edition-3", channel: str = GENERAL, team: str = TEAM) -> Delivery:
    return Delivery(key, Channel("slack", team, channel), NOW)


@asynccontextmanager
async def a_publisher(**given: Any) -> AsyncIterator[tuple[SlackPublisher, SlackStandIn]]:
    async with SlackStandIn(clock=NOW.timestamp) as slack, aiohttp.ClientSession() as session:
        tokens = {team: workspace.token for team, workspace in slack.world.workspaces.items()}
        yield SlackPublisher(session, tokens.get, sites=lambda _: SITE, base_url=slack.url, **given), slack


def sent(message: Message) -> Sent:
    """Return what is said of a message that is there."""
    return Sent(message.ts, f"{SITE}archives/{message.channel}/p{message.ts.replace('.', '')}")
