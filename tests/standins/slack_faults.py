"""What can go wrong on the way to Slack and back."""

import asyncio
import socket
import struct
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failing:
    """Slack says no: `ok` is false and HTTP 200, as Slack says it."""

    error: str


@dataclass(frozen=True, slots=True)
class Limited:
    """Too many calls: 429, with `Retry-After` in seconds unless it is `None`."""

    after: str | None = "30"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page of some machine on the way, not Slack's JSON; the call may have been carried out before."""

    status: int = 503
    accepted: bool = False
    content_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class BrokenJson:
    """An answer that says it is JSON and is none."""

    accepted: bool = True
    body: str = '{"ok": true, "ts": '


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset in place of an answer, before or after the call was carried out."""

    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Truncated:
    """The connection is reset in the midst of the answer."""

    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer comes, until the stand-in closes."""

    accepted: bool = False


Fault = Failing | Limited | ErrorPage | BrokenJson | Reset | Truncated | Silence


def reset(transport: asyncio.Transport) -> None:
    """End a connection as a crash does: with RST, whatever is under way."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
