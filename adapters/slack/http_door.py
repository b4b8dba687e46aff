"""The door for HTTP: Slack calls the bot, and signs what it sends."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from adapters.slack.manifest import EVENTS_PATH

_log = logging.getLogger("pprnet.slack")

Take = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class HttpDoor:
    """Lets in what Slack signed less than five minutes ago, and nothing else.

    The signature is checked before anything of a request is read: bolt reads the body first, and stumbles over a forged
    one that is no JSON.
    """

    def __init__(self, signing_secret: str, take: Take) -> None:
        """Put the door up.

        Args:
            signing_secret: what Slack signs with.
            take: takes a request and returns what to tell Slack.
        """
        self._verifier = SignatureVerifier(signing_secret)
        self._take = take

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        """What a web server has to route here."""
        return (web.post(EVENTS_PATH, self._enter),)

    async def _enter(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._is_signed(body, request):
            _log.warning("a request without a fresh signature of Slack's was refused", extra={"action": "slack.forged"})
            return web.json_response({"error": "invalid request"}, status=401)
        try:
            read = AsyncBoltRequest(body=body.decode(), query=request.query_string, headers=_headers(request))
        except (json.JSONDecodeError, UnicodeDecodeError):
            return web.json_response({"error": "unreadable request"}, status=400)
        return await to_aiohttp_response(await self._take(read))

    def _is_signed(self, body: bytes, request: web.Request) -> bool:
        try:
            return self._verifier.is_valid_request(body, dict(request.headers))
        except (ArithmeticError, TypeError, ValueError):  # a time that is no time, a body or signature that is no text
            return False


def _headers(request: web.Request) -> dict[str, str | Sequence[str]]:
    """Return the one header that bolt has to know; others could tell it what to run, and Slack does not sign them."""
    return {"content-type": request.content_type}
