"""The bot, put together: what it answers with, and where its posts come from."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.wiring.words import Words
from bot.requests import Latest, Search, Status, TopicPosts
from bot.service import Service
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.sources.site.opening import Opener
    from adapters.web.metrics import Answer, Metrics
    from bot.finding import Finder
    from bot.importing import Importer, Report
    from bot.model import Reading
    from bot.ports.archive import Archive
    from bot.ports.syncing import SourceStanding
    from bot.schedule import Schedule
    from bot.subscribing import Subscriber
    from bot.syncing.dois import DoiFinder
    from bot.syncing.syncer import Syncer


STARTER = "the starter archive"
"""The name of what ships with the bot, as the record of imports has it."""


def _now() -> datetime:
    return datetime.now(UTC)


class App(Words):
    """The bot, put together. Each part is made when it is first needed, so that no answer waits for another's parts."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = _now) -> None:
        """Put the bot together; nothing is opened yet.

        Args:
            settings: what the operator set.
            clock: returns the time of day, an aware time.

        Raises:
            StoreError: the address of the database is none.
        """
        super().__init__(settings, clock)
        self.service = self._service(self.archive, lambda: self.finder)

    def _service(self, archive: "Archive", finder: "Callable[[], Finder]") -> Service:
        web = self.settings.web.public_url
        throw = random.SystemRandom().randrange
        return Service(archive, finder, throw, lambda: self.subscriber, web=web, sources=self.sources_stand)

    def answering(self, where: str) -> "Answer":
        """Return what answers requests, and counts them as asked somewhere, such as `slack`."""
        return self.metrics.counting(self.service.answer, where)

    @cached_property
    def metrics(self) -> "Metrics":
        """What is counted and measured."""
        from importlib import metadata

        from adapters.web.metrics import Metrics

        return Metrics(metadata.version("pprnet-bot"))

    @cached_property
    def public(self) -> Service:
        """What answers everyone on the web."""
        finder = self._finder(self.public_archive)
        return self._service(self.public_archive, lambda: finder)

    @cached_property
    def subscriber(self) -> "Subscriber":
        """What answers requests about subscriptions."""
        from bot.subscribing import Subscriber

        return Subscriber(
            subscriptions=self.subscriptions,
            ledger=self.ledger,
            newsroom=self.newsroom,
            archive=self.archive,
            topics=lambda: self.topics,
            known=self._knows,
            next_run=self.next_run,
            clock=self.clock,
        )

    @cached_property
    def schedule(self) -> "Schedule":
        """When to announce.

        Raises:
            SettingsError: the schedule or its time zone cannot be read.
        """
        from bot.schedule import Schedule

        return Schedule(self.settings.schedule, self.settings.timezone)

    def next_run(self, at: datetime) -> datetime:
        """Return when the first announcement after a moment is due, in the time zone of the schedule."""
        from zoneinfo import ZoneInfo

        return self.schedule.next(at).astimezone(ZoneInfo(self.settings.timezone))

    @cached_property
    def importer(self) -> "Importer":
        """The way into the archive."""
        from bot.importing import Importer
        from bot.topics.deriving import Deriver

        return Importer(self.recorder, Deriver(self.catalogue).derive)

    @cached_property
    def opener(self) -> "Opener":
        """What opens sources."""
        import time

        from adapters.sources.site.opening import Opener
        from adapters.sources.site.pacing import Clock

        clock = Clock(time.monotonic, self.clock, asyncio.sleep)
        return Opener(self.settings.sources, self.settings.pages_folder, self.catalogue, clock)

    @cached_property
    def syncer(self) -> "Syncer":
        """What fills the archive from its sources."""
        from bot.syncing.syncer import Stores, Syncer

        stores = Stores(self.archive, self.recorder, self.visits)
        return Syncer(stores, self.importer, self.source_names(), self.clock)

    @contextlib.asynccontextmanager
    async def doi_finder(self) -> "AsyncIterator[DoiFinder]":
        """Give what looks for the DOIs that citations lack."""
        from adapters.sources.crossref import crossref
        from bot.store.dois import SqlDois
        from bot.syncing.dois import DoiFinder

        url, contact = self.settings.sources.crossref_url, self.settings.sources.contact
        async with crossref(self.opener.web(url), url, contact) as registry:
            yield DoiFinder(SqlDois(self._engine), registry, self.clock)

    def source_names(self) -> "tuple[str, ...]":
        """Return what the sources that are set are known by."""
        from adapters.sources.site.addresses import name_of

        return tuple(map(name_of, self.settings.sources.places))

    def sources_stand(self) -> "tuple[SourceStanding, ...]":
        """Return how the sources that are set stand, those that were ever visited."""
        if not self.settings.sources.places:
            return ()
        names = self.source_names()
        return tuple(standing for standing in self.visits.standings() if standing.name in names)

    def furnish(self, at: datetime) -> "Report":
        """Put the starter archive into the archive; posts that are there in a source's words stay."""
        return self.importer.take(self.starter(), source=STARTER, at=at)

    def starter(self) -> "tuple[Reading, ...]":
        """Read the starter archive that ships with the bot.

        Raises:
            ContentError: one of its files is malformed.
        """
        from adapters.sources.files import read_path

        with resources.as_file(resources.files("content") / "archive") as folder:
            return tuple(read_path(Path(folder), topics=self.topics))

    def follow_catalogue(self) -> int:
        """Derive topics anew if the topics that ship with the bot have changed; return how many posts changed."""
        return self.importer.follow_catalogue(self.catalogue.fingerprint)

    def warm_up(self) -> None:
        """Load everything that answers are made from, so that no person waits for it.

        Raises:
            StoreError: the archive could not be reached.
        """
        self.topics.complete("")
        for request in (Latest(), Search("therapy"), TopicPosts("burnout"), Status()):
            self.service.answer(request)


def open_app(settings: Settings, *, at: datetime, furnished: bool = True, clock: Callable[[], datetime] = _now) -> App:
    """Put the bot together with a database that is ready for use.

    Args:
        settings: what the operator set.
        at: the time of day, an aware time.
        furnished: put the starter archive into an empty database.
        clock: returns the time of day, an aware time, for answers that depend on it.

    Raises:
        StoreError: the database could not be made ready.
    """
    app = App(settings, clock)
    if not app.is_current():
        app.migrate()
    if furnished and not app.archive.facts().posts:
        app.furnish(at)
    return app
