"""The two ways in which Slack reaches an app: a websocket that the app opened, and signed requests to its address."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import socket
import struct
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.standins.slack_calls import PATIENCE
from tests.standins.slack_world import APP

ACK_SECONDS = 3.0
"""How long Slack waits for an answer."""

RETRIES = 3
"""How often an event that was not answered comes again. Slack waits none, 1 and 5 minutes; tests do not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said at once to one thing that Slack sent it.

    Attributes:
        acked: it said yes in time.
        body: what it said, JSON decoded; `None` for nothing.
        seconds: how long it took, the last delivery alone.
        status: over HTTP its status; in Socket Mode 200 when acked.
        deliveries: how often it was sent.
    """

    acked: bool
    body: Any = None
    seconds: float = 0.0
    status: int = 0
    deliveries: int = 1


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing that Slack sends: `kind` is Socket Mode's type of it."""

    kind: str
    payload: dict[str, Any]

    @property
    def is_event(self) -> bool:
        """Whether Slack sends it again when nobody answers."""
        return self.kind == "events_api"


class Door(Protocol):
    """A way to the app."""

    async def deliver(self, envelope: Envelope) -> Answer:
        """Send something and return what the app says to it."""
        ...


class HttpDoor:
    """Signed requests: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

    def __init__(self, url: str, secret: str, ack_seconds: float = ACK_SECONDS) -> None:
        self.url = url
        self.secret = secret
        self.age = 0.0
        """How old requests say they are, in seconds."""
        self.ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, envelope: Envelope) -> Answer:
        """Send something; an event comes again, up to three times, until it is answered with 200."""
        answer, reason = Answer(acked=False), ""
        for delivery in range(1 + RETRIES * envelope.is_event):
            answer, reason = await self._send(envelope, delivery, reason)
            if answer.acked:
                break
        return answer

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _send(self, envelope: Envelope, delivery: int, reason: str) -> tuple[Answer, str]:
        body, content_type = _http_body(envelope)
        headers = {**self._signed(body), "Content-Type": content_type}
        if delivery:
            headers |= {"x-slack-retry-num": str(delivery), "x-slack-retry-reason": reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        start = time.perf_counter()
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        try:
            async with self._session.post(self.url, data=body, headers=headers, timeout=timeout) as response:
                said = _decoded(await response.text())
                taken = time.perf_counter() - start
                acked = response.status == 200
                return Answer(acked, said, taken, response.status, delivery + 1), "http_error"
        except TimeoutError:
            return Answer(acked=False, seconds=self.ack_seconds, deliveries=delivery + 1), "http_timeout"
        except aiohttp.ClientError:
            return Answer(
                acked=False, seconds=time.perf_counter() - start, deliveries=delivery + 1
            ), "connection_failed"

    def _signed(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time() - self.age))
        digest = hmac.new(self.secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
        }


@dataclass(eq=False, slots=True)
class Link:
    """One open websocket; a dead one is open and says nothing."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    dead: bool = False


