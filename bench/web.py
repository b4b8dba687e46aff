"""How fast pages are served, beside a bare aiohttp handler that returns the same bytes.

Run with `python -m bench.web [COUNT]`. The server and the visitor are one process each, on loopback; the visitor keeps
some connections open and asks on each as soon as it is answered. `again` asks for pages that were asked for before,
`anew` for a search that nobody asked before each time.
"""

import asyncio
import contextlib
import itertools
import multiprocessing
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
from aiohttp import web

from adapters import hosting
from adapters.web.limiter import Limiter, Rate
from adapters.web.server import served
from adapters.wiring.app import open_app
from bench.posts import make_posts, make_queries
from bench.timing import row
from bot.model import Reading
from bot.settings import Settings
from bot.websettings import WebSettings

COUNT, SECONDS, CONNECTIONS = 10_000, 3.0, 16
"""How many posts there are, how long each row takes, and how many connections ask at once."""

_BARE = "/bare"


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(count, theirs), daemon=True)
    server.start()
    address, posts = ours.recv()
    row(f"{count:,} posts", "requests/s", "of bare")
    asyncio.run(_ask(address, posts))
    server.kill()


def _serve(count: int, pipe: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_serving(count, Path(folder), pipe))


async def _serving(count: int, folder: Path, pipe: Connection) -> None:
    url = f"sqlite:///{folder / 'pprnet.db'}"
    app = open_app(Settings(url, folder / "index"), at=datetime.now(UTC), furnished=False)
    posts = tuple(make_posts(count))
    app.importer.take([Reading("made up", posts)], source="bench", at=datetime.now(UTC))
    app.settings = replace(app.settings, web=WebSettings(show_full_text=True))
    app.warm_up()
    limiter = Limiter(Rate(1e12, 1e12))
    async with hosting.site(app) as site:
        routes = (*site.routes, *hosting.watch(app, {"web": site}))
        async with served(routes, "127.0.0.1", 0, hosting.before(app, app.metrics, (), limiter)) as address:
            pipe.send((address, [post.id for post in posts[:200]]))
            await asyncio.to_thread(pipe.recv)


async def _ask(address: str, posts: list[str]) -> None:
    queries = make_queries(200)
    searches = [f"/search?q={query.replace(' ', '+')}" for query in queries]
    new = (f"{path}+{number}" for number in itertools.count() for path in searches)
    async with aiohttp.ClientSession(headers={"Accept-Encoding": "identity"}) as session:
        for name, paths in (
            ("/posts/ID, again", itertools.cycle([f"/posts/{post}" for post in posts])),
            ("/search, again", itertools.cycle(searches[:50])),
            ("/search, anew", new),
        ):
            body = await _body(session, address + next(paths))
            ours = await _rate(session, address, paths)
            async with _bare(body) as bare:
                _row(name, ours, await _rate(session, bare, itertools.repeat(_BARE)))


async def _body(session: aiohttp.ClientSession, url: str) -> bytes:
    """Return what is sent for a page: nothing is packed, so that the visitor has nothing to unpack."""
    async with session.get(url) as response:
        return await response.read()


async def _rate(session: aiohttp.ClientSession, address: str, paths: Iterator[str]) -> float:
    """Return how many requests a second are answered."""
    ending = time.perf_counter() + SECONDS
    answered = 0

    async def ask() -> None:
        nonlocal answered
        while time.perf_counter() < ending:
            async with session.get(address + next(paths)) as response:
                await response.read()
                if response.status != 200:
                    raise RuntimeError(f"{response.status} for a page")
            answered += 1

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    return answered / (time.perf_counter() - began)


@contextlib.asynccontextmanager
async def _bare(body: bytes) -> AsyncIterator[str]:
    """Serve the same bytes by a bare handler in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve_bare, args=(body, theirs), daemon=True)
    process.start()
    yield await asyncio.to_thread(ours.recv)
    process.kill()


def _serve_bare(body: bytes, pipe: Connection) -> None:
    async def serving() -> None:
        async def bare(_request: web.Request) -> web.Response:
            return web.Response(body=body, content_type="text/html", charset="utf-8")

        async with served([web.get(_BARE, bare)], "127.0.0.1", 0) as address:
            pipe.send(address)
            await asyncio.to_thread(pipe.recv)

    asyncio.run(serving())


def _row(name: str, ours: float, bare: float) -> None:
    row(name, f"{ours:,.0f}", f"{ours / bare:.2f}")


if __name__ == "__main__":
    main()
