"""The whole web site of a bot on a database of its own, on loopback."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from aiohttp import web

from adapters import hosting
from adapters.web.limiter import Limiter, Rate
from adapters.web.security import HEADERS
from adapters.web.server import served
from adapters.wiring.app import App
from bot.settings import LOOPBACK
from bot.websettings import WebSettings

UNLIMITED = Rate(burst=1e9, per_second=1e9)
TOKEN = "a-token-for-the-operator"


@dataclass
class Another:
    """A part beside the pages."""

    trouble: str = ""
    routes: Sequence[web.AbstractRouteDef] = ()
    since: dict[str, float | None] = field(default_factory=lambda: {"event": 1.0})

    async def ready(self) -> str:
        return self.trouble

    def ages(self) -> Mapping[str, float | None]:
        return self.since


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: Mapping[str, Any]


class Visitor:
    """Somebody who asks the site."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask("GET", path, headers)

    async def ask(self, method: str, path: str, headers: Mapping[str, str] = {}, data: Any = None) -> Answer:
        """Ask, and look that what must hold of every answer does."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asking = self.session.request(method, self.address + path, headers=named, data=data, allow_redirects=False)
        async with asking as response:
            text = await response.text(errors="replace")
            assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, (method, path)
            return Answer(response.status, response.headers, text, response.cookies)


@contextlib.asynccontextmanager
async def visiting(
    app: App,
    set_: WebSettings | None = None,
    *,
    rate: Rate = UNLIMITED,
    another: Another | None = None,
    host: str = LOOPBACK,
) -> AsyncIterator[Visitor]:
    """Serve a bot's site as long as the context lasts.

    Args:
        app: the bot.
        set_: what is set for the web page.
        rate: how many requests are let through.
        another: a part that runs beside the pages.
        host: where the settings say that the server listens; it is loopback all the same.
    """
    app.settings = replace(app.settings, web=set_ or WebSettings(), host=host)
    async with hosting.site(app) as site:
        running: dict[str, hosting.Running] = {"web": site, **({"slack": another} if another else {})}
        before = hosting.before(app, app.metrics, ("/slack/events",), Limiter(rate))
        routes = (*site.routes, *hosting.watch(app, running))
        async with (
            served(routes, LOOPBACK, 0, before) as address,
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), auto_decompress=True) as session,
        ):
            yield Visitor(session, address)
