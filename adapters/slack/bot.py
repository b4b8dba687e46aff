"""The bot in Slack, from the first call to the last answer."""

import contextlib
import logging
from collections.abc import AsyncIterator, Mapping

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import Workspace, enter
from adapters.slack.app import CameBack, Complete, SlackApp
from adapters.slack.asking import Askers
from adapters.slack.desk import Answer, Desk
from adapters.slack.hearing import Hearing
from adapters.slack.http_door import HttpDoor
from adapters.slack.publisher import SlackPublisher
from adapters.slack.quiet import library_logger
from adapters.slack.socket_door import SocketDoor
from bot.settings import Managers, SlackSettings

_log = logging.getLogger("pprnet.slack")

_LAST_WORK = 5.0
"""Seconds that work in hand may take at the end; the web server and the door may take the other five of ten."""

_CALL = aiohttp.ClientTimeout(total=30, connect=10)
"""How long one call of Slack may take."""


class SlackBot:
    """A bot that Slack let in, and its door.

    Attributes:
        routes: what a web server has to serve for it; nothing in Socket Mode.
    """

    def __init__(self, workspace: Workspace, door: SocketDoor | HttpDoor, hearing: Hearing) -> None:
        """Keep what tells how it is."""
        self._workspace = workspace
        self._hearing = hearing
        self._door = door
        self.routes: tuple[web.RouteDef, ...] = door.routes if isinstance(door, HttpDoor) else ()

    async def ready(self) -> str:
        """Return why the bot cannot answer in Slack at this moment; empty when it can."""
        if self._workspace.gone:
            return self._workspace.gone
        if isinstance(self._door, SocketDoor) and not self._door.connected:
            return "not connected"
        return ""

    def ages(self) -> Mapping[str, float | None]:
        """Return how many seconds ago Slack last sent anything; `None` if it has not.

        There is no limit to it, for nights are silent; a line that is dead is found out by its heartbeat.
        """
        return {"event": self._hearing.since}


@contextlib.asynccontextmanager
async def slack_bot(
    settings: SlackSettings,
    answer: Answer,
    complete: Complete,
    *,
    managers: Managers = Managers.MEMBERS,
    came_back: CameBack | None = None,
) -> AsyncIterator[SlackBot]:
    """Enter Slack and answer there as long as the context lasts; on leaving, finish what is in hand.

    Args:
        settings: tokens and addresses; nothing may be missing.
        answer: the service's `answer`.
        complete: returns the topics that what was typed so far can become.
        managers: who may change what a channel gets.
        came_back: is told of channels in which the bot may have got back what it had lost.

    Raises:
        SlackAccessError: Slack does not let the bot in.
    """
    async with aiohttp.ClientSession(timeout=_CALL) as session:
        client = AsyncWebClient(settings.bot_token, settings.api_url, session=session, logger=library_logger())
        workspace = await enter(client, settings.bot_token)
        publisher = SlackPublisher(session, {workspace.id: settings.bot_token}.get, base_url=settings.api_url)
        askers = Askers(client, workspace, publisher, managers)
        desk = Desk(answer, askers.who, client, workspace)
        app = SlackApp(desk, complete, settings.api_url, workspace, came_back)
        hearing = Hearing(app.take)
        try:
            async with _door(settings, client, session, hearing) as door:
                yield SlackBot(workspace, door, hearing)
        finally:
            if cut := await app.finish(_LAST_WORK):
                _log.warning("cut off at the end, in pieces of work: %d", cut, extra={"action": "slack.cut"})


@contextlib.asynccontextmanager
async def _door(
    settings: SlackSettings, client: AsyncWebClient, session: aiohttp.ClientSession, hearing: Hearing
) -> AsyncIterator[SocketDoor | HttpDoor]:
    if not settings.socket_mode:
        yield HttpDoor(settings.signing_secret, hearing.take)
        return
    async with SocketDoor(client, session, settings.app_token, hearing.take) as door:
        yield door
