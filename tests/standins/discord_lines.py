"""What a stand-in's gateway is made of: sessions, and the websockets that they go over."""

import contextlib
import importlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(slots=True, eq=False)
class Session:
    """What one shard has been told since it identified itself."""

    id: str
    shard: tuple[int, int]
    intents: int
    events: list[dict[str, Any]] = field(default_factory=list)
    line: "Line | None" = None

    def covers(self, guild: str | None) -> bool:
        """Say whether a guild's events are this shard's; direct messages are the first's."""
        return (int(guild) >> 22) % self.shard[1] == self.shard[0] if guild else self.shard[0] == 0


@dataclass(slots=True, eq=False)
class Line:
    """One websocket."""

    socket: web.WebSocketResponse
    pack: Callable[[str], bytes] | None
    session: Session | None = None
    beats: int = 0

    async def send(self, payload: dict[str, Any]) -> None:
        """Send one payload, compressed as the client asked; on a lost line it goes nowhere."""
        text = json.dumps(payload)
        with contextlib.suppress(ConnectionError):
            await (self.socket.send_bytes(self.pack(text)) if self.pack else self.socket.send_str(text))


def packer(compress: str | None) -> Callable[[str], bytes] | None:
    """Return what compresses one payload after the other into one stream, as the client asked for it."""
    if compress == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compress == "zstd-stream":  # what discord.py asks for from Python 3.14 on
        zstd = importlib.import_module("compression.zstd").ZstdCompressor()
        return lambda text: bytes(zstd.compress(text.encode(), mode=zstd.FLUSH_BLOCK))
    return None
