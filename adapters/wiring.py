"""Who is who: the only file that names every concrete class."""

import asyncio
import contextlib
import logging
import random
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels import Channel, Workspace
from bot.errors import PprnetError, SourceError
from bot.requests import Latest, Search, Status, TopicPosts
from bot.service import Service
from bot.settings import Settings
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.migrate import is_current, migrate
from bot.subscriptions import SubscriptionState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Mapping
    from contextlib import AbstractAsyncContextManager

    from aiohttp import web

    from adapters.discord.bot import DiscordBot
    from adapters.slack.bot import SlackBot
    from adapters.sources.site.opening import Opener
    from adapters.web.metrics import Answer, Metrics
    from adapters.web.pages import Pages
    from bot.announcing.means import Means, Outlets, Stores
    from bot.announcing.sender import Sender
    from bot.announcing.worker import Worker
    from bot.finding import Finder
    from bot.importing import Importer, Report
    from bot.meaning.filling import Filler
    from bot.meaning.minilm import MiniLm
    from bot.model import Reading
    from bot.ports.archive import Archive
    from bot.ports.platform import Publisher
    from bot.ports.syncing import SourceStanding
    from bot.schedule import Schedule
    from bot.search.engine import SearchEngine
    from bot.search.offers import Offers
    from bot.store.agenda import SqlAgenda
    from bot.store.census import SqlCensus
    from bot.store.lanes import SqlLanes
    from bot.store.ledger import SqlLedger
    from bot.store.newsroom import SqlNewsroom
    from bot.store.recorder import SqlRecorder
    from bot.store.registrations import SqlRegistrations
    from bot.store.subscriptions import SqlSubscriptions
    from bot.store.vectors import SqlVectors
    from bot.store.visits import SqlVisits
    from bot.subscribing import Subscriber
    from bot.syncing.dois import DoiFinder
    from bot.syncing.syncer import Syncer
    from bot.topics.catalogue import Catalogue
    from bot.topics.index import TopicIndex

_log = logging.getLogger("pprnet")

STARTER = "the starter archive"
"""The name of what ships with the bot, as the record of imports has it."""

_MOST_OFFERED = 100
"""How many topics are offered at once where all can be shown: what Slack's menus take."""


def _now() -> datetime:
    return datetime.now(UTC)


