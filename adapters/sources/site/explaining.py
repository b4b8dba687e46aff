"""How each line of a page was read, found out by following what became of it.

The grammar is not asked: a trace through it would say what it meant to do. What a line became stands in the posts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from adapters.sources.lines import Line
from adapters.sources.shapes import implications, month_heading, same_title
from bot.model import Post, Reading


class Role(StrEnum):
    """What a line can be; each is the name of a rule in reports."""

    HEADING = "month heading"
    TITLE = "title"
    CITATION = "citation"
    NOTE = "editorial note"
    SUMMARY = "summary"
    MARK = "heading of implications"
    IMPLICATIONS = "implications"
    FURNITURE = "furniture of the page"
    LEFT = "left over"


SHAPING = (Role.HEADING, Role.TITLE, Role.CITATION, Role.NOTE, Role.SUMMARY, Role.MARK, Role.IMPLICATIONS)
"""The roles whose numbers make a page's shape."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A line, what it was read as, and why not as anything where it was left over."""

    line: Line
    role: Role
    why: str = ""


def explain(lines: Sequence[Line], reading: Reading) -> tuple[Explained, ...]:
    """Return how each line was read.

    Args:
        lines: the lines of a page.
        reading: what they were read as.
    """
    left = {line.line: line.why for line in reading.unplaced}
    follower = _Follower(reading.posts)
    return tuple(
        Explained(line, Role.LEFT, left[line.number])
        if line.number in left
        else Explained(line, follower.role_of(line.text))
        for line in lines
    )


def shape(explained: Iterable[Explained]) -> Counter[str]:
    """Return how many lines each rule read."""
    return Counter(one.role.value for one in explained if one.role in SHAPING)


class _Follower:
    """Walks down a page and its posts at once."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._posts = posts
        self._at = -1
        self._text: Counter[str] = Counter()
        self._practical = False

    def role_of(self, text: str) -> Role:
        """Return the role of the next line."""
        if month_heading(text):
            return Role.HEADING
        return self._in_post(text) or self._in_next(text) or Role.FURNITURE

    def _in_next(self, text: str) -> Role | None:
        following = self._at + 1
        if following == len(self._posts) or not _is_of_title(text, self._posts[following].title):
            return None
        self._at, self._practical = following, False
        post = self._posts[following]
        self._text = Counter((*post.summary, *post.implications))
        return Role.TITLE

    def _in_post(self, text: str) -> Role | None:
        if self._at < 0 or not self._text:
            return None
        post = self._posts[self._at]
        rest = implications(text)
        if rest is not None:
            self._practical = True
            self._text -= Counter([rest])
            return Role.MARK
        if self._text[text]:
            self._text -= Counter([text])
            return Role.IMPLICATIONS if self._practical else Role.SUMMARY
        return _of_head(text, post)


def _of_head(text: str, post: Post) -> Role | None:
    if post.citation and text in post.citation.text:
        return Role.CITATION
    if text in post.note:
        return Role.NOTE
    return Role.TITLE if _is_of_title(text, post.title) else None


def _is_of_title(text: str, title: str) -> bool:
    """Say whether a line is a title, or one of the two lines of it."""
    return same_title(text, title) or title.startswith(f"{text} ") or title.endswith(f" {text}")
