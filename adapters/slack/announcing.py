"""A publisher for a process that announces in Slack, whether or not it answers there too."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import enter
from adapters.slack.publisher import SlackPublisher
from adapters.slack.quiet import library_logger
from bot.settings import SlackSettings


@contextlib.asynccontextmanager
async def slack_publisher(settings: SlackSettings) -> AsyncIterator[SlackPublisher]:
    """Give a publisher for the workspace that the bot's token is of.

    Args:
        settings: the token and the address.

    Raises:
        SlackAccessError: Slack does not let the bot in.
    """
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(settings.bot_token, settings.api_url, session=session, logger=library_logger())
        workspace = await enter(client, settings.bot_token)
        team = str(workspace.identity.team_id)
        yield SlackPublisher(
            session,
            {team: settings.bot_token}.get,
            sites=lambda other: workspace.url if other == team else "",
            base_url=settings.api_url,
        )
