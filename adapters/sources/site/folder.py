"""A folder as a source: pages saved by hand, pages that were fetched, Markdown posts, feeds, in any mixture.

A saved page counts as a page of the list that its address names. The address is taken from the file itself (browsers
write `saved from url=` into it), or from a name such as `blog@p=2&cat_2=14.html`, as downloaders give.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from adapters.sources.blog import Memory
from adapters.sources.decoding import decode
from adapters.sources.files import PAGE_LIMIT, files_of, is_passed_over, read_path
from adapters.sources.site.addresses import Filter, page_of
from adapters.sources.site.assembling import Assigned, assembled
from adapters.sources.site.lists import Leaf, Listed, read_leaf
from adapters.sources.site.menus import Menu, menu_of
from adapters.sources.site.pages import Page, read_kept
from adapters.sources.site.taxonomy import taxonomy_of
from adapters.sources.sniffing import Kind, kind_of
from bot.errors import SourceError
from bot.ports.syncing import Known, Progress, Step
from bot.topics.catalogue import Catalogue
from bot.topics.index import TopicIndex
from bot.visits import Visit

_SAVED_FROM = re.compile(rb"<!--\s{0,9}saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})\s{0,9}-->")
_NAMED = re.compile(r"[?@&_](?P<query>(?:p|cat_1|cat_2)=\d.*)")
_STANDS_WITHIN = 2_048
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_PUT_ASIDE = "put-aside"


class FolderSource:
    """A folder: `bot.ports.syncing.Source`. It is read whole each time."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """Read a folder, whose topics are those of a catalogue."""
        self._folder = folder
        self._catalogue = catalogue

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    async def visit(self, known: Known, progress: Progress, *, full: bool) -> Visit:  # noqa: ARG002 - the port's
        """Read the folder; see `bot.ports.syncing.Source`.

        Posts get the topics whose saved lists they stand in.

        Raises:
            SourceError: it cannot be read, or holds no post.
            ContentError: a Markdown post in it is malformed.
        """
        found = _Found()
        topics = TopicIndex(self._catalogue)
        for file in files_of(self._folder, _is_passed_over):
            page = _page(file)
            if page is None:
                found.others += map(Leaf, read_path(file, topics=topics))
            else:
                found.take(page)
            progress(Step(file.name, found.pages, found.posts))
        return found.visit(self._catalogue)

    async def first_page(self) -> Page:
        """Return its first page, for a look at how it is read; the folder may be a file.

        Raises:
            SourceError: there is none.
        """
        page = next((page for file in files_of(self._folder, _is_passed_over) if (page := _page(file))), None)
        if page is None:
            raise SourceError("a folder holds no page", f"{self._folder} holds no page of the blog.")
        return page

    def conclude(self, report: str = "") -> str:  # noqa: ARG002 - the port's
        """Do nothing: the folder is there as it was."""
        return ""


class _Found:
    """What was found in a folder so far."""

    def __init__(self) -> None:
        self.others: list[Leaf] = []
        self._leaves: defaultdict[Filter, list[tuple[int, Leaf]]] = defaultdict(list)
        self._menu = Menu()
        self._memory = Memory()

    @property
    def pages(self) -> int:
        return len(self.others) + sum(map(len, self._leaves.values()))

    @property
    def posts(self) -> int:
        listed = (leaf for leaves in self._leaves.values() for _, leaf in leaves)
        return len({name for leaf in (*self.others, *listed) for name in leaf.ids})

    def take(self, page: Page) -> None:
        narrowed, number = page_of(page.url)
        self._leaves[narrowed].append((number, read_leaf(page, self._memory, may_be_empty=narrowed != Filter())))
        offered = menu_of(page.text)
        self._menu = Menu(offered.topics | self._menu.topics, offered.kinds | self._menu.kinds)

    def visit(self, catalogue: Catalogue) -> Visit:
        taxonomy = taxonomy_of(catalogue, self._menu)
        assigned = Assigned()
        for narrowed, leaves in self._leaves.items():
            posts = [post for _, leaf in leaves for post in leaf.reading.posts]
            if name := taxonomy.topics.get(narrowed.topic):
                assigned.note_topic(name, posts)
            if word := taxonomy.kinds.get(narrowed.kind):
                assigned.note_kind(word, posts)
        return assembled(Listed((*self._whole(), *self.others)), assigned, None, taxonomy.remarks)

    def _whole(self) -> Iterator[Leaf]:
        """Yield the pages in the order of their numbers, those of the list without a filter before the others."""
        for _, leaves in sorted(self._leaves.items(), key=lambda item: item[0] != Filter()):
            yield from (leaf for _, leaf in sorted(leaves, key=lambda one: one[0]) if leaf.ids)


def _is_passed_over(path: Path) -> bool:
    aside = any(part == _PUT_ASIDE or part.endswith("_files") for part in path.parts[:-1])
    return aside or is_passed_over(path) or path.name in {"visit.json", "report.txt"}


def _page(file: Path) -> Page | None:
    """Return a file as a page of the blog; `None` when it is anything else."""
    try:
        if file.stat().st_size > PAGE_LIMIT:
            return None
        url, body = read_kept(file.read_bytes())
    except OSError:
        return None
    page = Page(url or _address(file, body), body, _UNKNOWN)
    return page if kind_of(decode(body), file.suffix) in {Kind.HTML, Kind.TEXT} else None


def _address(file: Path, body: bytes) -> str:
    if saved := _SAVED_FROM.search(body[:_STANDS_WITHIN]):
        return saved["url"].decode("utf-8", "replace")
    named = _NAMED.search(unquote(file.stem))
    return f"{str(file).partition('?')[0]}?{named['query']}" if named else str(file)
