"""A stand-in's gateway: sessions that are begun, resumed, interrupted and lost."""

import asyncio
import json
from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.standins import discord_payloads
from tests.standins.discord_calls import PATIENCE
from tests.standins.discord_lines import Line, Session, packer
from tests.standins.discord_world import APP, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
AUTHENTICATION_FAILED, DISALLOWED_INTENTS, UNKNOWN_ERROR = 4004, 4014, 4000
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""The intents that Discord grants to nobody who has not asked."""


class Gateway:
    """Everything that comes and goes over websockets.

    Attributes:
        shards: how many are recommended.
        remaining: how many sessions may still be begun today.
        away: nobody can connect.
        mute: heartbeats are not acknowledged.
        beat: seconds between heartbeats.
        disallow_intents: whoever asks for privileged intents is turned away.
        sessions: those that can be resumed.
        identified, resumed: how often that happened.
        refusals: what the next to identify or resume are turned away with, by close code; one after the other.
        knocks: how many have tried to connect.
    """

    def __init__(self, world: World, base: Callable[[], str]) -> None:
        self.shards = 1
        self.remaining = 1000
        self.away = self.mute = False
        self.disallow_intents = True
        self.beat = 41.25
        self.sessions: dict[str, Session] = {}
        self.refusals: list[int] = []
        self.identified = self.resumed = self.knocks = 0
        self._world = world
        self._base = base
        self._lines: list[Line] = []
        self._numbers = count(1)
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        """The address of the websockets."""
        return f"{self._base().replace('http', 'ws', 1)}/gateway"

    def bot(self) -> dict[str, Any]:
        """Return what GET /gateway/bot tells."""
        limit = {"total": 1000, "remaining": self.remaining, "reset_after": 3_600_000, "max_concurrency": 1}
        return {"url": self.url, "shards": self.shards, "session_start_limit": limit}

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Take a websocket, until it is closed."""
        self.knocks += 1
        await self._note()
        if self.away:
            return web.Response(status=503, text="upstream connect error")
        socket = web.WebSocketResponse(autoping=True, heartbeat=None)
        await socket.prepare(request)
        line = Line(socket, packer(request.query.get("compress")))
        self._lines.append(line)
        try:
            await line.send({"op": HELLO, "d": {"heartbeat_interval": int(self.beat * 1000)}, "s": None, "t": None})
            await self._listen(line)
        finally:
            self._lines.remove(line)
            if line.session is not None and line.session.line is line:
                line.session.line = None
            await self._note()
        return socket

    async def dispatch(self, name: str, data: dict[str, Any], guild: str | None = None) -> None:
        """Tell of an event, to the shard it belongs to; a shard that is not there hears of it when it resumes."""
        found = [one for one in self.sessions.values() if one.covers(guild)]
        assert found, f"nobody has identified who could be told of {name}"
        await self._event(found[-1], name, data)

    async def ready(self, sessions: int = 1) -> None:
        """Wait until so many shards are connected."""
        await self._until(lambda: sum(one.line is not None for one in self.sessions.values()) >= sessions)

    async def knocked(self, times: int) -> None:
        """Wait until somebody has tried to connect so often."""
        await self._until(lambda: self.knocks >= times)

    async def has_resumed(self, times: int = 1) -> None:
        """Wait until a session was resumed so often."""
        await self._until(lambda: self.resumed >= times)

    async def has_identified(self, times: int) -> None:
        """Wait until a session was begun so often."""
        await self._until(lambda: self.identified >= times)

    async def beats(self, times: int) -> None:
        """Wait until one line has sent so many heartbeats."""
        await self._until(lambda: any(line.beats >= times for line in self._lines))

    async def reconnect(self) -> None:
        """Ask everyone to connect anew."""
        for line in self._lines[:]:
            await line.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell everyone that the session is no longer valid."""
        if not resumable:
            self.sessions.clear()
        for line in self._lines[:]:
            await line.send({"op": INVALID, "d": resumable, "s": None, "t": None})

    async def hang_up(self, code: int = UNKNOWN_ERROR) -> None:
        """Close every websocket with a code."""
        for line in self._lines[:]:
            await line.socket.close(code=code)

    def drop(self) -> None:
        """Cut every connection without a word."""
        for line in self._lines[:]:
            assert line.socket._req is not None  # aiohttp has no other way to its transport
            transport = line.socket._req.transport
            if transport is not None:
                transport.abort()

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if message.type is WSMsgType.TEXT:
                given = json.loads(message.data)
                await self._heard(line, given["op"], given.get("d"))

    async def _heard(self, line: Line, op: int, data: Any) -> None:
        if op == HEARTBEAT and not self.mute:
            line.beats += 1
            await self._note()
            await line.send({"op": ACK, "d": None, "s": None, "t": None})
        elif op == IDENTIFY:
            await self._identify(line, data)
        elif op == RESUME:
            await self._resume(line, data)

    async def _identify(self, line: Line, data: dict[str, Any]) -> None:
        if code := self._refusal(data["token"], data["intents"]):
            await line.socket.close(code=code)
            return
        shard = data.get("shard") or [0, 1]
        session = Session(f"session-{next(self._numbers)}", (shard[0], shard[1]), data["intents"], line=line)
        line.session = self.sessions[session.id] = session
        self.identified += 1
        inside = [one for one in self._world.guilds.values() if one.installed and session.covers(one.id)]
        await self._event(session, "READY", self._ready(session, [one.id for one in inside]))
        for guild in inside:
            await self._event(session, "GUILD_CREATE", discord_payloads.guild(self._world, guild))
        await self._note()

    async def _resume(self, line: Line, data: dict[str, Any]) -> None:
        if code := self._refusal(data["token"], 0):
            await line.socket.close(code=code)
            return
        session = self.sessions.get(data["session_id"])
        if session is None:
            await line.send({"op": INVALID, "d": False, "s": None, "t": None})
            return
        session.line, line.session = line, session
        for missed in [one for one in session.events if one["s"] > data["seq"]]:
            await line.send(missed)
        self.resumed += 1
        await self._event(session, "RESUMED", {})
        await self._note()

    def _refusal(self, token: str, intents: int) -> int | None:
        if self.refusals:
            return self.refusals.pop(0)
        if token != self._world.token:
            return AUTHENTICATION_FAILED
        return DISALLOWED_INTENTS if self.disallow_intents and intents & PRIVILEGED else None

    async def _event(self, session: Session, name: str, data: dict[str, Any]) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.line is not None:
            await session.line.send(event)

    def _ready(self, session: Session, guilds: list[str]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": discord_payloads.user(self._world, APP) | {"verified": True, "mfa_enabled": False, "flags": 0},
            "guilds": [{"id": one, "unavailable": True} for one in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": APP, "flags": 0},
        }

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _until(self, came: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(came)
