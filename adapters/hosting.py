"""What the web server serves, put together: the pages, the operator's, and what hosts and Prometheus ask."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Middleware

from adapters.web.access import Access
from adapters.web.feeds import Feeds
from adapters.web.files import file_routes
from adapters.web.health import Check
from adapters.web.limiter import Limiter
from adapters.web.metrics import Metrics, Stock
from adapters.web.office import Office
from adapters.web.operating import Operating
from adapters.web.pages import Pages
from adapters.web.posts import Library, Reading
from adapters.web.security import guard
from adapters.web.shelf import Shelf
from adapters.web.watching import HOSTS_PATHS, measuring, watch_routes
from adapters.wiring import platforms
from adapters.wiring.app import App
from bot.editions import EditionState
from bot.settings import LOOPBACK

_EDITIONS = 100
"""Among so many of the newest editions those that are held are counted."""


class Running(Protocol):
    """A part that runs."""

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What the web server has to serve for it."""
        ...

    async def ready(self) -> str:
        """Return why it cannot do its work at this moment; empty when it can."""
        ...

    def ages(self) -> Mapping[str, float | None]:
        """Return, by what it does, how many seconds ago it last did it; `None` if never."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """The pages, as a part that runs.

    Attributes:
        routes: what the web server has to serve for it.
        checks: what the operator's page looks at, by name; filled as soon as all parts run.
    """

    routes: Sequence[web.AbstractRouteDef]
    checks: dict[str, Check]

    async def ready(self) -> str:
        """Return nothing: what pages need is looked at as the database."""
        return ""

    def ages(self) -> Mapping[str, float | None]:
        """Return nothing: pages wait for people."""
        return {}


@contextlib.asynccontextmanager
async def site(app: App) -> AsyncIterator[Site]:
    """Give the pages: to try the bot on, to read, and for the operator."""
    pages = Pages(app.settings.web.public_url)
    library = Library(app.public.answer, app.public_archive, lambda: app.topics)
    office = Office(
        archive=app.archive,
        census=app.census,
        subscriptions=app.subscriptions,
        newsroom=app.newsroom,
        ledger=app.ledger,
        sources=app.sources_stand,
        next_run=app.next_run,
        clock=app.clock,
    )
    checks: dict[str, Check] = {}
    secure = app.settings.web.public_url.startswith("https://")
    operating = Operating(office, pages, access(app), checks, secure=secure)
    reading = Reading(library, pages)
    feeds = Feeds(library.archive, Shelf(lambda: library.archive.facts().stamp), pages.public_url)
    yield Site(
        (*platforms.try_it(app, pages), *reading.routes, *feeds.routes, *operating.routes, *file_routes(pages)), checks
    )


def before(app: App, metrics: Metrics, free: Collection[str], limiter: Limiter | None = None) -> tuple[Middleware, ...]:
    """Return what stands before everything that is served.

    Args:
        app: the bot.
        metrics: what answers are counted in.
        free: the paths that platforms ask for, as often as they like.
        limiter: counts requests; the usual one if not given.
    """
    return measuring(metrics), guard(Pages(app.settings.web.public_url), (*HOSTS_PATHS, *free), limiter)


def watch(app: App, running: Mapping[str, Running]) -> tuple[web.RouteDef, ...]:
    """Return what hosts and Prometheus ask for.

    Args:
        app: the bot.
        running: its parts, by name.
    """
    checks: dict[str, Check] = {"database": partial(platforms.database_ready, app)}
    checks |= {name: part.ready for name, part in running.items()}
    for part in running.values():
        if isinstance(part, Site):
            part.checks.update(checks)
    app.metrics.stocktaking(partial(stock, app), app.clock)
    return watch_routes(checks, lambda: {n: p.ages() for n, p in running.items()}, app.metrics, access(app))


def access(app: App) -> Access:
    """Return who may see what is for the operator.

    Being at this machine is enough only where nothing says that the page is for others.
    """
    settings = app.settings
    return Access(settings.web.admin_token, local=settings.host == LOOPBACK and not settings.web.public_url)


def stock(app: App) -> Stock:
    """Return what the store holds at this moment.

    Raises:
        StoreError: it cannot be reached.
    """
    facts = app.archive.facts()
    kept = Counter((one.channel.platform, one.state) for one in app.subscriptions.among())
    held = sum(one.state is EditionState.HELD for one in app.newsroom.editions(_EDITIONS))
    read = {one.shown: one.read_at for one in app.sources_stand()}
    return Stock(facts, app.ledger.totals(), kept, held, {"all": facts.source_read_at} | read)
