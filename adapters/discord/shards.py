"""One shard: a line to Discord's gateway, opened again whenever it is lost; its session goes on where that can be."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from adapters.discord.pauses import Pauses

_log = logging.getLogger("pprnet.discord")

_OPENING = 20.0
"""Seconds that a line may take to be opened and greeted."""

_SETTLED = 5.0
"""Seconds that a line has to hold before the next loss counts as the first one."""

_MOST_DOUBLINGS = 20
"""After so many every pause is at its longest; an outage of days must not end in numbers too large to count with."""

_GOODBYE = 2.0
"""Seconds that a line may take to be closed: a gateway that hangs says nothing."""

_REFUSALS = {
    4004: "Discord no longer knows the bot's token",
    4010: "Discord knows no such shard",
    4011: "Discord wants the bot to have more shards",
    4012: "Discord no longer speaks this version of its gateway",
    4013: "Discord knows no such intents",
    4014: "Discord does not grant the bot its intents",
}
"""Close codes after which no further attempt is wanted.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

_FOR_GOOD, _FOR_NOW = 1000, 4000
"""The close codes with which a session ends, and with which it can go on."""

Turn = Callable[[int], Awaitable[None]]
"""Waits until a shard may begin a session."""


class RefusedError(Exception):
    """Discord wants no further attempt; the text is why."""


@dataclass(frozen=True, slots=True)
class _Loss:
    """How a line was lost.

    Attributes:
        why: for the log.
        opened: there was a line at all.
        held: it held so long that all was well.
        session: what discord.py has to be told to go on with the session; empty to begin a new one.
    """

    why: str
    opened: bool
    held: bool
    session: dict[str, Any]


class Shard:
    """One shard of a client.

    Attributes:
        established: Discord can reach the bot on this shard at this moment.
        tried: set once the shard was connected or has failed.
    """

    def __init__(self, client: discord.Client, number: int, turn: Turn, pauses: Pauses) -> None:
        """Make ready to call; nothing is opened yet."""
        self.established = False
        self.tried = asyncio.Event()
        self._client = client
        self._number = number
        self._turn = turn
        self._pauses = pauses
        self._failures = 0
        self._told: bool | None = None  # whether the log says that the shard is connected

    def establish(self) -> None:
        """Take note that the session has begun, or goes on."""
        self.established = True
        self.tried.set()
        if not self._told:
            self._told = True
            _log.info("connected to Discord%s", self._which, extra={"action": "discord.connected"})

    async def hold(self) -> None:
        """Keep a line open until cancelled.

        Raises:
            RefusedError: Discord wants no further attempt.
        """
        session: dict[str, Any] = {}
        while True:
            if not session:
                await self._turn(self._number)
            loss = await self._listen(session)
            session = loss.session
            self._count(loss)
            await asyncio.sleep(self._pause(loss))

    async def _listen(self, session: dict[str, Any]) -> _Loss:
        """Open a line and take what comes over it; return how it was lost."""
        began, code = _now(), _FOR_NOW
        lines: list[DiscordWebSocket] = []
        try:
            why = await self._follow(lines, session)
        except asyncio.CancelledError:
            code = _FOR_GOOD
            raise
        else:
            held = self.established and _now() - began >= _SETTLED
            return _Loss(why, bool(lines), held, self._resumption(lines) if why != _ANEW else {})
        finally:
            self.established = False
            for line in lines:
                await _hang_up(line, code)

    async def _follow(self, lines: list[DiscordWebSocket], session: dict[str, Any]) -> str:
        """Open a line, keep it in `lines`, and take what comes over it; return why it was lost."""
        try:
            async with asyncio.timeout(_OPENING):
                # Else discord.py sleeps before it identifies; whose turn it is, is known here.
                line = await _kept_in(lines).from_client(self._client, initial=True, shard_id=self._number, **session)
            while True:
                await line.poll_event()
        except ReconnectWebSocket as told:
            return _ON if told.resume else _ANEW
        except discord.ConnectionClosed as closed:
            if closed.code in _REFUSALS:
                raise RefusedError(_REFUSALS[closed.code]) from None
            return _ANEW
        except Exception as error:  # noqa: BLE001 - whatever it is: a bot that stops calling is deaf for good
            return type(error).__name__

    def _resumption(self, lines: list[DiscordWebSocket]) -> dict[str, Any]:
        """Return how to go on with a session; an attempt to that did not succeed is not made again."""
        if not self.established:
            return {}
        [line] = lines
        return {"resume": True, "gateway": line.gateway, "session": line.session_id, "sequence": line.sequence}

    def _count(self, loss: _Loss) -> None:
        """Count a loss, and write down when an outage begins: with the first loss that is not made good at once."""
        self._failures = 1 if loss.held else self._failures + 1
        self.tried.set()
        if self._told is not False and (self._failures > 1 or not loss.opened):
            self._told = False
            said = "Discord's gateway is away%s (%s); trying again until it is back"
            _log.warning(said, self._which, loss.why, extra={"action": "discord.away"})

    def _pause(self, loss: _Loss) -> float:
        """Return the seconds before the next attempt: none after the first loss, then about twice as long each time.

        Spread by chance, so that after an outage not every bot calls at once.
        """
        if self._failures <= 1:
            return 0.0
        longest = self._pauses.longest_opened if loss.opened else self._pauses.longest
        doublings = min(self._failures - 2, _MOST_DOUBLINGS)
        pause = min(longest, self._pauses.shortest * 2.0**doublings)
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - nothing secret

    @property
    def _which(self) -> str:
        count = self._client.shard_count or 1
        return f", shard {self._number + 1} of {count}" if count > 1 else ""


_ON, _ANEW = "to be resumed", "to be begun anew"
"""Why a line is lost when the gateway itself says so."""


def _kept_in(lines: list[DiscordWebSocket]) -> type[DiscordWebSocket]:
    """Return what opens lines and keeps them from the first moment, so that they can be hung up whatever happens."""

    class Line(DiscordWebSocket):
        def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, loop: asyncio.AbstractEventLoop) -> None:
            super().__init__(socket, loop=loop)
            lines.append(self)

    return Line


async def _hang_up(line: DiscordWebSocket, code: int) -> None:
    with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
        async with asyncio.timeout(_GOODBYE):
            await line.close(code)


def _now() -> float:
    return asyncio.get_running_loop().time()
