"""One line of Socket Mode: what comes over it, and what goes back."""

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any, TypeAlias

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("pprnet.slack")

Envelope: TypeAlias = dict[str, Any]

_LINGER = 15.0
"""Seconds that a line is still listened to after Slack said that it would close it."""


class Line:
    """A websocket to Slack, from the moment it is open.

    Attributes:
        over: set once another line is needed: this one is lost, or Slack is about to close it.
        opened_at: when it was opened, by the event loop's clock.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, arrived: "Callable[[Line, Envelope], None]") -> None:
        """Begin to listen.

        Args:
            socket: the open websocket.
            arrived: told of every envelope; returns at once.
        """
        self.over = asyncio.Event()
        self.opened_at = asyncio.get_running_loop().time()
        self._socket = socket
        self._arrived = arrived
        self._listening = asyncio.create_task(self._listen())

    @property
    def is_open(self) -> bool:
        """Whether anything can come over it."""
        return not self._socket.closed and not self._listening.done()

    async def acknowledge(self, acknowledgement: Envelope) -> None:
        """Tell Slack that an envelope arrived.

        Raises:
            ConnectionError: the line is lost.
        """
        await self._socket.send_str(json.dumps(acknowledgement))

    def stop_listening(self) -> None:
        """Take nothing more; acknowledgements can still be sent."""
        self._listening.cancel()

    async def close(self) -> None:
        """Hang up."""
        self._listening.cancel()
        await asyncio.wait([self._listening])
        await self._socket.close()

    async def _listen(self) -> None:
        try:
            async for message in self._socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self._read(message.data)
        finally:
            self.over.set()

    def _read(self, text: str) -> None:
        match _decoded(text):
            case {"type": "disconnect", **more}:
                self._leave(str(more.get("reason")))
            case {"envelope_id": str()} as envelope:
                self._arrived(self, envelope)
            case dict():
                pass  # Slack's greeting, or what it may think of later
            case _:
                _log.warning("Slack sent something that cannot be read", extra={"action": "slack.unreadable"})

    def _leave(self, reason: str) -> None:
        _log.info("Slack wants a new line: %s", reason, extra={"action": "slack.refresh"})
        self.over.set()
        asyncio.get_running_loop().call_later(_LINGER, self._listening.cancel)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return None
