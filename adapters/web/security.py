"""What holds for every answer of the web server: its headers, its limits, and that an error is one sentence."""

import asyncio
import logging
import math
import time
from collections.abc import Collection
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.web.addresses import OPERATE
from adapters.web.limiter import PAGES, Limiter, whose
from adapters.web.pages import Pages, html_response
from bot.errors import Mishap, PprnetError

_log = logging.getLogger("pprnet.web")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What browsers are told with every answer: nothing comes from elsewhere, nothing inline runs, nobody frames a page."""

ALONE = {"Cross-Origin-Opener-Policy": "same-origin"}
"""What browsers are told besides with the operator's pages: no window that led there can reach into them. On the others
there is nothing to reach, and a browser that meets it changes processes, which delays a first page by 30 ms."""

PATIENCE = 10.0
"""Seconds that an answer may take."""

_SAID = {
    HTTPStatus.BAD_REQUEST: "The request could not be understood.",
    HTTPStatus.FORBIDDEN: "That is not for everyone.",
    HTTPStatus.NOT_FOUND: "There is no such page. Perhaps a search finds what you are looking for.",
    HTTPStatus.METHOD_NOT_ALLOWED: "That cannot be done here.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That was too much at once.",
}


def guard(pages: Pages, free: Collection[str] = (), limiter: Limiter | None = None) -> Middleware:
    """Return what stands before every handler.

    Args:
        pages: makes the pages that errors are told on.
        free: paths that may be asked for as often as anyone likes: those of platforms and of hosts.
        limiter: counts requests; one for pages if not given.
    """
    counted, unlimited = Limiter(PAGES) if limiter is None else limiter, frozenset(free)

    @web.middleware
    async def stand_before(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path not in unlimited and (seconds := counted.wait(whose(request), time.monotonic())):
            return _guarded(request, too_many(pages, seconds))
        return _guarded(request, await _answered(request, handler, pages))

    return stand_before


def said(pages: Pages, status: int, title: str, sentence: str, typed: str = "") -> web.Response:
    """Return a page that says one sentence, with a search box that holds what was typed."""
    return html_response(pages.page("said.html", title=title, said=sentence, q=typed), status)


def too_many(pages: Pages, seconds: float) -> web.Response:
    """Return that whoever asks has to wait so many seconds."""
    response = said(pages, 429, "Too many requests", "Too many requests came from where you are. Please wait a moment.")
    response.headers["Retry-After"] = str(math.ceil(seconds))
    return response


def _guarded(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    headers = response.headers
    headers.update(HEADERS)
    if request.path.startswith(OPERATE):
        headers.update(ALONE)
    headers.setdefault("Cache-Control", "no-store")
    return response


async def _answered(request: web.Request, handler: Handler, pages: Pages) -> web.StreamResponse:
    """Let a handler answer; whatever it raises becomes a page with one sentence."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await handler(request)
    except web.HTTPRedirection as elsewhere:
        return web.Response(status=elsewhere.status, headers={"Location": elsewhere.headers["Location"]})
    except web.HTTPException as error:
        return _of_status(error, pages)
    except PprnetError as error:
        _log.warning("%s", error, extra={"action": "web.failed"})
        return said(pages, 503, "That did not work", error.human)
    except TimeoutError:
        _log.warning("an answer took too long", extra={"action": "web.slow"})
        return said(pages, 503, "That took too long", "The answer took too long. Please try again in a minute.")
    except Exception as error:  # noqa: BLE001 - whatever it is: a person gets a sentence and a reference
        mishap = Mishap.of(error)
        _log.error("%s", mishap.log, extra={"action": "web.failed"})
        return said(pages, 500, "Something went wrong", mishap.human)


def _of_status(error: web.HTTPException, pages: Pages) -> web.Response:
    status = HTTPStatus(error.status)
    response = said(pages, status, status.phrase, _SAID.get(status, f"{status.phrase}."))
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response
