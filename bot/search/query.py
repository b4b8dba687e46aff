"""What a person can search for: words, phrases, exclusions and filters, read from any text.

    words "a phrase" -word -"a phrase" author:name author:"de Jong" topic:name year:2019 year:2018..2021 year:>=2019

Typographic quotes do as well as straight ones; case does not count. All filters narrow: a document has
to satisfy every one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self, TypeVar

_T = TypeVar("_T")

LONGEST = 4000
"""How many characters of a text are read; no question is longer."""

MOST_PARTS = 200
"""How many words, phrases and filters are read; together with `LONGEST` it bounds what a search can cost."""


@dataclass(frozen=True, slots=True)
class Years:
    """A stretch of years, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:04}"
        if self.last == _LAST_YEAR:
            return f">={self.first:04}"
        return f"<={self.last:04}" if self.first == _FIRST_YEAR else f"{self.first:04}..{self.last:04}"

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for; words and phrases are in the person's own spelling.

    Attributes:
        words: any of them may occur; the more and the rarer, the better.
        phrases: each has to occur, word for word.
        excluded: words or phrases that must not occur.
        authors: family names of the cited authors, or whole words of them.
        topics: topics in the person's own words.
        years: one and the same year of a document has to lie in all of these.
        about: for each topic the names it stands for, any of which will do; empty until `resolved`.
        unread: filters that could not be read (`year:soon`) and so are among the words.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    years: tuple[Years, ...] = ()
    about: tuple[tuple[str, ...], ...] = ()
    unread: tuple[str, ...] = ()

    def __str__(self) -> str:
        return write_query(self)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self.words or self.phrases or self.narrows)

    @property
    def only_filters(self) -> bool:
        """Whether no words are to be found, so that nothing tells a better hit from a worse one."""
        return self.narrows and not (self.words or self.phrases)

    @property
    def narrows(self) -> bool:
        """Whether anything keeps documents out."""
        return bool(self.excluded or self.authors or self.topics or self.years or self.about)

    @property
    def plain(self) -> bool:
        """Whether it is several words as one would say them, and nothing of the grammar."""
        return len(self.words) >= _FEWEST_PLAIN and not (self.phrases or self.narrows or self.unread)

    @property
    def topic_names(self) -> tuple[tuple[str, ...], ...]:
        """The names each topic stands for; a topic that was not resolved is its own name."""
        return self.about or tuple((topic,) for topic in self.topics)

    def resolved(self, about: Iterable[Iterable[str]]) -> Self:
        """Return the query with the names that its topics stand for, in the order of `topics`.

        More groups than topics may be given: each narrows, so that the posts of a topic can be searched too.
        """
        return replace(self, about=tuple(tuple(names) for names in about))

    def without_unread(self) -> Self:
        """Return the query without the words that came from filters which could not be read."""
        words = list(self.words)
        for run in (run for written in self.unread for run in _RUN.findall(written)[1:]):
            words.remove(run)
        return replace(self, words=tuple(words), unread=())

    def loosened(self) -> Self:
        """Return the query with its phrases taken apart into words."""
        taken_apart = tuple(word for phrase in self.phrases for word in phrase.split())
        return replace(self, words=self.words + taken_apart, phrases=())


def parse_query(text: str) -> Query:
    """Read what a person typed. Any text is read; none raises."""
    parts = _Parts()
    straight = text[:LONGEST].translate(_QUOTES)
    for count, match in enumerate(_PART.finditer(straight)):
        if count == MOST_PARTS:
            break
        parts.take(match)
    return parts.query()


def write_query(query: Query) -> str:
    """Return the text of a query: what `parse_query` reads as that query, before its topics were resolved."""
    return " ".join([
        *query.words,
        *(f'"{phrase}"' for phrase in query.phrases),
        *(f"-{_quoted(words)}" for words in query.excluded),
        *(f"author:{_quoted(name)}" for name in query.authors),
        *(f"topic:{_quoted(words)}" for words in query.topics),
        *(f"year:{years}" for years in query.years),
    ])  # fmt: skip


_FEWEST_PLAIN = 3
"""Fewer words are looked up rather than asked."""

_FIRST_YEAR, _LAST_YEAR = 0, 9999

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))

_PART = re.compile(
    r"""
    (?P<filter>author|topic|year): (?: "(?P<quoted>[^"]*)" | "?(?P<value>[^\s"]*) )
    | (?P<not>(?<!\S)[-−‐‑]+)? (?: "(?P<phrase>[^"]*)" | (?P<word>[^\W_][^\s"]*) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_RUN = re.compile(r"[^\W_]+")
_YEARS = re.compile(r"(?P<sign>[<>]=?|=)?(?P<first>\d{4})(?:(?:\.\.+|…|[-–])(?P<last>\d{4}))?", re.ASCII)


class _Parts:
    """The parts of a query as they are read."""

    def __init__(self) -> None:
        self._said: dict[str, list[str]] = {
            kind: [] for kind in ("words", "phrases", "excluded", "authors", "topics", "unread")
        }
        self._years: list[Years] = []

    def take(self, part: re.Match[str]) -> None:
        """Add one part."""
        if part["filter"]:
            self._filter(part["filter"][0], part["quoted"] or part["value"] or "", part[0])
        else:
            kind = "excluded" if part["not"] else "words" if part["phrase"] is None else "phrases"
            self._add(kind, _bare(part["phrase"] or part["word"] or ""))

    def query(self) -> Query:
        """Return the query."""
        said = {kind: _distinct(values) for kind, values in self._said.items()}
        return Query(
            words=tuple(self._said["words"]),  # not made distinct: ranking looks at which words stand together
            phrases=said["phrases"],
            excluded=said["excluded"],
            authors=said["authors"],
            topics=said["topics"],
            years=_distinct(self._years),
            unread=said["unread"],
        )

    def _filter(self, initial: str, value: str, written: str) -> None:
        years = _years(value) if initial in "yY" else None
        if years:
            self._years.append(years)
        elif initial in "yY" or not _bare(value):
            self._unread(written)
        else:
            self._add("authors" if initial in "aA" else "topics", _bare(value))

    def _unread(self, written: str) -> None:
        self._said["unread"].append(written)
        for run in _RUN.findall(written)[1:]:
            self._add("words", run)

    def _add(self, kind: str, said: str) -> None:
        if said:
            self._said[kind].append(said)


def _years(value: str) -> Years | None:
    match = _YEARS.fullmatch(value.strip().rstrip(".,;:!?)"))
    if not match or (match["sign"] and match["last"]):
        return None
    year, other = int(match["first"]), int(match["last"] or match["first"])
    match match["sign"]:
        case ">":
            years = Years(year + 1, _LAST_YEAR)
        case ">=":
            years = Years(year, _LAST_YEAR)
        case "<":
            years = Years(_FIRST_YEAR, year - 1)
        case "<=":
            years = Years(_FIRST_YEAR, year)
        case _:
            years = Years(min(year, other), max(year, other))
    return years if years.first <= years.last else None


def _bare(said: str) -> str:
    """Return words without the punctuation around them; nothing when there is no letter or digit."""
    core = _BARE.search(said)
    return " ".join(core[0].split()) if core else ""


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def _distinct(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
