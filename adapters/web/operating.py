"""The operator's pages: whether all is well, what was announced where, and what will be."""

import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from adapters.web.access import COOKIE, LASTS, Access
from adapters.web.addresses import OPERATE
from adapters.web.forms import fields
from adapters.web.health import Check, looked_at
from adapters.web.limiter import LOGINS, Limiter, whose
from adapters.web.office import Office
from adapters.web.pages import Pages, html_response
from adapters.web.security import said, too_many
from bot.editions import EditionState
from bot.pages import phrases

_DECISIONS = {"approve": EditionState.OPEN, "discard": EditionState.DISCARDED}

LOGOUT = "logout"
"""The deed that the form to log out is sealed for."""

_NOT_HERE = (
    "This page is for whoever runs the bot: open it on the machine that the bot runs on,"
    " or set PPRNET_ADMIN_TOKEN and log in with it."
)
_WRONG = "That is not the token."
_HIGHEST = 10**9


class Operating:
    """Answers the operator, and nobody else."""

    def __init__(
        self, office: Office, pages: Pages, access: Access, checks: Mapping[str, Check], *, secure: bool = False
    ) -> None:
        """Keep what pages are made from.

        Args:
            office: where everything is.
            pages: makes pages of templates.
            access: says who may.
            checks: what is looked at to see whether all is well, by name; it may be filled later.
            secure: a login is sent over HTTPS only.
        """
        self._office = office
        self._pages = pages
        self._access = access
        self._checks = checks
        self._secure = secure
        self._tries = Limiter(LOGINS)

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the web server has to serve for it."""
        return (
            web.get(OPERATE, self._overview),
            web.post(f"{OPERATE}/login", self._log_in),
            web.post(f"{OPERATE}/{LOGOUT}", self._log_out),
            web.get(f"{OPERATE}/preview/{{number:[0-9]+}}", self._preview),
            web.post(f"{OPERATE}/editions/{{number:[0-9]+}}/{{decision:approve|discard}}", self._decide),
        )

    async def _overview(self, request: web.Request) -> web.Response:
        if not self._may(request):
            return self._refused()
        health = await looked_at(self._checks)
        report = await asyncio.to_thread(self._office.report)
        return await self._page(
            "operate.html",
            report=report,
            health=health,
            concerns=[*(f"{name}: {sentence}" for name, sentence in health.items() if sentence), *report.concerns],
            seal=self._access.seal,
            logged_in=COOKIE in request.cookies and self._access.by_token,
            python=sys.version.partition(" ")[0],
            phrases=phrases,
        )

    async def _preview(self, request: web.Request) -> web.Response:
        if not self._may(request):
            return self._refused()
        found = await asyncio.to_thread(self._office.preview, _number(request))
        if found is None:
            raise web.HTTPNotFound
        subscription, view = found
        return await self._page("preview.html", subscription=subscription, view=view, phrases=phrases)

    async def _decide(self, request: web.Request) -> web.Response:
        if not self._may(request):
            return self._refused()
        number, decision = _number(request), request.match_info["decision"]
        if not self._access.is_sealed(f"{decision} {number}", (await fields(request)).get("seal", "")):
            raise web.HTTPForbidden
        if not await asyncio.to_thread(self._office.decide, number, _DECISIONS[decision]):
            return said(self._pages, 409, "Nothing to decide", "There is no held edition of this number any more.")
        return _to(OPERATE)

    async def _log_in(self, request: web.Request) -> web.Response:
        if seconds := self._tries.wait(whose(request), time.monotonic()):
            return too_many(self._pages, seconds)
        if not self._access.opens((await fields(request)).get("token", "")):
            return self._refused(_WRONG if self._access.by_token else "")
        response, now = _to(OPERATE), time.time()
        response.set_cookie(
            COOKIE,
            self._access.ticket(now),
            max_age=LASTS,
            path=OPERATE,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        return response

    async def _log_out(self, request: web.Request) -> web.Response:
        if not self._access.is_sealed(LOGOUT, (await fields(request)).get("seal", "")):
            raise web.HTTPForbidden
        response = _to(OPERATE)
        response.del_cookie(COOKIE, path=OPERATE, httponly=True, samesite="Strict", secure=self._secure)
        return response

    def _may(self, request: web.Request) -> bool:
        return self._access.allowed(request, time.time())

    def _refused(self, wrong: str = "") -> web.Response:
        if not self._access.by_token:
            return said(self._pages, self._access.refusal(), "Not for everyone", _NOT_HERE)
        body = self._pages.page("login.html", wrong=wrong)
        return html_response(body, self._access.refusal(), {"WWW-Authenticate": "Bearer"})

    async def _page(self, template: str, **values: Any) -> web.Response:
        return html_response(await asyncio.to_thread(self._pages.page, template, **values))


def _number(request: web.Request) -> int:
    text = request.match_info["number"]
    if len(text) > len(str(_HIGHEST)) or int(text) > _HIGHEST:  # more than the store's numbers can hold
        raise web.HTTPNotFound
    return int(text)


def _to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