class App:
    """The bot, put together. Each part is made when it is first needed, so that no answer waits for another's parts."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = _now) -> None:
        """Put the bot together; nothing is opened yet.

        Args:
            settings: what the operator set.
            clock: returns the time of day, an aware time.

        Raises:
            StoreError: the address of the database is none.
        """
        self.settings = settings
        self.clock = clock
        self._engine = open_engine(settings.database_url)
        weakref.finalize(self, self._engine.dispose)  # connections are closed with the bot, at the latest at exit
        self.archive = SqlArchive(self._engine)
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
    def public_archive(self) -> "Archive":
        """The posts as everyone may see them on the web."""
        from bot.store.abridged import AbridgedArchive

        return self.archive if self.settings.web.show_full_text else AbridgedArchive(self.archive)

    @cached_property
    def public(self) -> Service:
        """What answers everyone on the web."""
        finder = self._finder(self.public_archive)
        return self._service(self.public_archive, lambda: finder)

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The topics that ship with the bot."""
        from bot.topics.loading import load_catalogue

        return load_catalogue()

    @cached_property
    def topics(self) -> "TopicIndex":
        """The topics by every word for them."""
        from bot.topics.index import TopicIndex

        return TopicIndex(self.catalogue)

    @cached_property
    def search(self) -> "SearchEngine":
        """The search over the archive."""
        from bot.search.documents import PostDocuments
        from bot.search.engine import SearchEngine

        return SearchEngine(PostDocuments(self.archive), self.settings.index_folder)

    @cached_property
    def offers(self) -> "Offers":
        """What of the archive can be meant while someone is still typing."""
        from bot.search.offers import Offers

        return Offers(self.archive, self.search)

    @cached_property
    def finder(self) -> "Finder":
        """What finds posts by a person's words."""
        return self._finder(self.archive)

    def _finder(self, archive: "Archive") -> "Finder":
        from bot.finding import Finder

        if (meaning := self.meaning) is None:
            return Finder(archive, self.search, self.topics)
        from bot.meaning.closeness import Closeness
        from bot.meaning.naming import TopicSense
        from bot.meaning.quoting import Quoter
        from bot.meaning.searching import MeaningSearch

        vectors = self._vectors(meaning)
        search = MeaningSearch(self.search, Closeness(self.archive, vectors), meaning)
        return Finder(archive, search, self.topics, Quoter(vectors), TopicSense(self.topics.topics, vectors))

    @cached_property
    def meaning(self) -> "MiniLm | None":
        """The model of meanings, not loaded yet; none unless the extra `semantic` is installed."""
        from bot.meaning import extra

        if not extra.installed():
            return None
        from bot.meaning.minilm import MiniLm, installed_model, shipped_vocabulary

        return MiniLm(installed_model(), shipped_vocabulary())

    @cached_property
    def filler(self) -> "Filler | None":
        """What gives texts their vectors; none without the model of meanings."""
        if (meaning := self.meaning) is None:
            return None
        from bot.meaning.filling import Filler
        from bot.meaning.naming import described

        return Filler(self.archive, self._vectors(meaning), meaning, [described(each) for each in self.topics.topics])

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Give texts their vectors while a `with` block runs, beside everything else."""
        if self.filler is None:
            yield
            return
        from bot.meaning.background import Background

        with Background(self.filler):
            yield

    def _vectors(self, meaning: "MiniLm") -> "SqlVectors":
        from bot.store.vectors import SqlVectors

        return SqlVectors(self._engine, meaning.model)

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
    def importer(self) -> "Importer":
        """The way into the archive."""
        from bot.importing import Importer
        from bot.topics.deriving import Deriver

        return Importer(self.recorder, Deriver(self.catalogue).derive)

    @cached_property
    def recorder(self) -> "SqlRecorder":
        """The archive, to write."""
        from bot.store.recorder import SqlRecorder

        return SqlRecorder(self._engine)

    @cached_property
    def visits(self) -> "SqlVisits":
        """What is remembered of visits to sources."""
        from bot.store.visits import SqlVisits

        return SqlVisits(self._engine)

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

    @cached_property
    def subscriptions(self) -> "SqlSubscriptions":
        """What channels have asked for."""
        from bot.store.subscriptions import SqlSubscriptions

        return SqlSubscriptions(self._engine)

    @cached_property
    def newsroom(self) -> "SqlNewsroom":
        """What is to be announced, and the editions."""
        from bot.store.newsroom import SqlNewsroom

        return SqlNewsroom(self._engine)

    @cached_property
    def ledger(self) -> "SqlLedger":
        """The deliveries."""
        from bot.store.ledger import SqlLedger

        return SqlLedger(self._engine)

    @cached_property
    def census(self) -> "SqlCensus":
        """How the posts are spread over years and topics."""
        from bot.store.census import SqlCensus

        return SqlCensus(self._engine)

    @cached_property
    def lanes(self) -> "SqlLanes":
        """Which worker sends in which lane."""
        from bot.store.lanes import SqlLanes

        return SqlLanes(self._engine)

    @cached_property
    def agenda(self) -> "SqlAgenda":
        """When the schedule was last followed."""
        from bot.store.agenda import SqlAgenda

        return SqlAgenda(self._engine)

    @cached_property
    def registrations(self) -> "SqlRegistrations":
        """What platforms were told of the commands."""
        from bot.store.registrations import SqlRegistrations

        return SqlRegistrations(self._engine)

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

    def _knows(self, word: str) -> bool:
        """Say whether the archive holds a folded word."""
        return self.search.knows(word)

    def is_current(self) -> bool:
        """Say whether the database's tables are those of this version."""
        return is_current(self._engine)

    def check(self) -> None:
        """Look through the database for damage.

        Raises:
            StoreError: it is damaged, or cannot be read.
        """
        from bot.store.soundness import check

        check(self._engine)

    def migrate(self) -> None:
        """Bring the database's tables up to this version."""
        migrate(self._engine)

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


def slack_bot(app: App) -> "AbstractAsyncContextManager[SlackBot]":
    """Return the bot in Slack: entering it enters Slack, leaving it finishes what is in hand.

    Everything that answers are made from is loaded here, so that the first answer does not wait for it.
    """
    from adapters.slack.bot import slack_bot  # a fifth of a second that only Slack needs

    app.warm_up()
    complete = partial(app.topics.complete, limit=_MOST_OFFERED)
    back = partial(_back_in_slack, app)
    answer = app.answering("slack")
    return slack_bot(app.settings.slack, answer, complete, managers=app.settings.managers, came_back=back)


def discord_bot(app: App) -> "AbstractAsyncContextManager[DiscordBot]":
    """Return the bot in Discord: entering it enters Discord, leaving it finishes what is in hand.

    Everything that answers are made from is loaded here, so that the first answer does not wait for it.
    """
    from adapters.discord.bot import discord_bot  # half a second that only Discord needs
    from adapters.discord.suggestions import Suggestions

    app.warm_up()
    suggestions = Suggestions(app.topics.complete, app.archive.topic_counts, lambda: app.offers)
    reviving = partial(_reviving, app, "discord")
    answer = app.answering("discord")
    return discord_bot(app.settings.discord, answer, suggestions, app.registrations, reviving=reviving)


