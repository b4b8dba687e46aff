"""The bot in Discord, from the first call to the last answer."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping

from aiohttp import web

from adapters.discord.access import admittance, enter
from adapters.discord.app import DiscordApp
from adapters.discord.client import CameBack, DiscordClient
from adapters.discord.desk import Answer, Desk
from adapters.discord.gateway import Gateway
from adapters.discord.pauses import PAUSES, Pauses
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.quiet import quieten
from adapters.discord.registering import register
from adapters.discord.suggestions import Suggestions
from adapters.discord.work import Work
from bot.ports.platform import Publisher, Registrations
from bot.settings import DiscordSettings

_log = logging.getLogger("pprnet.discord")

Reviving = Callable[[Publisher], CameBack]

_FIRST_TRY = 5.0
"""Seconds to wait for the first attempt to connect before all else goes on."""

_LAST_WORK = 5.0
"""Seconds that work in hand may take at the end; hanging up and the web server may take the other five of ten."""


class DiscordBot:
    """A bot that Discord let in.

    Attributes:
        routes: what a web server has to serve for it: nothing, the bot calls Discord.
    """

    routes: tuple[web.RouteDef, ...] = ()

    def __init__(self, client: DiscordClient) -> None:
        """Keep what tells how it is."""
        self._client = client
        self._gateway = client.gateway

    async def ready(self) -> str:
        """Return why the bot cannot answer in Discord at this moment; empty when it can."""
        if self._gateway.refused:
            return self._gateway.refused
        return "" if self._gateway.connected else "not connected"

    def ages(self) -> Mapping[str, float | None]:
        """Return how many seconds ago Discord last told anything; `None` if it has not.

        There is no limit to it, for nights are silent; a line that is dead is found out by its heartbeat.
        """
        heard_at = self._client.heard_at
        return {"event": None if heard_at is None else time.monotonic() - heard_at}


@contextlib.asynccontextmanager
async def discord_bot(
    settings: DiscordSettings,
    answer: Answer,
    suggestions: Suggestions,
    registrations: Registrations,
    *,
    reviving: Reviving | None = None,
    pauses: Pauses = PAUSES,
) -> AsyncIterator[DiscordBot]:
    """Enter Discord and answer there as long as the context lasts; on leaving, finish what is in hand.

    Args:
        settings: the token and the address; nothing may be missing.
        answer: the service's `answer`.
        suggestions: what is offered while someone is typing.
        registrations: remembers what Discord was told of the commands.
        reviving: returns what is told of servers in which the bot may have got back what it had lost, given what can
            post in them.
        pauses: how long to wait for what.

    Raises:
        DiscordAccessError: Discord does not let the bot in.
    """
    quieten()
    entrance = await enter(settings)
    work = Work()
    async with DiscordClient(entrance, work, pauses) as client:
        publisher = DiscordPublisher(client)
        client.came_back = reviving(publisher) if reviving else None
        app = DiscordApp(client, Desk(answer, publisher, work, pauses.patience), suggestions)
        async with admittance():
            await client.login(settings.token)
        await register(app.tree, entrance.application, registrations)
        try:
            async with _held(client.gateway):
                yield DiscordBot(client)
        finally:
            if cut := await work.finish(_LAST_WORK):
                _log.warning("cut off at the end, in pieces of work: %d", cut, extra={"action": "discord.cut"})


@contextlib.asynccontextmanager
async def _held(gateway: Gateway) -> AsyncIterator[None]:
    """Keep the lines open as long as the context lasts; the first attempt is waited for, whatever comes of it."""
    holding = asyncio.create_task(gateway.hold())
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FIRST_TRY):
                await gateway.tried()
        yield
    finally:
        holding.cancel()
        await asyncio.wait([holding])
