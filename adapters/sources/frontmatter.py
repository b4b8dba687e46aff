"""The front matter of a Markdown file: a small part of YAML, where every value is a text or a list of texts."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from yaml import SafeLoader, YAMLError, parse
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from adapters.sources.lines import folded
from bot.errors import ContentError

FENCE = "---"

_ADVICE = "write the front matter as lines of `key: value`, and nothing else"
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a front matter: the line of its key, its value or values in order, and the line of each."""

    line: int
    values: tuple[str, ...]
    lines: tuple[int, ...]
    is_list: bool


def refuse(name: str, line: int, advice: str) -> ContentError:
    """Return the error for a line of a content file.

    Args:
        name: the file.
        line: the line in it, from 1.
        advice: what is wrong and what to write instead; a sentence without its full stop.
    """
    return ContentError("a content file is malformed", f"{name}, line {line}: {advice}.")


def read_front_matter(name: str, lines: list[str]) -> tuple[dict[str, Entry], int]:
    """Return the entries of a file's front matter by key, and the index of the line after it.

    Values stay the characters they are, on one line: `2021-07` is no date, `no` is no falsehood.

    Raises:
        ContentError: there is no front matter, or it is more than keys with texts and lists of texts.
    """
    if not lines or lines[0].rstrip() != FENCE:
        raise refuse(name, 1, f"write {FENCE} on the first line, then `title:` and `month:`, then {FENCE} again")
    inside = list(takewhile(lambda line: line.rstrip() != FENCE, lines[1:]))
    if len(inside) == len(lines) - 1:
        raise refuse(name, len(lines), f"the front matter does not end; write {FENCE} on a line of its own")
    entries: dict[str, Entry] = {}
    for key, entry in _entries(name, _events(name, "\n".join(inside))):
        if key in entries:
            raise refuse(name, entry.line, f"`{key}` stands here for a second time; write it once")
        entries[key] = entry
    return entries, len(inside) + 2


def write_entry(key: str, value: str | Iterable[str]) -> str:
    """Return one line of front matter; texts are in double quotes, so that no character means anything."""
    if isinstance(value, str):
        return f"{key}: {_quoted(value)}"
    return f"{key}: [{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _events(name: str, text: str) -> Iterator[Event]:
    """Yield what the YAML library sees; it works without recursion and builds nothing."""
    try:
        yield from parse(text, Loader=SafeLoader)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 2 if mark else 2
        advice = "this is not YAML; put the text in double quotes, with a backslash before each quote inside it"
        raise refuse(name, line, advice) from None


def _entries(name: str, events: Iterator[Event]) -> Iterator[tuple[str, Entry]]:
    content = (event for event in events if not isinstance(event, StreamStartEvent | DocumentStartEvent))
    event = next(content)
    if not isinstance(event, MappingStartEvent):
        raise refuse(name, _line(event), _ADVICE)
    while isinstance(event := next(content), ScalarEvent):
        yield event.value, _entry(name, _line(event), next(content), content)
    further = next(content) if isinstance(event, MappingEndEvent) else event
    if not isinstance(further, DocumentEndEvent) or not isinstance(next(content), StreamEndEvent):
        raise refuse(name, _line(event), _ADVICE)


def _entry(name: str, line: int, event: Event, rest: Iterator[Event]) -> Entry:
    if isinstance(event, ScalarEvent):
        return Entry(line, (folded(event.value),), (_line(event),), is_list=False)
    if not isinstance(event, SequenceStartEvent):
        raise refuse(name, line, "write a text here, or a list of texts")
    items = takewhile(lambda item: not isinstance(item, SequenceEndEvent), rest)
    read = [(_item(name, item), _line(item)) for item in items]  # the first that is no text ends the reading
    return Entry(line, tuple(text for text, _ in read), tuple(at for _, at in read), is_list=True)


def _item(name: str, event: Event) -> str:
    if not isinstance(event, ScalarEvent):
        raise refuse(name, _line(event), "write each item of a list as a text")
    return folded(event.value)


def _line(event: Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 2
