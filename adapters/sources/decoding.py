"""From bytes to characters, for pages and files whose encoding nobody vouches for."""

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*(?P<label>[A-Za-z0-9_:.-]{1,40})""")
_DECLARATION_STANDS_WITHIN = 1024
"""How far into a page a browser looks for the declaration, in bytes (HTML Living Standard, 13.2.3.2)."""
_WIDE_SHOWS_WITHIN = 128
_LATIN_SHARE = 0.7
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
"""What the web calls windows-1252, whichever of these a page declares (Encoding Standard, 4.2)."""


def decode(data: bytes) -> str:
    """Return the text of a page or file. Any bytes are read; none raise.

    In this order: the byte order mark; UTF-16 by its zero bytes; UTF-8 where all of it is valid UTF-8, whatever it
    declares, for no other text is by accident; the encoding declared in its beginning; windows-1252.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in (_wide(data), "utf-8", _declared(data)):
        if encoding and (text := _strictly(data, encoding)) is not None:
            return text
    return data.decode("cp1252", "replace")


def _wide(data: bytes) -> str:
    """Return the UTF-16 that a beginning mostly in Latin letters gives away, every second byte a zero; or nothing."""
    start = data[:_WIDE_SHOWS_WITHIN]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if len(data) % 2 or max(even, odd) <= _LATIN_SHARE * len(start) / 2 or min(even, odd) > 1:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_DECLARATION_STANDS_WITHIN])
    if match is None:
        return ""
    try:
        codec = codecs.lookup(match["label"].decode("ascii"))
    except LookupError:
        return ""
    return "cp1252" if codec.name in _LATIN else codec.name


def _strictly(data: bytes, encoding: str) -> str | None:
    """Decode without repairs; `None` where that fails or the codec is none of text (`rot13`, `zlib`)."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None
