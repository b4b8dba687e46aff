"""Pages of the web, fetched as a polite guest does and kept in a folder."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from aiohttp.resolver import ThreadedResolver
from yarl import URL

from adapters.sources.site.addresses import canonical
from adapters.sources.site.asking import Asker
from adapters.sources.site.errors import (
    BY_HAND,
    MissingPageError,
    OutOfBoundsError,
    OversizeError,
    RefusedError,
    RobotsError,
)
from adapters.sources.site.guard import Guard
from adapters.sources.site.limits import ANSWER_SECONDS, REDIRECTS
from adapters.sources.site.pacing import Clock, Manners, Pace
from adapters.sources.site.pages import Page, PageFolder
from adapters.sources.site.robots import PRODUCT, Robots
from adapters.sources.site.transport import Answer, Lookup, opened

_NOT_MODIFIED = 304
_MISSING = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is gone about.

    Attributes:
        guard: where requests may go.
        user_agent: see `user_agent`.
        clock: time.
        manners: how to treat a site.
        seconds: how long one answer may take.
        lookup: what finds the addresses of a host.
    """

    guard: Guard
    user_agent: str
    clock: Clock
    manners: Manners = field(default_factory=Manners)
    seconds: float = ANSWER_SECONDS
    lookup: Lookup = ThreadedResolver


def user_agent(version: str, contact: str) -> str:
    """Return how the bot introduces itself: `pprnet-bot/1.0 (+https://example.org/contact)`."""
    shown = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    return f"{PRODUCT}/{version} (+{shown})" if contact else f"{PRODUCT}/{version}"


@asynccontextmanager
async def fetching(web: Web, pages: PageFolder) -> AsyncIterator["Fetcher"]:
    """Begin a visit, or resume an interrupted one; the connections are closed at the end.

    Raises:
        BusyError: another process fetches pages into the same folder.
    """
    with pages.held():
        since = pages.begin(web.clock.now())
        async with opened(web.guard, web.user_agent, web.seconds, web.lookup) as transport:
            yield Fetcher(Asker(transport, Pace(web.clock, web.manners)), pages, web.clock, since)


class Fetcher:
    """Fetches pages: one at a time, with pauses, within robots.txt, and none again that is as it was."""

    def __init__(self, asker: Asker, pages: PageFolder, clock: Clock, since: datetime) -> None:
        self._asker = asker
        self._pages = pages
        self._clock = clock
        self._since = since
        self._robots: dict[URL, Robots] = {}

    async def fetch(self, url: str, *, again: bool = False) -> Page:
        """Return the page of an address.

        Args:
            url: the address.
            again: ask the site even if this visit has asked already.

        Raises:
            NotNowError: the site does not answer, or asks to be left alone for longer than the visit may take.
            RobotsError: the site's robots.txt does not let the bot read it.
            MissingPageError: there is no such page.
            RefusedError: the site says no.
            SourceError: it is out of bounds, larger than what is read, or damaged.
        """
        known = canonical(url)
        kept = self._pages.get(known)
        # Later than now was fetched what was kept before the clock was put back.
        if kept and not again and self._since < kept.fetched_at <= self._clock.now():
            return kept
        answer = await self._followed(URL(known), _conditions(kept))
        if answer.status == _NOT_MODIFIED and kept:
            page = replace(kept, fetched_at=self._clock.now())
        else:
            page = _page(known, answer, self._clock.now())
        self._pages.put(page)
        return page

    async def _followed(self, url: URL, headers: Mapping[str, str]) -> Answer:
        """Return the answer at the end of all redirects, each of which is checked like a first address."""
        for _ in range(1 + REDIRECTS):
            await self._ask_robots(url)
            answer = await self._asker.ask(url, headers)
            if not answer.redirect:
                return answer
            url = _joined(url, answer.redirect)
        raise _too_many_redirects()

    async def _ask_robots(self, url: URL) -> None:
        self._asker.check(url)
        robots = self._robots.get(url.origin())
        if robots is None:
            robots = self._robots[url.origin()] = await self._rules(url.origin() / "robots.txt")
            self._asker.slow_down(robots.delay)
        if not robots.allow(str(url)):
            raise RobotsError("a site's robots.txt forbids a page")

    async def _rules(self, url: URL) -> Robots:
        """Fetch a robots.txt: without one all is allowed, while it cannot be had nothing is (RFC 9309, 2.3.1)."""
        for _ in range(1 + REDIRECTS):
            answer = await self._asker.ask(url, {})
            if not answer.redirect:
                return Robots(answer.body)
            url = _joined(url, answer.redirect)
        raise _too_many_redirects()


def _conditions(kept: Page | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it is no longer as it was (RFC 9110, 13.1)."""
    told = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
    return {name: value for name, value in told.items() if value}


def _page(url: str, answer: Answer, now: datetime) -> Page:
    if answer.status in _MISSING:
        raise MissingPageError("a page is not there")
    if answer.status != 200:
        human = f"The site refuses its pages to the bot (HTTP {answer.status}). {BY_HAND}"
        raise RefusedError("a source refuses a page", human)
    told = answer.headers
    return Page(url, answer.body, now, answer.charset, told.get("etag", ""), told.get("last-modified", ""))


def _joined(url: URL, location: str) -> URL:
    try:
        return url.join(URL(location)).with_fragment(None)
    except ValueError:
        raise OutOfBoundsError("a redirect leads to what is no address") from None


def _too_many_redirects() -> OversizeError:
    human = f"The source sends on and on: more than {REDIRECTS} redirects stand before a page."
    return OversizeError("a source redirects too often", human)
