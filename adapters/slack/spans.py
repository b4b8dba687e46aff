"""Spans as elements of rich text, which holds raw text: Slack parses nothing in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from adapters.slack import limits
from adapters.slack.escaping import border, printable
from adapters.slack.measuring import characters_of
from bot.views import Link, Marked, Span, Strong, Text, plain

Json = dict[str, Any]
Spans = tuple[Span, ...]


def elements(spans: Sequence[Span]) -> list[Json]:
    """Return the elements of a `rich_text_section` for spans; what is empty is left out."""
    return list(_elements(spans))


def text_elements(text: str) -> list[Json]:
    """Return the elements for plain text."""
    return elements((Text(text),))


def split(spans: Sequence[Span], limit: int = limits.PIECE_SIZE) -> list[Spans]:
    """Part spans until each part weighs at most `limit` as JSON: at sentences, else at words. Nothing is left out."""
    text = _text_of(spans)
    if len(text) < 2 or characters_of(elements(spans)) <= limit:
        return [tuple(spans)]
    head, rest = _parted(spans, border(text, len(text) // 2))
    return [*split(head, limit), *split(rest, limit)]


def is_address(url: str) -> bool:
    """Say whether Slack takes this as the address of a link."""
    return len(url) <= limits.ADDRESS and _ADDRESS.fullmatch(url) is not None


def is_blank(spans: Sequence[Span]) -> bool:
    """Say whether there is nothing to read in spans."""
    return not _text_of(spans).strip()


_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>|]+", re.IGNORECASE)


def _elements(spans: Sequence[Span]) -> Iterator[Json]:
    for kind, group in groupby(spans, _kind):
        run = list(group)
        if kind is Link:
            yield from (_link(span) for span in run if isinstance(span, Link))
        elif text := "".join(map(_shown, run)):
            yield {"type": "text", "text": text} | ({"style": {"bold": True}} if kind is Strong else {})


def _kind(span: Span) -> type[Span]:
    match span:
        case Link(_, url):
            return Link if is_address(url) else Text
        case Text():
            return Text
        case Strong() | Marked():
            return Strong


def _link(link: Link) -> Json:
    return {"type": "link", "url": link.url, "text": _shown(link)}


def _shown(span: Span) -> str:
    """Return what can be read of a span: of a link without words its address, of one that Slack would not take both."""
    if isinstance(span, Link) and not is_address(span.url):
        return printable(plain((span,)))
    text = printable(span.text)
    return span.url if isinstance(span, Link) and not text.strip() else text


def _text_of(spans: Sequence[Span]) -> str:
    return "".join(map(_shown, spans))


def _parted(spans: Sequence[Span], at: int) -> tuple[Spans, Spans]:
    """Part spans behind so many characters of what can be read of them; there have to be more."""
    number = 0
    while at >= (length := len(_shown(spans[number]))):
        at, number = at - length, number + 1
    span, shown = spans[number], _shown(spans[number])
    head, rest = _piece(span, shown[:at]), _piece(span, shown[at:])
    return (*spans[:number], head), (rest, *spans[number + 1 :])


def _piece(span: Span, text: str) -> Span:
    """Return a piece of a span; of a link that is none, or without a word of it, as mere text."""
    is_text = isinstance(span, Link) and (not is_address(span.url) or not text.strip())
    return Text(text) if is_text else replace(span, text=text)
