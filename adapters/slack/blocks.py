"""Slack's blocks, made from raw text. Nothing in them is ever read as markup.

Running text is rich text, whose elements hold text as it is. Titles, small print and labels are plain_text objects
with `emoji` off. The one mrkdwn object is the link in small print, and only where its words hold nothing to be read as
markup.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from adapters.slack import limits, names
from adapters.slack.escaping import misread, printable, shortened, size
from adapters.slack.measuring import characters_of
from adapters.slack.spans import elements, is_address, is_blank, split, text_elements
from bot.views import Button, Link, Span, Text, plain
from bot.wording import write

Json = dict[str, Any]


def plain_text(text: str, limit: int) -> Json:
    """Return a plain_text object, cut where it is too long."""
    return {"type": "plain_text", "text": shortened(printable(text), limit), "emoji": False}


def header(text: str) -> Json:
    """Return a header."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def fits_header(text: str) -> bool:
    """Say whether a header can show all of a text as it is written."""
    return size(text) <= limits.HEADER and not misread(text)


def rich_text(parts: Sequence[Json]) -> Json:
    """Return a block of running text."""
    return {"type": "rich_text", "elements": list(parts)}


def section(spans: Sequence[Span]) -> Json:
    """Return a line or paragraph of running text."""
    return {"type": "rich_text_section", "elements": elements(spans)}


def quote(text: str) -> Json:
    """Return a quotation within running text."""
    return {"type": "rich_text_quote", "elements": text_elements(text)}


def code(text: str) -> Json:
    """Return text to copy within running text."""
    return {"type": "rich_text_preformatted", "elements": text_elements(text)}


def bullets(items: Sequence[Json]) -> Json:
    """Return a list of lines within running text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items)}


def context(spans: Sequence[Span]) -> list[Json]:
    """Return small print; as running text where small print could not show it as written."""
    if is_blank(spans):
        return []
    if size(plain(tuple(spans))) <= limits.CONTEXT_TEXT and all(map(_is_tame, spans)):
        parts = list(_small_print(spans))
        if len(parts) <= limits.CONTEXT_ELEMENTS:
            return [{"type": "context", "elements": parts}]
    return [rich_text([section(part)]) for part in split(spans) if not is_blank(part)]


def actions(buttons: Iterable[Json]) -> Json:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(made: Button, action: str, about: str = "") -> Json:
    """Return a button; one without a label shows its command.

    Args:
        made: what it says and asks for.
        action: its name.
        about: what a screen reader says beside the label, which may be the same on many buttons.

    Raises:
        ValueError: its request does not fit into a token.
    """
    label = f"{names.COMMAND} {write(made.request)}" if is_blank((Text(made.label),)) else made.label
    element = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON_LABEL),
        "value": made.token,
        "action_id": action,
    }
    if not is_blank((Text(about),)):
        element["accessibility_label"] = shortened(printable(f"{label}: {about}"), limits.BUTTON_LABEL)
    return element


def packed(parts: Iterable[Json]) -> list[list[Json]]:
    """Group parts of running text, in order, so that no group outweighs a block."""
    groups: list[list[Json]] = []
    weight = 0
    for part in parts:
        weight += characters_of(part)
        if not groups or weight > limits.PIECE_SIZE:
            groups.append([])
            weight = characters_of(part)
        groups[-1].append(part)
    return groups


_TAME = re.compile(r"[^*_~`&<>|:\n]*")
_TAME_ADDRESS = re.compile(r"[^\s&<>|*_~`]+")


def _is_tame(span: Span) -> bool:
    """Say whether small print shows a span as it is written; a link is mrkdwn there."""
    if not isinstance(span, Link) or not is_address(span.url):
        return not misread(plain((span,)))
    return bool(span.text.strip() and _TAME.fullmatch(span.text) and _TAME_ADDRESS.fullmatch(span.url))


def _small_print(spans: Sequence[Span]) -> Iterator[Json]:
    for is_link, group in groupby(spans, lambda span: isinstance(span, Link) and is_address(span.url)):
        run = tuple(group)
        if is_link:
            yield from (_small_link(span) for span in run if isinstance(span, Link))
        elif text := printable(plain(run)).strip():
            yield plain_text(text, limits.CONTEXT_TEXT)


def _small_link(link: Link) -> Json:
    return {"type": "mrkdwn", "text": f"<{link.url}|{printable(link.text)}>", "verbatim": True}
