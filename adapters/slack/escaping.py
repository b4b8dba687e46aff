"""Text on its way to Slack: what is escaped, what it then measures, and where it is cut."""

import re
from bisect import bisect_right
from collections.abc import Callable

from bot import reading

Measure = Callable[[str], int]
"""What a text takes of a limit; never less for a longer text."""


def escape(text: str) -> str:
    """Return text as Slack's mrkdwn and top-level text want it: with `&`, `<` and `>` as entities, and only those.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)
    return text


def printable(text: str) -> str:
    """Return text with a replacement character for whatever cannot be shown or sent; lines and tabs stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


def size(text: str) -> int:
    """Return how many characters a text has once it is escaped."""
    return len(text) + _added(text)


def utf8_size(text: str) -> int:
    """Return how many bytes a text has once it is escaped."""
    return len(text.encode()) + _added(text)


def shortened(text: str, limit: int, measure: Measure = size) -> str:
    """Return a text that measures at most `limit`: all of it, or cut at a sentence or a word."""
    text = text.strip()
    if measure(text) <= limit:
        return text
    room = limit - measure("…") + len("…")  # what the mark of a cut takes beyond the one character it is counted as
    room = bisect_right(range(len(text)), room, key=lambda end: measure(text[:end])) - 1
    return reading.cut(text, room)[0]


def border(text: str, limit: int) -> int:
    """Return where to part a text so that its head has at most `limit` characters: behind a sentence, else a word.

    Nothing is left out: the rest begins where the head ends. At least one character goes to the head.
    """
    indent = len(text) - len(text.lstrip())
    rest = reading.cut(text, limit - indent)[1]
    return max(1, min(len(text.rstrip()) - len(rest), limit))


def misread(text: str) -> bool:
    """Say whether a plain_text object might not show this as written: Slack may take an entity for its character."""
    return _ENTITY.search(text) is not None


_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # the ampersand first: the entities hold it too
_ENTITY = re.compile("&(?:amp|lt|gt);")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _added(text: str) -> int:
    """Return how much longer escaping makes a text; counting is many times quicker than escaping."""
    return sum(text.count(character) * (len(entity) - 1) for character, entity in _ENTITIES.items())
