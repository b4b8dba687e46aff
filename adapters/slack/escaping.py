"""Text on its way to Slack: what is escaped, what it then measures, and where it is cut."""

import re
from collections.abc import Callable

from bot import reading

Cost = Callable[[str], int]
"""What one character takes of a limit."""


def escape(text: str) -> str:
    """Return text as Slack's mrkdwn and top-level text want it: with `&`, `<` and `>` as entities, and only those.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return text.translate(_ENTITIES)


def printable(text: str) -> str:
    """Return text with a replacement character for whatever cannot be shown or sent; lines and tabs stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


def size(text: str) -> int:
    """Return how many characters a text has once it is escaped."""
    return len(escape(text))


def characters(character: str) -> int:
    """Return how many characters one character takes once it is escaped."""
    return len(_ENTITIES.get(ord(character), character))


def utf8_bytes(character: str) -> int:
    """Return how many bytes one character takes once it is escaped."""
    return len(_ENTITIES.get(ord(character), character).encode())


def shortened(text: str, limit: int, cost: Cost = characters) -> str:
    """Return a text that costs at most `limit`: all of it, or cut at a sentence or a word."""
    text = text.strip()
    return reading.cut(text, _affordable(text, limit, cost))[0]


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


_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_ENTITY = re.compile("&(?:amp|lt|gt);")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _affordable(text: str, limit: int, cost: Cost) -> int:
    spent = 0
    for number, character in enumerate(text):
        spent += cost(character)
        if spent > limit:
            return number
    return len(text)
