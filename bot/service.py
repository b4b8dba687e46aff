"""Every use case: a request in, a view out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING

from bot import commands, references
from bot.channels import NOBODY, Asker
from bot.folding import fold
from bot.model import ArchiveFacts, Month, Page, Post, Where
from bot.pages import cards, guide, lists
from bot.ports.archive import Archive
from bot.requests import (
    About,
    Cite,
    CiteStyle,
    Help,
    Latest,
    MonthOf,
    Pause,
    Preview,
    Random,
    Related,
    Request,
    Resume,
    Search,
    Show,
    Status,
    Subscribe,
    Subscriptions,
    TopicList,
    TopicPosts,
    Unclear,
    Unsubscribe,
)
from bot.views import View

if TYPE_CHECKING:
    from bot.finding import Finder
    from bot.ports.syncing import SourceStanding
    from bot.subscribing import Subscriber

_LookUp = Latest | MonthOf | TopicPosts | TopicList | Search | Show | Related | Random | Cite
"""What only an archive with posts can answer."""

_MOST_OF_A_MONTH = 12
"""How many posts of one month are shown; the blog has at most three."""

_SHORTEST_ID = 4
_MOST_CANDIDATES = 6


class Service:
    """Answers every request."""

    def __init__(
        self,
        archive: Archive,
        finder: "Callable[[], Finder]",
        throw: Callable[[int], int],
        subscriber: "Callable[[], Subscriber]",
        *,
        web: str = "",
        sources: "Callable[[], Sequence[SourceStanding]]" = tuple,
    ) -> None:
        """Keep what answers are made from.

        Args:
            archive: the posts.
            finder: returns what finds posts by words; called only when a request has any, for it takes time to load.
            throw: returns any number from 0 to below the one given, for `random`.
            subscriber: returns what answers requests about subscriptions; called only for such.
            web: where people reach our own page, without a slash at its end; empty where they do not.
            sources: returns how the sources of the archive stand.
        """
        self._archive = archive
        self._finder = finder
        self._subscriber = subscriber
        self._throw = throw
        self._web = web
        self._sources = sources

    def answer(self, request: Request | Unclear, asker: Asker = NOBODY) -> View:
        """Return the answer to a request.

        Args:
            request: what is asked.
            asker: who asks, and where.

        Raises:
            StoreError: the archive could not be reached.
        """
        match request:
            case Help(command):
                return _help(command)
            case Unclear():
                return guide.unclear(request)
            case About():
                return guide.about(self._archive.facts(), metadata.version("pprnet-bot"), self._sources())
            case Subscribe() | Unsubscribe() | Subscriptions() | Pause() | Resume() | Preview() | Status():
                return self._subscriber().answer(request, asker)
            case _:
                facts = self._archive.facts()
                return self._look_up(request, facts) if facts.posts else guide.empty_archive()

    def _look_up(self, request: _LookUp, facts: ArchiveFacts) -> View:
        match request:
            case Latest():
                return lists.latest(self._month(facts.newest), facts, self._web)
            case MonthOf(month):
                return lists.month(month, self._month(month), facts)
            case TopicPosts():
                return self._finder().about(request, facts)
            case TopicList(page):
                return self._finder().topics(page, facts)
            case Search():
                return self._finder().matching(request, facts)
            case Show(post, full):
                made = cards.whole if full else cards.card
                return self._one(post, facts, lambda found: made(found, self._web))
            case Related(post):
                return self._one(post, facts, lambda found: self._finder().related(found, facts))
            case Random():
                return self._random(facts)
            case Cite(post, style):
                return self._one(post, facts, lambda found: _citation(found, style))

    def _random(self, facts: ArchiveFacts) -> View:
        (post,) = self._archive.page(Where(), self._throw(facts.posts), limit=1).posts
        return replace(cards.card(post, self._web), again=Show(post.id))

    def _month(self, month: Month | None) -> Page:
        return self._archive.page(Where(month=month), limit=_MOST_OF_A_MONTH)

    def _one(self, post: str, facts: ArchiveFacts, page: Callable[[Post], View]) -> View:
        """Return a page about the one post that an id, or its beginning, belongs to."""
        named = fold(post)
        found = self._archive.get([named])
        if not found and len(named) >= _SHORTEST_ID:
            found = self._archive.page(Where(id_prefix=named), limit=_MOST_CANDIDATES).posts
        match found:
            case ():
                return guide.missing(post, facts)
            case (only,):
                return page(only)
            case several:
                return lists.candidates(post, several, facts)


def _help(name: str) -> View:
    command = commands.named(name)
    return guide.command_help(command) if command else guide.overview()


def _citation(post: Post, style: CiteStyle) -> View:
    return cards.citation_page(post, style, references.cite(post, style))
