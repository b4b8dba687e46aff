"""Pages to read: posts, topics, months and searches, each at an address of its own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from adapters.web import addresses
from adapters.web.pages import Pages
from adapters.web.security import said
from adapters.web.shelf import Finished, Shelf, finished, response
from bot.folding import fold
from bot.model import Month, Post, Where, is_id
from bot.pages.lists import PAGE_SIZE
from bot.pages.phrases import counted
from bot.ports.archive import Archive
from bot.requests import Cite, CiteStyle, MonthOf, Related, Request, Search, Show, TopicPosts
from bot.topics.index import TopicIndex
from bot.views import View

LONGEST_QUERY = 500
"""Characters of a query; more than any question needs."""

_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Library:
    """What pages are made from.

    Attributes:
        answer: answers a request, with no more of a post than may be shown.
        archive: the posts, with no more of each than may be shown.
        topics: returns the topics; called when they are first needed.
    """

    answer: Callable[[Request], View]
    archive: Archive
    topics: Callable[[], TopicIndex]


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to the page before or after."""

    path: str
    label: str


class Reading:
    """Answers with pages to read."""

    def __init__(self, library: Library, pages: Pages, shelf: Shelf | None = None) -> None:
        """Keep what pages are made from.

        Args:
            library: the posts.
            pages: makes pages of templates.
            shelf: keeps finished pages; one over the library's archive if not given.
        """
        self._library = library
        self._pages = pages
        self._shelf = shelf or Shelf(lambda: library.archive.facts().stamp)

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the web server has to serve for it."""
        return (
            web.get("/posts/{id}", self._post),
            web.get("/posts/{id}/related", self._related),
            web.get("/posts/{id}/cite/{style}", self._cite),
            web.get(addresses.TOPICS, self._topics),
            web.get(addresses.TOPICS + "/{name}", self._topic),
            web.get(addresses.NEWEST, self._newest),
            web.get(addresses.NEWEST + "/{month}", self._month),
            web.get(addresses.SEARCH, self._search),
        )

    async def _post(self, request: web.Request) -> web.Response:
        post = _id(request)
        return await self._read(request, addresses.post_address(post), lambda path: self._post_page(post, path))

    async def _related(self, request: web.Request) -> web.Response:
        return await self._about_a_post(request, Related(_id(request)))

    async def _cite(self, request: web.Request) -> web.Response:
        try:
            style = CiteStyle(request.match_info["style"])
        except ValueError:
            raise web.HTTPNotFound from None
        return await self._about_a_post(request, Cite(_id(request), style))

    async def _topics(self, request: web.Request) -> web.Response:
        return await self._read(request, addresses.TOPICS, self._topics_page)

    async def _topic(self, request: web.Request) -> web.Response:
        typed, page = request.match_info["name"], _page(request)
        topic = (await asyncio.to_thread(self._library.topics)).find(typed)
        if topic is None:
            return self._nothing("No such topic", "There is no topic of this name. A search may find it.", typed)
        if topic.name != typed:
            raise web.HTTPMovedPermanently(addresses.topic_address(topic.name, page))
        asked = TopicPosts(topic.name, page)
        return await self._read(request, addresses.address_of(asked), lambda path: self._list_page(asked, path))

    async def _newest(self, _request: web.Request) -> web.Response:
        facts = await asyncio.to_thread(self._library.archive.facts)
        if facts.newest is None:
            return self._nothing("Nothing yet", "The archive is empty.")
        raise web.HTTPFound(addresses.address_of(MonthOf(facts.newest)))

    async def _month(self, request: web.Request) -> web.Response:
        try:
            month = Month.parse(request.match_info["month"])
        except ValueError:
            raise web.HTTPNotFound from None
        path = addresses.address_of(MonthOf(month))
        if str(month) != request.match_info["month"]:
            raise web.HTTPMovedPermanently(path)
        return await self._read(request, path, lambda path: self._month_page(month, path))

    async def _search(self, request: web.Request) -> web.Response:
        text = " ".join(request.query.get("q", "").split())
        if len(text) > LONGEST_QUERY:
            return self._nothing("Too long", f"A query has at most {LONGEST_QUERY} characters.", status=400)
        if not text:
            return await self._read(request, addresses.SEARCH, self._search_form)
        asked = Search(text, _page(request), verbatim=request.query.get("verbatim") == "1")
        return await self._read(request, addresses.address_of(asked), lambda path: self._search_page(asked, path))

    async def _about_a_post(self, request: web.Request, asked: Related | Cite) -> web.Response:
        def make(path: str) -> Finished:
            found = self._found(asked.post)
            if isinstance(found, Finished):
                return found
            return self._drawn(self._library.answer(asked), path, indexed=False)

        return await self._read(request, addresses.address_of(asked), make)

    async def _read(self, request: web.Request, path: str, make: Callable[[str], Finished]) -> web.Response:
        """Answer with the page of a path, made only if it is not on the shelf."""
        return response(await self._shelf.get(path, lambda: make(path)), request)

    def _post_page(self, post: str, path: str) -> Finished:
        found = self._found(post)
        if isinstance(found, Finished):
            return found
        newer, older = self._library.archive.neighbours(found)
        view = self._library.answer(Show(post, full=True))
        return self._drawn(view, path, before=newer and _turn_to(newer), after=older and _turn_to(older))

    def _month_page(self, month: Month, path: str) -> Finished:
        archive = self._library.archive
        first = archive.page(Where(month=month), limit=1)
        view = self._library.answer(MonthOf(month))
        if not first.posts:
            return self._drawn(view, path, status=404, indexed=False, searched="")
        last = archive.page(Where(month=month), first.total - 1, limit=1)
        newer, older = archive.neighbours(first.posts[0])[0], archive.neighbours(last.posts[-1])[1]
        turns = {"before": newer and _turn_to_month(newer), "after": older and _turn_to_month(older)}
        return self._drawn(view, path, **turns)

    def _list_page(self, asked: TopicPosts, path: str) -> Finished:
        view = self._library.answer(asked)
        total = self._library.archive.page(Where(topics=(asked.words,)), limit=1).total
        there = asked.page == 1 or total > (asked.page - 1) * PAGE_SIZE
        return self._drawn(view, path) if there else self._drawn(view, path, status=404, indexed=False, searched="")

    def _search_page(self, asked: Search, path: str) -> Finished:
        return self._drawn(self._library.answer(asked), path, indexed=False, searched=asked.text)

    def _search_form(self, path: str) -> Finished:
        return finished(self._pages.page("search.html", path=path, q=""))

    def _topics_page(self, path: str) -> Finished:
        counts = self._library.archive.topic_counts()
        topics = sorted(self._library.topics().topics, key=lambda topic: fold(topic.name))
        shown = [(topic, counts[topic.name]) for topic in topics if counts.get(topic.name)]
        rest = counted(len(topics) - len(shown), "more topic")
        return finished(self._pages.page("topics.html", path=path, topics=shown, rest=rest))

    def _drawn(self, view: View, path: str, **given: Any) -> Finished:
        status = given.pop("status", 200)
        values = {"indexed": True, "searched": None, "before": None, "after": None} | given
        return finished(self._pages.page("view.html", view=view, path=path, **values), status)

    def _found(self, post: str) -> Post | Finished:
        """Return a post, or the page that says that there is none."""
        found = self._library.archive.get([post])
        if not found:
            return self._told("No such summary", "The archive has no summary of this address.", 404)
        if found[0].withdrawn:
            return self._told("Withdrawn", "The blog does not have this summary any more.", 410)
        return found[0]

    def _told(self, title: str, sentence: str, status: int) -> Finished:
        return finished(self._pages.page("said.html", title=title, said=sentence, q=""), status)

    def _nothing(self, title: str, sentence: str, typed: str = "", status: int = 404) -> web.Response:
        return said(self._pages, status, title, sentence, typed[:LONGEST_QUERY])


def _id(request: web.Request) -> str:
    text = request.match_info["id"]
    if not is_id(text):
        raise web.HTTPNotFound
    return text


def _page(request: web.Request) -> int:
    text = request.query.get("page", "1")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _LAST_PAGE and len(text) < 9):
        raise web.HTTPNotFound
    return int(text)


def _turn_to(post: Post) -> Turn:
    return Turn(addresses.post_address(post.id), post.title)


def _turn_to_month(post: Post) -> Turn:
    return Turn(addresses.address_of(MonthOf(post.month)), post.month.label)
