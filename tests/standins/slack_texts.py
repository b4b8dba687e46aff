"""What Slack takes as a text, and how long it may be."""

from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]
Found = Iterator[str]
"""Sentences, one for each thing that Slack would not take."""


def plain(given: Json | None, name: str, most: int) -> Found:
    """Yield what is wrong with a text object that may hold no markup."""
    yield from text(given, name, most)
    if given and given.get("type") != "plain_text":
        yield f"{name} has to be plain_text"


def text(given: Json | None, name: str, most: int) -> Found:
    """Yield what is wrong with a text object."""
    if not isinstance(given, dict) or given.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{name} is no text object"
        return
    known = {"type", "text"} | ({"emoji"} if given["type"] == "plain_text" else {"verbatim"})
    if extra := set(given) - known:
        yield f"{name}: unknown keys {sorted(extra)}"
    yield from length(given.get("text"), name, most, needed=True)


def length(given: Any, name: str, most: int, *, least: int = 1, needed: bool = False) -> Found:
    """Yield what is wrong with a string."""
    if given is None:
        if needed:
            yield f"{name} is missing"
    elif not isinstance(given, str):
        yield f"{name} is no string"
    elif not least <= len(given) <= most:
        yield f"{name}: {len(given)} characters, {least} to {most}"


def unique(names: Iterable[Any], name: str) -> Found:
    """Yield what is there twice and has to be there once."""
    given = [each for each in names if each is not None]
    if len(set(given)) < len(given):
        yield f"{name} is used twice"


def texts(value: Any) -> Iterator[str]:
    """Yield every text that a person would read."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                if "type" in value:  # a text object, a piece of rich text, a markdown block; not a message
                    yield each
            else:
                yield from texts(each)
