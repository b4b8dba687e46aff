"""A source on the web: the blog's list pages or a feed, whichever the address turns out to be."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.sources.site.addresses import canonical
from adapters.sources.site.crawl import crawl
from adapters.sources.site.fetcher import Fetcher, Web, fetching
from adapters.sources.site.lists import Lister
from adapters.sources.site.menus import menu_of
from adapters.sources.site.pages import Page, PageFolder
from adapters.sources.site.taxonomy import taxonomy_of
from adapters.sources.sniffing import Kind, kind_of
from bot.errors import SourceError
from bot.ports.syncing import Known, Progress, Step
from bot.topics.catalogue import Catalogue
from bot.visits import Visit, VisitFacts


class WebSource:
    """One address on the web: `bot.ports.syncing.Source`."""

    def __init__(self, url: str, web: Web, folder: Path, catalogue: Catalogue) -> None:
        """Read an address.

        Args:
            url: the blog's list page, or a feed.
            web: how the web is gone about; its guard must let the address pass.
            folder: where fetched pages are kept; several sources may share it.
            catalogue: the topics that there are.

        Raises:
            ValueError: it is no address.
        """
        self._url = canonical(url)
        self._web = web
        self._pages = PageFolder(folder)
        self._catalogue = catalogue

    @property
    def name(self) -> str:
        """The address."""
        return self._url

    async def visit(self, known: Known, progress: Progress, *, full: bool) -> Visit:
        """Read the blog or the feed; see `bot.ports.syncing.Source`."""
        async with fetching(self._web, self._pages) as fetcher:
            first = await fetcher.fetch(self._url)
            match kind_of(first.text):
                case Kind.FEED:
                    return await _feed(first, progress)
                case Kind.HTML | Kind.TEXT:
                    return await self._blog(fetcher, first, known, progress, full=full)
                case Kind.POST | Kind.JSON_LINES | Kind.BINARY:
                    human = f"{self._url} is neither a page of a blog nor a feed."
                    raise SourceError("a source is neither page nor feed", human)

    async def first_page(self) -> Page:
        """Fetch the one page that the address names, for a look at how it is read.

        It is not kept: a look is no visit, and the next visit must not go on from it.

        Raises:
            SourceError: it could not be fetched.
        """
        with TemporaryDirectory() as nowhere:
            async with fetching(self._web, PageFolder(Path(nowhere))) as fetcher:
                return await fetcher.fetch(self._url)

    def conclude(self, report: str = "") -> str:
        """End the visit; see `bot.ports.syncing.Source`."""
        return self._pages.conclude(self._web.clock.now(), report)

    async def _blog(self, fetcher: Fetcher, first: Page, known: Known, progress: Progress, *, full: bool) -> Visit:
        taxonomy = taxonomy_of(self._catalogue, menu_of(first.text))
        return await crawl(Lister(self._url, fetcher, progress), taxonomy, known, full=full)


async def _feed(page: Page, progress: Progress) -> Visit:
    """Read a feed. It holds the newest posts only, so that their number says nothing about what is gone."""
    from adapters.sources.feeds import read_feed  # the feed library costs its time only where there is a feed

    reading = await asyncio.to_thread(read_feed, page.url, page.body)
    progress(Step("the feed", 1, len(reading.posts)))
    lines = len(reading.posts) + len(reading.unplaced)
    facts = VisitFacts(False, 1, len(reading.posts), 0, lines, len(reading.unplaced))
    return Visit((reading,) if reading.posts else (), {}, facts)
