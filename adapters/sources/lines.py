"""Pages as the grammar reads them: one line for each block of text, whether the page is text or HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adapters.sources.decoding import decode

_BLANKS = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\n|\r")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    Attributes:
        number: its place, from 1: the line in a text file, the block of text in an HTML page.
        text: its characters; blanks, tabs and line ends folded to single blanks, nothing else touched.
    """

    number: int
    text: str


def lines_of_text(text: bytes | str) -> list[Line]:
    """Return the lines of a text page that hold something, numbered as an editor numbers them.

    Non-breaking and other typographic spaces are characters of the text: they stay inside a line, and are dropped
    only at its ends. Control characters are no text and are dropped everywhere.
    """
    given = decode(text) if isinstance(text, bytes) else text
    return _visible(enumerate(_LINE_END.split(given.removeprefix("\ufeff")), start=1))


def lines_of_html(markup: bytes | str) -> list[Line]:
    """Return the blocks of text of an HTML page: one block element, one line; `<br>` parts lines.

    Inline elements neither add nor lose a blank; entities are decoded; an item of a plain list begins with `- `, as
    in the page's text form. Not read: scripts, styles, navigation, search and other forms, what is hidden, the page's
    own header and footer, and what stands beside its articles. The work is linear in the page's length, however deep
    its elements nest.
    """
    from adapters.sources.blocks import blocks  # here, for the HTML library costs every other start its time

    given = decode(markup) if isinstance(markup, bytes) else markup
    found = (block for block in blocks(_SURROGATES.sub("\ufffd", given)) if not _is_blank(block))
    return _visible(enumerate(found, start=1))


def folded(text: str) -> str:
    """Return one line's characters: see `lines_of_text`."""
    if text.isprintable() and "  " not in text:  # most lines have nothing to fold, and it takes as long as the parsing
        return text.strip()
    return _trimmed(_BLANKS.sub(" ", _SURROGATES.sub("\ufffd", _NOT_TEXT.sub("", text))))


def _visible(numbered: Iterable[tuple[int, str]]) -> list[Line]:
    return [Line(number, text) for number, text in _folded(numbered) if text]


def _folded(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((number, folded(text)) for number, text in numbered)


def _trimmed(text: str) -> str:
    """Drop white space of every kind at both ends; what holds nothing visible becomes empty."""
    text = text.strip()
    return "" if _is_blank(text) else text


def _is_blank(text: str) -> bool:
    return not text.strip().strip(_INVISIBLE + " \u00a0")
