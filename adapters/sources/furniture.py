"""What stands around the posts of a page: introduction, menus of topics, page numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from adapters.sources.lines import Line
from adapters.sources.shapes import LONG, is_item, is_sentence, month_heading
from bot.citations import looks_like_citation
from bot.folding import fold, words
from bot.model import Month

_MENU_HEAD = re.compile(r"(?:type of research|topics)\W*")
_FURNITURE = re.compile(
    r"(?:pprnet )?blog"
    r"|the psychotherapy practice research network \(pprnet\) blog began\b.*"
    r"|this (?:blog|content) is only available in \w+\.?"
    r"|this month\W*(?:i blog about .*)?|\W*i blog about .*"
    r"|-? ?all topics(?: \(clear\))?",
    re.DOTALL,
)
_PAGER_WORDS = frozenset({"previous", "next", "first", "last", "newer", "older", "posts", "page", "of"})
_ARROWS = frozenset("«»‹›<>←→ ")
_ENTRY_LIMIT = 80
_OPENING = 200
"""By how much of its beginning a line is told as furniture: to fold whole summaries takes longer than all the rest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines between two borders of a page: month headings and furniture.

    Attributes:
        month: the month that holds here; `None` before the first heading.
        heading: the line naming it, when it stands directly above.
        lines: what is left to be read as posts.
    """

    month: Month | None
    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)


def stretches(lines: Sequence[Line], month: Month | None = None) -> list[Stretch]:
    """Part a page at its month headings and its furniture, and drop the furniture.

    Args:
        lines: the lines of the page.
        month: the month that holds until a heading names another.
    """
    parts = [Stretch(month)]
    menu = _Menu()
    for line, following in zip_longest(lines, lines[1:]):
        if named := month_heading(line.text):
            menu = _Menu()
            parts.append(Stretch(named, line))
        elif menu.takes(line.text, following.text if following else ""):
            parts.append(Stretch(parts[-1].month))
        else:
            parts[-1].lines.append(line)
    return [part for part in parts if part.heading or part.lines]


def is_pager(text: str) -> bool:
    """Say whether a line leads to other pages: `« Previous`, `1 2 3 … 60`, `Next`."""
    if not _are_of_pager(words(text[:_OPENING])[:1]):
        return False
    named = words(text)
    return _are_of_pager(named) if named else _ARROWS.issuperset(text)


def _are_of_pager(named: Iterable[str]) -> bool:
    return all(word in _PAGER_WORDS or (word.isdigit() and len(word) <= 3) for word in named)


class _Menu:
    """Follows the menus of topics and types of research: a head, then entries, with or without bullets."""

    def __init__(self) -> None:
        self._open = False
        self._bulleted = False

    def takes(self, text: str, following: str) -> bool:
        """Say whether a line is furniture."""
        folded = fold(text[:_OPENING])
        if _MENU_HEAD.fullmatch(folded):
            self._open, self._bulleted = True, False
            return True
        if _FURNITURE.fullmatch(folded) or is_pager(text):
            return True
        self._open = self._open and (self._is_entry(text, following) or is_item(following))
        return self._open and self._is_entry(text, following)

    def _is_entry(self, text: str, following: str) -> bool:
        if is_item(text):
            self._bulleted = True
            return True
        short = len(text) <= _ENTRY_LIMIT and not is_sentence(text)
        return short and not self._bulleted and len(following) < LONG and not looks_like_citation(following)
