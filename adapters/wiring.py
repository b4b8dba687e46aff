"""Who is who: the only file that names every concrete class."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

from bot.importing import Importer, Report
from bot.model import Post, Reading, TopicLabel
from bot.search.documents import PostDocuments
from bot.search.engine import SearchEngine
from bot.service import Service
from bot.settings import Settings
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.migrate import is_current, migrate
from bot.store.recorder import SqlRecorder
from bot.topics.index import TopicIndex

STARTER = "the starter archive"
"""The name of what ships with the bot, as the record of imports has it."""


@dataclass(frozen=True, slots=True)
class App:
    """The bot, put together. Its parts are made once and shared by every adapter of a process."""

    settings: Settings
    archive: SqlArchive
    importer: Importer
    search: SearchEngine
    topics: Callable[[], TopicIndex]
    service: Service
    migrate: Callable[[], None]
    is_current: Callable[[], bool]


def build(settings: Settings) -> App:
    """Put the bot together. Nothing is read or written yet but the database's address."""
    engine = open_engine(settings.database_url)
    archive = SqlArchive(engine)
    search = SearchEngine(PostDocuments(archive), settings.index_folder)
    return App(
        settings=settings,
        archive=archive,
        importer=Importer(SqlRecorder(engine), _derive),
        search=search,
        topics=_topics,
        service=Service(archive, search, _topics, random.SystemRandom().randrange),
        migrate=lambda: migrate(engine),
        is_current=lambda: is_current(engine),
    )


def open_app(settings: Settings, *, at: datetime, furnished: bool = True) -> App:
    """Put the bot together with a database that is ready for use.

    Args:
        settings: what the operator set.
        at: the time of day, an aware time.
        furnished: put the starter archive into an empty database.

    Raises:
        StoreError: the database could not be made ready.
    """
    app = build(settings)
    if not app.is_current():
        app.migrate()
    if furnished and not app.archive.facts().posts:
        furnish(app, at)
    return app


def furnish(app: App, at: datetime) -> Report:
    """Put the starter archive into the archive; posts that are there in a source's words stay."""
    return app.importer.take(starter_readings(), source=STARTER, at=at)


def starter_readings() -> tuple[Reading, ...]:
    """Read the starter archive that ships with the bot."""
    from adapters.sources.files import read_path

    with resources.as_file(resources.files("content") / "archive") as folder:
        return tuple(read_path(Path(folder)))


def follow_catalogue(app: App) -> int:
    """Derive topics anew if the topics that ship with the bot have changed; return how many posts changed."""
    from bot.topics.catalogue import load_catalogue

    return app.importer.follow_catalogue(load_catalogue().fingerprint)


@cache
def _topics() -> TopicIndex:
    from bot.topics.catalogue import load_catalogue

    return TopicIndex(load_catalogue())


def _derive(post: Post) -> tuple[TopicLabel, ...]:
    return _deriver()(post)


@cache
def _deriver() -> Callable[[Post], tuple[TopicLabel, ...]]:
    from bot.topics.catalogue import load_catalogue
    from bot.topics.deriving import Deriver

    return Deriver(load_catalogue()).derive