class SocketDoor:
    """Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode."""

    def __init__(self, ack_seconds: float = ACK_SECONDS) -> None:
        self.ack_seconds = ack_seconds
        self.opened = 0
        """How many connections there have been."""
        self.links: list[Link] = []
        self._tickets: set[str] = set()
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._changed = asyncio.Condition()

    def ticket(self) -> str:
        """Return what lets one websocket in."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serve a websocket until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(ticket)
        async with self._link(request) as link:
            async for message in link.socket:
                await self._hear(link, message)
        return link.socket

    async def deliver(self, envelope: Envelope) -> Answer:
        """Send something, and again what a lost connection or silence left unanswered.

        Slack sends events again; whether it does so with commands and clicks of a lost connection it does not say. Here
        it does, so that an app that loses any of them is found out.
        """
        deliveries = 0
        while True:
            link = await self.connected()
            deliveries += 1
            answer = await self._send(link, envelope, deliveries)
            if answer is not None and (answer.acked or not envelope.is_event or deliveries > RETRIES):
                return answer

    async def connected(self, opened: int = 0) -> Link:
        """Return an open connection as soon as there is one, and so many have been opened altogether."""

        def there() -> bool:
            return self.opened >= opened and bool(self._alive())

        try:
            async with asyncio.timeout(PATIENCE), self._changed:
                await self._changed.wait_for(there)
        except TimeoutError:
            raise AssertionError("the app is not connected") from None
        return self._alive()[-1]

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, and wait until it has."""
        before, opened = list(self.links), self.opened
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-stand-in"}}
        for link in before:
            await link.socket.send_json(goodbye)
        await self.connected(opened + 1)
        for link in before:
            await link.socket.close()

    def cut(self) -> None:
        """Reset every connection."""
        for link in list(self.links):
            link.lost.set()
            reset(link.transport)

    def deaden(self) -> None:
        """Let every connection stay open and say nothing any more, not even a pong."""
        for link in self.links:
            link.dead = True

    async def close(self) -> None:
        """End every connection."""
        for link in list(self.links):
            if link.dead:
                reset(link.transport)
            else:
                await link.socket.close()

    def _alive(self) -> list[Link]:
        return [link for link in self.links if not link.lost.is_set() and not link.socket.closed]

    @contextlib.asynccontextmanager
    async def _link(self, request: web.Request) -> AsyncIterator[Link]:
        server = web.WebSocketResponse(autoping=False)
        await server.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        link = Link(server, request.transport)
        await server.send_json(
            {
                "type": "hello",
                "num_connections": len(self.links) + 1,
                "connection_info": {"app_id": APP},
                "debug_info": {"host": "applink-stand-in", "build_number": 1, "approximate_connection_time": 18060},
            }
        )
        self.links.append(link)
        self.opened += 1
        await self._tell()
        try:
            yield link
        finally:
            self.links.remove(link)
            link.lost.set()
            await self._tell()

    async def _hear(self, link: Link, message: aiohttp.WSMessage) -> None:
        if link.dead:
            return
        if message.type is WSMsgType.PING:
            await link.socket.pong(message.data)
        elif message.type is WSMsgType.TEXT:
            said = json.loads(message.data)
            ack = self._acks.get(said.get("envelope_id"))
            if ack is not None and not ack.done():
                ack.set_result(said.get("payload"))

    async def _send(self, link: Link, envelope: Envelope, deliveries: int) -> Answer | None:
        """Send on one connection; return `None` when it was lost before there was an answer."""
        name = str(uuid.uuid4())
        ack = self._acks[name] = asyncio.get_running_loop().create_future()
        lost = asyncio.ensure_future(link.lost.wait())
        start = time.perf_counter()
        try:
            if not link.dead:
                await link.socket.send_json(_envelope(name, envelope, deliveries - 1))
            patience = PATIENCE if link.dead else self.ack_seconds
            await asyncio.wait([ack, lost], timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        except ConnectionError:
            link.lost.set()
            return None
        finally:
            lost.cancel()
            del self._acks[name]
        taken = time.perf_counter() - start
        if ack.done():
            return Answer(True, ack.result(), taken, 200, deliveries)
        return None if link.lost.is_set() else Answer(acked=False, seconds=taken, deliveries=deliveries)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def reset(transport: asyncio.Transport) -> None:
    """End a connection as a crash does: with RST, whatever is under way."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _envelope(name: str, envelope: Envelope, retry: int) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "envelope_id": name,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": not envelope.is_event,
    }
    if envelope.is_event:
        sent |= {"retry_attempt": retry, "retry_reason": "http_timeout" if retry else ""}
    return sent


def _http_body(envelope: Envelope) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match envelope.kind:
        case "slash_commands":
            return urlencode(envelope.payload).encode(), form
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}).encode(), form
        case _:
            return json.dumps(envelope.payload).encode(), "application/json"


def _decoded(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