def try_it(app: App, pages: "Pages") -> "tuple[web.RouteDef, ...]":
    """Return the page on which the bot can be tried: each platform's payloads, drawn as it shows them."""
    from adapters.discord import trial as discord
    from adapters.slack import trial as slack
    from adapters.web.chats import discord as discord_drawing
    from adapters.web.chats import slack as slack_drawing
    from adapters.web.stages import Stage
    from adapters.web.trial import Trial
    from adapters.web.trying import Step, try_routes

    stages = (
        Stage("slack", "Slack", slack.sent, slack.read, slack_drawing.draw),
        Stage("discord", "Discord", discord.sent, discord.read, discord_drawing.draw),
    )
    todo = (
        Step("Slack", app.settings.slack.missing, "docs/slack.md"),
        Step("Discord", app.settings.discord.missing, "docs/discord.md"),
    )
    steps = () if app.settings.web.public_url else todo  # what is still to be set is no visitor's business
    return try_routes(Trial(app.metrics.counting(app.public.answer, "web"), stages), app.topics.complete, steps, pages)


@contextlib.asynccontextmanager
async def publishers(app: App) -> "AsyncIterator[dict[str, Publisher]]":
    """Give the platforms that can be posted on, by name: those that there is a token for.

    Raises:
        PprnetError: a platform does not let the bot in.
    """
    found: dict[str, Publisher] = {}
    async with contextlib.AsyncExitStack() as stack:
        if app.settings.slack.bot_token:
            from adapters.slack.announcing import slack_publisher

            found["slack"] = await stack.enter_async_context(slack_publisher(app.settings.slack))
        if app.settings.discord.token:
            from adapters.discord.announcing import discord_publisher

            found["discord"] = await stack.enter_async_context(discord_publisher(app.settings.discord))
        yield found


def sender(app: App, publishers: "Mapping[str, Publisher]") -> "Sender":
    """Return what sends announcements."""
    from bot.announcing.identity import names
    from bot.announcing.sender import Sender

    return Sender(_stores(app), _outlets(publishers), names(), _means())


@contextlib.asynccontextmanager
async def worker(app: App) -> "AsyncIterator[Worker]":
    """Let the worker work as long as the context lasts: it follows the schedule and sends; leaving finishes."""
    from bot.announcing.identity import names
    from bot.announcing.worker import Worker

    async with publishers(app) as found:
        made = Worker(_stores(app), _outlets(found), names(), app.schedule, partial(refresh, app), _means())
        async with made.working():
            yield made


async def refresh(app: App) -> None:
    """Read the sources.

    Raises:
        SourceError: one of them could not be read, or not be believed.
        StoreError: the archive could not be read or written.
    """
    if app.settings.sources.places:
        from bot.syncing.refreshing import refresh as read

        await read(app.syncer, app.opener.sources())
    await find_dois(app)


async def find_dois(app: App) -> str:
    """Look for the DOIs that citations lack, if that is set, and return what came of it, a sentence.

    Raises:
        StoreError: the archive could not be read or written.
    """
    if not app.settings.sources.crossref:
        return ""
    try:
        async with app.doi_finder() as finder:
            return (await finder.run()).said
    except SourceError as error:  # posts are as good without; it is tried again next time
        _log.warning("no DOIs could be looked for: %s", error, extra={"action": "doi.failed"})
        return error.human


async def _back_in_slack(app: App, channel: Channel) -> None:
    """Look whether a channel is back in which something has happened; raises nothing."""
    from adapters.slack.announcing import slack_publisher

    try:
        subscription = await asyncio.to_thread(app.subscriptions.here, channel)
        if subscription is not None and subscription.state is SubscriptionState.GONE:
            async with slack_publisher(app.settings.slack) as publisher:
                await _reviving(app, channel.platform, publisher)(channel)
    except PprnetError as error:  # the worker looks every day
        _log.warning("a channel could not be looked at: %s", error, extra={"action": "channel.unseen"})


def _reviving(app: App, platform: str, publisher: "Publisher") -> "Callable[[Channel | Workspace], Awaitable[int]]":
    """Return what is told of a place where channels may be back."""
    from bot.announcing.reviving import Reviver

    return Reviver(app.subscriptions, {platform: publisher}, _means()).came_back


def _stores(app: App) -> "Stores":
    from bot.announcing.means import Stores

    return Stores(app.archive, app.newsroom, app.subscriptions, app.ledger, app.lanes, app.agenda)


def _outlets(publishers: "Mapping[str, Publisher]") -> "Outlets":
    from bot.announcing.means import Outlets
    from bot.announcing.pacing import SLACK
    from bot.pages.announcement import announcement

    return Outlets(publishers, announcement, {"slack": SLACK})  # the publisher for Discord paces itself


def _means() -> "Means":
    from bot.announcing.aside import Aside
    from bot.announcing.clock import SystemClock
    from bot.announcing.means import Means

    return Means(SystemClock(), random.SystemRandom().random, Aside())


async def database_ready(app: App) -> str:
    """Return why the database cannot be used at this moment; empty when it can."""
    try:
        current = await asyncio.to_thread(app.is_current)
    except PprnetError as error:
        return error.human
    return "" if current else "not migrated"
