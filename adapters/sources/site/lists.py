"""Lists of posts that stand on several pages, read from the first page to the last."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from adapters.sources.blog import Memory, read_page
from adapters.sources.files import month_of_name
from adapters.sources.furniture import stretches
from adapters.sources.lines import Line, lines_of_html, lines_of_text
from adapters.sources.shapes import LONG
from adapters.sources.site.addresses import Filter, list_page
from adapters.sources.site.errors import MissingPageError, OversizeError
from adapters.sources.site.explaining import explain, shape
from adapters.sources.site.fetcher import Fetcher
from adapters.sources.site.limits import LARGE, PAGES_OF_A_LIST
from adapters.sources.site.pages import Page
from adapters.sources.sniffing import Kind, kind_of
from bot.errors import SourceError
from bot.model import Post, Reading
from bot.ports.syncing import Progress, Step

Enough = Callable[[Sequence[Post]], bool]
"""Says of a page's posts whether the list need not be read any further."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list.

    Attributes:
        reading: its posts, those included that stand on an earlier page too, and what fitted no rule.
        lines: how many lines it has.
        shape: how many of them each rule read.
    """

    reading: Reading
    lines: int = 0
    shape: dict[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its posts, in order."""
        return tuple(post.id for post in self.reading.posts)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read: its pages, in order."""

    leaves: tuple[Leaf, ...]

    @property
    def posts(self) -> dict[str, Post]:
        """Its posts by their ids, in order."""
        found: dict[str, Post] = {}
        for leaf in self.leaves:
            for post in leaf.reading.posts:
                found.setdefault(post.id, post)
        return found

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The ids of its posts page by page: they differ when anything has moved."""
        return tuple(leaf.ids for leaf in self.leaves)


def lines_of(page: Page) -> list[Line]:
    """Return the lines of a page, whether it is HTML or its text form."""
    text = page.text
    return lines_of_text(text) if kind_of(text) is Kind.TEXT else lines_of_html(text)


def read_leaf(page: Page, memory: Memory, *, may_be_empty: bool = False, shaped: bool = True) -> Leaf:
    """Read a page of a list.

    Args:
        page: the page.
        memory: what earlier pages of the site held; see `adapters.sources.blog`.
        may_be_empty: whether it may be a page past the end; then it must not hold anything as long as a summary.
        shaped: whether its shape is wanted; it takes as long as a fifth of the reading.

    Raises:
        SourceError: it holds no post.
    """
    lines = lines_of(page)
    try:
        reading = read_page(page.url, lines, month_of_name(page.url), memory)
    except SourceError:
        if may_be_empty and not any(len(line.text) >= LONG for part in stretches(lines) for line in part.lines):
            return Leaf(Reading(page.url, ()), len(lines))
        raise
    return Leaf(reading, len(lines), dict(shape(explain(lines, reading))) if shaped else {})


class Lister:
    """Reads lists of one blog, and tells how far it is."""

    def __init__(self, base: str, fetcher: Fetcher, progress: Progress) -> None:
        """Read the lists whose unfiltered first page is at `base`."""
        self._base = base
        self._fetcher = fetcher
        self._progress = progress
        self._met: set[str] = set()
        self._memory: Memory = {}
        self._leaves: dict[str, tuple[bytes, Leaf]] = {}

    async def read(self, name: str, narrowed: Filter, enough: Enough, *, again: bool = False) -> Listed:
        """Read a list to its end, or to the first page that is enough.

        Args:
            name: what to call it where progress is told.
            narrowed: its filter.
            enough: whether a page's posts are enough.
            again: ask the site even for pages that this visit has.

        Raises:
            SourceError: a page could not be fetched, or the list has no end.
        """
        leaves: list[Leaf] = []
        met: set[str] = set()
        stale = False
        for number in range(1, PAGES_OF_A_LIST + 1):
            leaf = await self._leaf(narrowed, number, again=again)
            brings = set(leaf.ids) - met
            if leaves and not brings and (stale or _ends(leaf, leaves)):
                return Listed(tuple(leaves))
            stale = not brings
            leaves.append(leaf)
            met |= brings
            self._tell(name, number, leaf)
            if not leaf.ids or enough(leaf.reading.posts):
                return Listed(tuple(leaves))
        raise _endless(name)

    async def _leaf(self, narrowed: Filter, number: int, *, again: bool) -> Leaf:
        url = list_page(self._base, number, narrowed)
        may_be_empty = number > 1 or narrowed != Filter()
        try:
            page = await self._fetcher.fetch(url, again=again)
            read = partial(self._read, page, may_be_empty=may_be_empty, shaped=narrowed == Filter())
            # A page of four megabytes takes seconds, and a bot that answers people shares this loop.
            return await asyncio.to_thread(read) if len(page.body) > LARGE else read()
        except MissingPageError:
            if not may_be_empty:
                raise
            return Leaf(Reading(url, ()))

    def _read(self, page: Page, *, may_be_empty: bool, shaped: bool) -> Leaf:
        """Read a page, or return what it was read as when it was the same before."""
        mark = hashlib.sha256(page.body).digest()
        before, leaf = self._leaves.get(page.url, (b"", None))
        if leaf is None or before != mark:
            leaf = read_leaf(page, self._memory, may_be_empty=may_be_empty, shaped=shaped)
            self._leaves[page.url] = mark, leaf
        return leaf

    def _tell(self, name: str, number: int, leaf: Leaf) -> None:
        self._met.update(leaf.ids)
        self._progress(Step(name, number, len(self._met)))


def without_repetition(leaves: Sequence[Leaf]) -> Iterator[Reading]:
    """Yield the readings of pages, each post in the first of them only; pages without a new post are left out."""
    met: set[str] = set()
    for leaf in leaves:
        posts = tuple(post for post in leaf.reading.posts if post.id not in met)
        met.update(leaf.ids)
        if posts:
            yield replace(leaf.reading, posts=posts)


def _ends(leaf: Leaf, leaves: Sequence[Leaf]) -> bool:
    """Say whether a page that brings nothing new is past the end: empty, page 1 again, or the last one again."""
    return not leaf.ids or leaf.ids[0] in leaves[0].ids or leaf.ids == leaves[-1].ids


def _endless(name: str) -> OversizeError:
    human = f"The list of {name} has no end: more than {PAGES_OF_A_LIST} pages, each with something new."
    return OversizeError("a list has no end", human)
