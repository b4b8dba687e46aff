"""Spans as Discord's Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from adapters.discord import limits
from adapters.discord.escaping import border, escape, is_tame, on_one_line, printable, size
from bot.views import Link, Marked, Span, Strong, Text, plain

Spans = tuple[Span, ...]


def markdown(spans: Sequence[Span]) -> str:
    """Return spans as Markdown. Discord reads nothing in it but what the spans say themselves."""
    return "".join(_run(kind, list(group)) for kind, group in groupby(_shown(spans), _kind))


def split(spans: Sequence[Span], limit: int = limits.PIECE) -> list[Spans]:
    """Part spans until each part is Markdown of at most `limit`: at sentences, else at words. Nothing is left out."""
    shown = tuple(_shown(spans))
    text = "".join(span.text for span in shown)
    if len(text) < 2 or size(markdown(shown)) <= limit:
        return [shown]
    head, rest = _parted(shown, border(text, len(text) // 2))
    return [*split(head, limit), *split(rest, limit)]


def levelled(spans: Sequence[Span]) -> Spans:
    """Return spans without line breaks."""
    return tuple(replace(span, text=on_one_line(span.text)) for span in spans)


def is_blank(spans: Sequence[Span]) -> bool:
    """Say whether there is nothing to read in spans."""
    return not any(span.text.strip() for span in _shown(spans))


_ADDRESS = re.compile(r"https?://[A-Za-z0-9!#$%&'()*+,\-./:;=?@\[\]_~]+", re.IGNORECASE)
_LONGEST_WORDS = 200
_CLOSING = {"(": "%28", ")": "%29"}
"""What would end the address of a link that has words. Alone, between angle brackets, an address may hold both."""


def _shown(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans that are printable and hold something; a link that Discord cannot show as its words and address."""
    return (part for span in spans for part in _parts(span) if part.text)


def _parts(span: Span) -> Spans:
    match span:
        case Link(_, url) if not _is_address(url):
            return (Text(printable(plain((span,)))),)
        case Link(text, url) if text == url or not text.strip():
            return (Link(url, url),)
        case Link(text, url) if len(text) > _LONGEST_WORDS or not is_tame(text):
            return Text(f"{printable(text)} ("), Link(url, url), Text(")")
        case Text(text) | Strong(text) | Marked(text) | Link(text):
            return (replace(span, text=printable(text)),)


def _is_address(url: str) -> bool:
    return len(_enclosed(url)) <= limits.ADDRESS and _ADDRESS.fullmatch(url) is not None


def _enclosed(url: str) -> str:
    return re.sub("[()]", lambda sign: _CLOSING[sign[0]], url)


def _kind(span: Span) -> type[Span]:
    """Return what a span is run together with: bold beside bold is one, for `**a****b**` would show stars."""
    match span:
        case Link():
            return Link
        case Text():
            return Text
        case Strong() | Marked():
            return Strong


def _run(kind: type[Span], spans: Sequence[Span]) -> str:
    if kind is Link:
        return "".join(_link(span) for span in spans if isinstance(span, Link))
    text = "".join(span.text for span in spans)
    return escape(text) if kind is Text else "\n".join(map(_bold, text.split("\n")))


def _bold(line: str) -> str:
    """Return a line in bold: blanks stay outside, and each line is bold by itself, for marks go before every line."""
    words = line.strip()
    return line.replace(words, f"**{escape(words)}**") if words else line


def _link(link: Link) -> str:
    """Return a link. Angle brackets keep Discord from showing a preview of the page."""
    return f"<{link.url}>" if link.text == link.url else f"[{link.text}](<{_enclosed(link.url)}>)"


def _parted(spans: Sequence[Span], at: int) -> tuple[Spans, Spans]:
    """Part spans behind so many of their characters, or beside the link that is there; there have to be more."""
    number = 0
    while at >= (length := len(spans[number].text)):
        at, number = at - length, number + 1
    span = spans[number]
    if isinstance(span, Link):
        number = number or 1
        return (*spans[:number],), (*spans[number:],)
    head, rest = replace(span, text=span.text[:at]), replace(span, text=span.text[at:])
    return (*spans[:number], head), (rest, *spans[number + 1 :])
