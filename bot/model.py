"""The values everything else speaks of: months, citations, topics and posts."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.folding import words

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})")
_NAMED_MONTH = re.compile(r"(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})")
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the blog, such as July 2021: what posts are dated by."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9999):
            msg = f"no such month: {self.year}-{self.number}"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2021-07`, `July 2021` or `jul 2021`.

        Raises:
            ValueError: the text is no month.
        """
        if match := _ISO_MONTH.fullmatch(text.strip()):
            return cls(int(match["year"]), int(match["number"]))
        if match := _NAMED_MONTH.fullmatch(text.strip()):
            start = match["name"].casefold()
            for number, name in enumerate(_MONTH_NAMES, start=1):
                if name.casefold().startswith(start):
                    return cls(int(match["year"]), number)
        msg = f"no month: {text!r}"
        raise ValueError(msg)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """The month as the blog heads it: `July 2021`."""
        return f"{_MONTH_NAMES[self.number - 1]} {self.year}"


@dataclass(frozen=True, slots=True)
class Author:
    """One author of a cited work; an organisation has a family name only."""

    family: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as it was printed, and what could be read out of it.

    Whatever could not be read is empty (`None` for the year): nothing here is ever guessed. A DOI that was found
    elsewhere, where none is printed, stands apart as `found_doi`.
    """

    text: str
    authors: tuple[Author, ...] = ()
    year: int | None = None
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    found_doi: str = ""


class TopicOrigin(StrEnum):
    """Who says that a post is about a topic, the most trusted first."""

    SITE = "site"
    CONTENT = "content"
    DERIVED = "derived"

    @property
    def rank(self) -> int:
        """How far this origin stands from the most trusted one, which has 0."""
        return tuple(TopicOrigin).index(self)


@dataclass(frozen=True, slots=True, order=True)
class TopicLabel:
    """A topic on a post: the topic's name and who says so."""

    name: str
    origin: TopicOrigin


class PostOrigin(StrEnum):
    """Whose words a post is in: the starter archive's own, or the source's."""

    STARTER = "starter"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Post:
    """One research summary.

    Attributes:
        id: twelve hexadecimal digits; see `identify`. It stays when the title is corrected later.
        month: the month it was published under.
        title: as printed.
        summary: its paragraphs; never empty of text.
        citation: what it summarises; some posts name none.
        implications: paragraphs of practice implications; some posts have none.
        note: paragraphs of an editorial note that stood with it.
        topics: what it is about, in the topics' alphabetical order.
        url: the page it can be read on, where the source gives one.
        origin: whose words these are.
        sequence: its place within its month, the newest post having the highest number.
        kind: the type of research, in the source's own word; empty where the source names none.
        withdrawn: whether its source no longer holds it. It is then found by its id only.
    """

    id: str
    month: Month
    title: str
    summary: tuple[str, ...]
    citation: Citation | None = None
    implications: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    topics: tuple[TopicLabel, ...] = ()
    url: str = ""
    origin: PostOrigin = PostOrigin.IMPORTED
    sequence: int = 0
    kind: str = ""
    withdrawn: bool = False


def identify(month: Month, title: str) -> str:
    """Return the identity of a post: what stays the same whenever and wherever it is read.

    Twelve hexadecimal digits (48 bits: two in 100,000 posts collide with a chance of 2e-5) of the SHA-256 of the
    month and the title's folded words. Case, accents, punctuation and the kind of quotes and hyphens do not count.
    """
    named = f"{month}\n{' '.join(words(title))}"
    return hashlib.sha256(named.encode()).hexdigest()[:12]


def is_id(text: str) -> bool:
    """Say whether a text can be the id of a post; see `identify`."""
    return bool(_ID.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Where:
    """Which posts of the archive are meant; what is empty does not narrow."""

    month: Month | None = None
    topics: tuple[str, ...] = ()
    id_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a longer list of posts, newest first, and the length of the whole list."""

    posts: tuple[Post, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What an answer can say it rests on.

    Attributes:
        stamp: differs whenever the posts differ, and between any two archives.
        posts: how many there are.
        oldest: the earliest month; `None` when the archive is empty.
        newest: the latest month; `None` when the archive is empty.
        source_read_at: when a source was last read, an aware time; `None` before the first import.
        starters: how many posts are still in the starter archive's words.
    """

    stamp: str
    posts: int
    oldest: Month | None
    newest: Month | None
    source_read_at: datetime | None
    starters: int


class Effect(StrEnum):
    """What an import does to one post."""

    ADDED = "added"
    REPLACED = "replaced"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One post of an import, as the archive holds it afterwards, and what became of it.

    `REPLACED` is the starter archive's words giving way to the source's; a starter post that meets the source's
    words is `UNCHANGED`.
    """

    effect: Effect
    post: Post


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line of a source that fits no rule, kept so that nothing vanishes in silence."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page, feed or file held: its posts in the order they stood, newest first, and what was left over."""

    name: str
    posts: Sequence[Post]
    unplaced: Sequence[Unplaced] = ()
