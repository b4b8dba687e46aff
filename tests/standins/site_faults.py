"""What can go wrong between a site and whoever reads it."""

import gzip
import io
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """An error page, with `Retry-After` unless it is empty."""

    status: int
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Truncated:
    """The connection ends in the midst of the body."""


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer comes, until the stand-in closes."""


@dataclass(frozen=True, slots=True)
class Trickle:
    """A body comes, a byte at a time and without an end, until the stand-in closes."""


@dataclass(frozen=True, slots=True)
class Endless:
    """A body without end, as fast as it is taken."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Another address is named."""

    to: str
    status: int = 302


@dataclass(frozen=True, slots=True)
class Body:
    """Some bytes as a page, with whatever headers."""

    data: bytes
    encoding: str = ""
    type: str = "text/html; charset=utf-8"


Fault = Status | Truncated | Silence | Trickle | Endless | Redirect | Body


def bomb(encoding: str = "gzip", size: int = 64 * 1024 * 1024) -> Body:
    """Return a small body that unpacks into a large one."""
    packed, piece = io.BytesIO(), bytes(1024 * 1024)
    if encoding == "gzip":
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
            for _ in range(size // len(piece)):
                file.write(piece)
        return Body(packed.getvalue(), "gzip")
    packer = zlib.compressobj()
    data = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
    return Body(data, "deflate")
