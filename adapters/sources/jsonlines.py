"""Posts as JSON lines, one object a line: for scripts, and for moving an archive whole."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from adapters.sources.lines import folded
from adapters.sources.topicnames import TopicNames
from bot.citations import parse_citation
from bot.errors import ContentError
from bot.model import Author, Citation, Month, Post, PostOrigin, TopicOrigin, identify, is_id

_WHOLE_LIMIT = 10**9
"""What every database and a Markdown post can hold."""


def write_posts(posts: Iterable[Post]) -> Iterator[str]:
    """Yield one line of JSON for each post, without its line end: every field under its own name."""
    for post in posts:
        yield json.dumps(asdict(post) | {"month": str(post.month)}, ensure_ascii=False)


def read_posts(name: str, text: str, topics: TopicNames | None = None) -> tuple[Post, ...]:
    """Read what `write_posts` wrote: the very same posts, in the same order.

    `month`, `title` and `summary` are required. A citation may be a text alone; its parts are then read out of it.

    Args:
        name: the file, for messages.
        text: all of it.
        topics: what spells the file's topic names; without it they are taken as they are written.

    Raises:
        ContentError: with the file, the line, and what to write instead.
    """
    numbered = enumerate(text.removeprefix("\ufeff").split("\n"), start=1)
    names = topics or TopicNames(name)
    return tuple(_read_post(name, number, line, names) for number, line in numbered if line.strip())


def _read_post(name: str, number: int, line: str, topics: TopicNames) -> Post:
    try:
        return _post(json.loads(line), number, topics)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        human = (
            f"{name}, line {number}: this is no post; write one object a line, as `pprnet export --json` does, with at "
            "least month, title and summary."
        )
        raise ContentError("a line of JSON is no post", human) from None


def _post(data: dict[str, Any], number: int, topics: TopicNames) -> Post:
    month, title = Month.parse(data["month"]), _filled(data["title"])
    named = [(number, _filled(each["name"]), TopicOrigin(each["origin"])) for each in data.get("topics", [])]
    return Post(
        id=_id(data.get("id") or identify(month, title)),
        month=month,
        title=title,
        summary=_texts(data["summary"] or None),
        citation=_citation(data.get("citation")),
        implications=_texts(data.get("implications", [])),
        note=_texts(data.get("note", [])),
        topics=topics.labels(named),
        url=_text(data.get("url", "")),
        origin=PostOrigin(data.get("origin", PostOrigin.IMPORTED)),
        sequence=_whole(data.get("sequence", 0)),
        kind=_text(data.get("kind", "")),
        withdrawn=_truth(data.get("withdrawn", False)),
    )


def _id(value: Any) -> str:
    if not is_id(_text(value)):
        raise ValueError
    return _text(value)


def _citation(data: str | dict[str, Any] | None) -> Citation | None:
    if data is None:
        return None
    if isinstance(data, str):
        return parse_citation(_filled(data))
    parts = {key: _text(value) for key, value in data.items() if key not in {"authors", "year"}}
    _filled(data["text"])
    year = data.get("year")
    authors = tuple(Author(_text(each["family"]), _text(each.get("initials", ""))) for each in data.get("authors", []))
    return Citation(**parts, authors=authors, year=None if year is None else _whole(year))


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(_filled(value) for value in values)


def _filled(value: Any) -> str:
    text = _text(value)
    if not text:
        raise ValueError
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return folded(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    if not 0 <= value < _WHOLE_LIMIT:
        raise ValueError
    return value
