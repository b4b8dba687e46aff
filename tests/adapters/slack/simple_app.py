"""An app as simple as can be, by either door, to try the stand-in with."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.standins.slack import SlackStandIn

NOW = 1_795_608_000.0


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str) -> dict[str, Any]:
    return {"type": "button", "text": words(text), "action_id": action_id, "value": "latest"}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


GO = {"type": "actions", "elements": [button("Go", "go")]}
FIELD = {"type": "input", "label": words("Words"), "element": {"type": "plain_text_input", "action_id": "words"}}
MODAL = {"type": "modal", "title": words("A title"), "submit": words("Search"), "blocks": [FIELD]}


@dataclass
class App:
    """An app as simple as can be: it keeps what it was sent and says what it was told to say."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    retries: list[tuple[Any, Any]] = field(default_factory=list)
    says: Any = None
    deaf: int = 0
    refused: list[int] = field(default_factory=list)

    async def take(self, client: Any, request: SocketModeRequest) -> None:
        self.heard.append(request.payload)
        self.retries.append((request.retry_attempt, request.retry_reason))
        if self.deaf:
            self.deaf -= 1
        else:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.says))

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.text()
        if not SignatureVerifier(SlackStandIn.signing_secret).is_valid_request(body, dict(request.headers)):
            self.refused.append(401)
            return web.Response(status=401)
        form = request.content_type == "application/x-www-form-urlencoded"
        given: dict[str, Any] = dict(await request.post()) if form else json.loads(body)
        self.heard.append(json.loads(given["payload"]) if "payload" in given else given)
        self.retries.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        if self.deaf:
            self.deaf -= 1
            return web.Response(status=500)
        return web.json_response(self.says) if self.says is not None else web.Response()


@asynccontextmanager
async def a_client(**given: Any) -> AsyncIterator[tuple[AsyncWebClient, SlackStandIn]]:
    async with SlackStandIn(clock=lambda: NOW, **given) as slack, aiohttp.ClientSession() as session:
        yield AsyncWebClient(slack.bot_token, base_url=slack.url, session=session, retry_handlers=[]), slack


@asynccontextmanager
async def by_socket(**given: Any) -> AsyncIterator[tuple[App, AsyncWebClient, SlackStandIn]]:
    async with a_client(**given) as (client, slack):
        app = App()
        line = SocketModeClient(slack.app_token, web_client=client, ping_interval=0.2)
        line.socket_mode_request_listeners.append(app.take)
        await line.connect()  # type: ignore[no-untyped-call] # the SDK leaves it untyped
        try:
            yield app, client, slack
        finally:
            await line.close()  # type: ignore[no-untyped-call] # the SDK leaves it untyped


@asynccontextmanager
async def by_http(**given: Any) -> AsyncIterator[tuple[App, AsyncWebClient, SlackStandIn]]:
    async with a_client(**given) as (client, slack):
        app, site = App(), web.Application()
        site.router.add_post("/slack/events", app.serve)
        runner = web.AppRunner(site)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.post_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        try:
            yield app, client, slack
        finally:
            await runner.cleanup()
