"""Slack's way to an app without an address: websockets that the app opened."""

import asyncio
import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

from tests.standins.slack_calls import PATIENCE
from tests.standins.slack_doors import ACK_SECONDS, RETRIES, Answer, Envelope
from tests.standins.slack_faults import reset
from tests.standins.slack_world import APP


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
