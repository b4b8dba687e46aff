"""The whole bot in a stand-in Slack, by either door."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

from adapters.slack.bot import SlackBot, slack_bot
from adapters.slack.manifest import EVENTS_PATH
from adapters.web.server import served
from adapters.wiring.app import App
from bot.channels import Asker
from bot.requests import Request, Unclear
from bot.settings import SlackSettings
from bot.topics.catalogue import Topic
from bot.views import View
from tests.standins.slack import SlackStandIn

DOORS = ("socket", "http")


def slack_settings(slack: SlackStandIn, door: str) -> SlackSettings:
    """Return what has to be set to reach a stand-in."""
    if door == "socket":
        return SlackSettings(slack.bot_token, slack.app_token, api_url=slack.url)
    return SlackSettings(slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.url)


@contextlib.asynccontextmanager
async def a_bot(
    slack: SlackStandIn,
    app: App,
    door: str = "socket",
    *,
    answer: Callable[[Request | Unclear, Asker], View] | None = None,
    complete: Callable[[str], Sequence[Topic]] | None = None,
    **given: Any,
) -> AsyncIterator[SlackBot]:
    """Let the bot into a stand-in Slack for as long as the context lasts."""
    settings = slack_settings(slack, door)
    offered = complete or partial(app.topics.complete, limit=100)
    async with slack_bot(settings, answer or app.service.answer, offered, **given) as bot:
        if not bot.routes:
            yield bot
            return
        async with served(bot.routes, "127.0.0.1", 0) as address:
            slack.post_to(f"{address}{EVENTS_PATH}")
            yield bot
