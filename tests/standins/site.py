"""A site of our own on loopback, with a blog that behaves like the real one.

    async with SiteStandIn(invented(40)) as site:
        ...  # read site.blog
        assert site.paths == [...]

List pages by `p`, page 1 again past the end; filters by `cat_1` and `cat_2`, which AND; validators and 304; the same
posts as feeds. `before` changes things in the midst of a visit, and `fail` makes answers go wrong.
"""

import asyncio
import gzip
import hashlib
import zlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.standins import site_pages
from tests.standins.site_faults import Body, Endless, Fault, Redirect, Silence, Status, Trickle, Truncated
from tests.standins.site_pages import Markup, Menus
from tests.standins.site_posts import SitePost

_PATH = "/pprnet/blog"


@dataclass(frozen=True)
class Seen:
    """One request that came."""

    path: str
    headers: dict[str, str]


class SiteStandIn:
    """The blog, as far as a reader can see it.

    Attributes:
        posts: what it holds, newest first; pinned ones are shown above the others.
        markup: how its pages are written.
        menus: the filters that its pages offer.
        page_size: how many posts a page has.
        robots: its robots.txt; `None` when it has none.
        encoding: how it packs answers for those who accept it; empty for not at all.
        validators: whether it sends ETag and Last-Modified, and answers 304.
        filters: whether its filters work.
        empty_past_end: a page past the end is empty in place of being page 1 again.
        seen: every request, in order.
    """

    def __init__(self, posts: Iterable[SitePost] = (), markup: Markup = Markup.PLAIN) -> None:
        self.posts = list(posts)
        self.markup = markup
        self.menus = Menus()
        self.page_size = 6
        self.robots: str | None = None
        self.encoding = ""
        self.validators = True
        self.filters = True
        self.empty_past_end = False
        self.seen: list[Seen] = []
        self._faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self._before: dict[int, Callable[[], object]] = {}
        self._closing = asyncio.Event()
        self._base = ""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return self._base

    @property
    def blog(self) -> str:
        """The address of the blog's list pages."""
        return self._base + _PATH

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [one.path for one in self.seen if one.path != "/robots.txt"]

    def fail(self, path: str, *faults: Fault | None) -> None:
        """Let the next requests for a path, query included, go wrong one after the other; `None` goes well.

        A path of `*` stands for any but robots.txt.
        """
        self._faults[path].extend(faults)

    def before(self, request: int, act: Callable[[], object]) -> None:
        """Do something right before the so-manieth request, from 1, robots.txt not counted."""
        self._before[request] = act

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._base = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(Seen(request.path_qs, dict(request.headers)))
        if request.path != "/robots.txt":
            self._before.pop(len(self.paths), lambda: None)()
        fault = self._fault(request)
        if fault is not None:
            return await self._go_wrong(request, fault)
        text, kind = self._content(request)
        if text is None:
            return web.Response(status=404, text="<html><p>Nothing here")
        return self._answer(request, text.encode(), kind)

    def _fault(self, request: web.Request) -> Fault | None:
        for path in (request.path_qs, *(() if request.path == "/robots.txt" else ("*",))):
            if self._faults[path]:
                return self._faults[path].popleft()
        return None

    def _content(self, request: web.Request) -> tuple[str | None, str]:
        match request.path:
            case "/robots.txt":
                return self.robots, "text/plain"
            case "/feed.rss":
                return site_pages.rss(self.posts, self.blog), "application/rss+xml"
            case "/feed.atom":
                return site_pages.atom(self.posts, self.blog), "application/atom+xml"
            case path if path == _PATH:
                return self._page(request), "text/html"
            case _:
                return None, ""

    def _page(self, request: web.Request) -> str:
        shown = sorted(self.posts, key=lambda post: not post.pinned)
        if self.filters:
            topic, kind = (int(request.query.get(name, "") or 0) for name in ("cat_2", "cat_1"))
            shown = [post for post in shown if not topic or topic in post.topics]
            shown = [post for post in shown if not kind or kind == post.kind]
        start = (int(request.query.get("p", "1")) - 1) * self.page_size
        if start >= len(shown) and not self.empty_past_end:
            start = 0
        return site_pages.page(shown[start : start + self.page_size], self.markup, self.menus, _PATH)

    def _answer(self, request: web.Request, body: bytes, kind: str) -> web.Response:
        headers = {"Content-Type": f"{kind}; charset=utf-8"}
        if self.validators:
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers["Last-Modified"] = "Wed, 01 Jul 2026 10:00:00 GMT"
            if request.headers.get("If-None-Match") == headers["ETag"]:
                return web.Response(status=304, headers=headers)
        if self.encoding and self.encoding in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = self.encoding
            body = gzip.compress(body) if self.encoding == "gzip" else zlib.compress(body)
        return web.Response(body=body, headers=headers)

    async def _go_wrong(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        match fault:
            case Status(status, retry_after):
                headers = {"Retry-After": retry_after} if retry_after else {}
                return web.Response(status=status, text="<html>Something broke", headers=headers)
            case Redirect(to, status):
                return web.Response(status=status, headers={"Location": to})
            case Body(data, encoding, kind):
                headers = {"Content-Type": kind} | ({"Content-Encoding": encoding} if encoding else {})
                return web.Response(body=data, headers=headers)
            case Truncated():
                return await self._half(request)
            case Silence():
                await self._closing.wait()
                return web.Response()
            case Trickle() | Endless():
                return await self._without_end(request, b"x" if isinstance(fault, Trickle) else b"<p>x" * 16_384)

    async def _half(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "4000"})
        await response.prepare(request)
        await response.write(b"<p>x" * 500)
        assert request.transport is not None
        request.transport.abort()
        return response

    async def _without_end(self, request: web.Request, piece: bytes) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while not self._closing.is_set():
            try:
                await response.write(piece)
            except ConnectionError:
                break
            await asyncio.sleep(0.01 if len(piece) == 1 else 0)
        return response
