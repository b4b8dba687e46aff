"""Bodies of answers, collected and unpacked within bounds.

The HTTP library could unpack by itself, but only answers it has read to no limit of ours. Here memory is bounded at
every moment: what is unpacked of a piece is asked for up to what may still come, and a byte more tells of a bomb.
"""

import zlib
from collections.abc import AsyncIterator
from typing import Protocol

from adapters.sources.site.errors import DamagedError, OversizeError

ACCEPTED = "gzip, deflate"
"""What is asked for. Brotli and zstd would need a library each, for pages of 30 kB."""

_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


async def collected(pieces: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    """Return a whole body.

    Args:
        pieces: as it comes.
        encoding: its `Content-Encoding`; empty when it is packed in no way.
        limit: how many bytes it may have, as it comes and unpacked.

    Raises:
        OversizeError: it has more.
        DamagedError: it is packed in another way than it says, or than was asked for, or ends too early.
    """
    unpacker = _unpacker(encoding.strip().lower())
    body, came = bytearray(), 0
    async for piece in pieces:
        came += len(piece)
        body += unpacker.unpack(piece, limit + 1 - len(body))
        if max(came, len(body)) > limit:
            raise OversizeError("an answer is larger than the limit")
    if not unpacker.is_done:
        raise DamagedError("a packed answer ends too early")
    return bytes(body)


class _Unpacker(Protocol):
    @property
    def is_done(self) -> bool: ...

    def unpack(self, piece: bytes, most: int) -> bytes: ...


class _Plain:
    is_done = True

    def unpack(self, piece: bytes, most: int) -> bytes:
        return piece[:most]


class _Zipped:
    """Unpacks gzip, and deflate with or without the header that it should have (RFC 9110, 8.4.1.2)."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zlib = zlib.decompressobj(window)
        self._started = False

    @property
    def is_done(self) -> bool:
        return self._zlib.eof or not self._started

    def unpack(self, piece: bytes, most: int) -> bytes:
        if not piece:
            return b""
        if not self._started and self._window == _ZLIB and piece[0] & 0x0F != zlib.DEFLATED:
            self._zlib = zlib.decompressobj(_RAW)
        self._started = True
        try:
            unpacked = self._zlib.decompress(piece, max(most, 1))
        except zlib.error:
            raise DamagedError("an answer is not packed as it says") from None
        if self._zlib.unused_data:
            raise DamagedError("something follows after the end of a packed answer")
        return unpacked


def _unpacker(encoding: str) -> _Unpacker:
    match encoding:
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zipped(_GZIP)
        case "deflate":
            return _Zipped(_ZLIB)
        case _:
            raise DamagedError("an answer is packed in a way that was not asked for")
