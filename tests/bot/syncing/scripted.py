"""A source whose visits are written down beforehand, and a syncer on a real store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Engine

from bot.errors import PprnetError
from bot.importing import Importer
from bot.model import Month, Post, Reading, TopicLabel, TopicOrigin
from bot.ports.syncing import Known, Progress, Step
from bot.store.archive import SqlArchive
from bot.store.newsroom import SqlNewsroom
from bot.store.recorder import SqlRecorder
from bot.store.visits import SqlVisits
from bot.syncing.results import Result
from bot.syncing.syncer import How, Stores, Syncer
from bot.visits import Visit, VisitFacts
from tests.loops import on_a_loop

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BLOG, FEED = "https://example.org/blog", "https://example.org/feed"
ORDINARY = How()
DERIVED = TopicLabel("Empathy", TopicOrigin.DERIVED)


def a_visit(posts: Sequence[Post], *, full: bool = True, **given: object) -> Visit:
    """Return a visit that brought some posts on one page."""
    facts = VisitFacts(full, 1, len(posts), min(len(posts), 6), 9 * len(posts), 0)
    readings = (Reading("page 1", tuple(posts)),) if posts else ()
    return Visit(readings, MappingProxyType({}), facts, **given)  # type: ignore[arg-type] # the fields of a visit


@dataclass
class Scripted:
    """A source: `bot.ports.syncing.Source`. What it was asked and told is kept."""

    visits: list[Visit | PprnetError]
    name: str = BLOG
    asked: list[bool] = field(default_factory=list)
    knew: list[bool] = field(default_factory=list)
    concluded: list[str] = field(default_factory=list)

    async def visit(self, known: Known, progress: Progress, *, full: bool) -> Visit:
        self.asked.append(full)
        coming = self.visits.pop(0)
        if isinstance(coming, PprnetError):
            raise coming
        posts = [post for reading in coming.readings for post in reading.posts]
        self.knew.append(known(posts))
        progress(Step("all posts", 1, len(posts)))
        return coming

    def conclude(self, report: str = "") -> str:
        self.concluded.append(report)
        return "/put-aside" if report else ""


@dataclass
class Office:
    """A syncer, what it writes to, and a time of day that is set by hand."""

    engine: Engine
    names: tuple[str, ...] = (BLOG, FEED)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.archive = SqlArchive(self.engine)
        self.visits = SqlVisits(self.engine)
        self.recorder = SqlRecorder(self.engine)
        importer = Importer(self.recorder, lambda _: (DERIVED,))
        self.syncer = Syncer(Stores(self.archive, self.recorder, self.visits), importer, self.names, lambda: self.now)
        self.steps: list[Step] = []

    def sync(self, source: Scripted, how: How = ORDINARY) -> Result:
        """Read a source, a minute after the last one."""
        results: list[Result] = []

        @on_a_loop
        async def read() -> None:
            results.append(await self.syncer.sync(source, self.steps.append, how))

        self.now += timedelta(minutes=1)
        read()
        return results[0]

    def titles(self) -> list[str]:
        """Return the titles of the posts that lists show, newest first."""
        return [post.title for post in self.archive.posts()]

    def news(self) -> list[str]:
        """Return the titles of the posts that are to be announced."""
        return [post.title for post in SqlNewsroom(self.engine).news(Month(2013, 1))]
