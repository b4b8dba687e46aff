"""What tests of visits are made with: a clock that nobody waits for, and a source on the stand-in."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.sources.site.fetcher import Fetcher, Web, fetching, user_agent
from adapters.sources.site.guard import Guard
from adapters.sources.site.pacing import Clock, Manners
from adapters.sources.site.pages import PageFolder
from adapters.sources.site.source import WebSource
from bot.model import Post, TopicLabel, TopicOrigin
from bot.ports.syncing import Step
from bot.topics.catalogue import Catalogue, Topic
from bot.visits import Visit
from tests.standins.site import SiteStandIn
from tests.standins.site_posts import TOPICS, SitePost

CATALOGUE = Catalogue(tuple(Topic(name, number) for number, name in TOPICS.items()), "invented")
BEGINNING = datetime(2026, 7, 1, 12, tzinfo=UTC)


@dataclass
class Time:
    """A time of day that passes by sleeping only."""

    passed: float = 0.0
    slept: list[float] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """The clock to hand in."""
        return Clock(lambda: self.passed, self.now, self.sleep)

    def now(self) -> datetime:
        """The time of day."""
        return BEGINNING + timedelta(seconds=self.passed)

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.passed += seconds


def a_web(*urls: str, time: Time | None = None, seconds: float = 20.0, **manners: float) -> Web:
    """Return a way of going about the web that may go to some addresses."""
    made = replace(Manners(), **manners)  # type: ignore[arg-type] # attempts is whole
    return Web(Guard(urls), user_agent("0.1", "someone@example.org"), (time or Time()).clock, made, seconds)


def a_source(site: SiteStandIn, folder: Path, *, path: str = "", time: Time | None = None, **given: float) -> WebSource:
    """Return the stand-in's blog as a source."""
    return WebSource(site.url + path if path else site.blog, a_web(site.blog, time=time, **given), folder, CATALOGUE)


@asynccontextmanager
async def fetcher(
    site: SiteStandIn, folder: Path, *, time: Time | None = None, seconds: float = 20.0, **manners: float
) -> AsyncIterator[Fetcher]:
    """Begin a visit to the stand-in, and end its connections."""
    web = a_web(site.blog, time=time, seconds=seconds, **manners)
    async with fetching(web, PageFolder(folder)) as made:
        yield made


def nothing_known(_: Sequence[Post]) -> bool:
    """Say of no post that it is known."""
    return False


def ignored(_: Step) -> None:
    """Take no notice of progress."""


async def whole(source: WebSource) -> Visit:
    """Visit all of a source, and end the visit."""
    visit = await source.visit(nothing_known, ignored, full=True)
    source.conclude()
    return visit


def posts_of(visit: Visit) -> list[Post]:
    """Return the posts of a visit, newest first."""
    return [post for reading in visit.readings for post in reading.posts]


def expected(post: SitePost) -> Post:
    """Return what a visit should bring of a post of the site."""
    topics = tuple(TopicLabel(name, TopicOrigin.SITE) for name in sorted(TOPICS[number] for number in post.topics))
    return replace(post.as_post(), topics=topics)


def ids(posts: Sequence[Post | SitePost]) -> set[str]:
    """Return the ids of posts."""
    return {post.id for post in posts}
