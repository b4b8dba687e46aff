"""How fast a whole blog is read into an archive, beside the bare HTTP library fetching the same pages.

Run with `python -m bench.syncing`. The blog is a stand-in on loopback, in a process of its own; pauses are off.
"""

import asyncio
import sys
import tempfile
import time
import tracemalloc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from adapters.sources.site.fetcher import Web
from adapters.sources.site.guard import Guard
from adapters.sources.site.pacing import Clock, Manners
from adapters.sources.site.pages import read_kept
from adapters.sources.site.source import WebSource
from adapters.wiring.app import open_app
from bench.timing import row
from bot.model import Post
from bot.ports.syncing import Step
from bot.settings import Settings
from bot.sourcesettings import SourceSettings
from bot.syncing.results import Synced
from bot.syncing.syncer import How
from bot.topics.loading import load_catalogue
from bot.visits import Visit
from tests.standins.site import SiteStandIn
from tests.standins.site_posts import invented

POSTS = 400


async def main() -> None:
    """Print posts a second of both, their ratio, and the crawl's peak of Python's memory."""
    async with _serving() as blog:
        with tempfile.TemporaryDirectory() as folder:
            source = _source(blog, Path(folder) / "first")
            taken, visit, _ = await _crawled(source)
            pages = _kept(Path(folder))
            assert visit.facts.posts == POSTS, visit.facts
            again, _, _ = await _crawled(source)
            bare = await _bare(pages)
            synced, again_synced = await _synced(blog, Path(folder))
            recent, _, few = await _crawled(source, full=False)
            tracemalloc.start()
            await _crawled(_source(blog, Path(folder) / "second"))
            peak = tracemalloc.get_traced_memory()[1]
    row(f"{POSTS} posts, {len(pages)} pages", "posts/s", "pages/s", "seconds")
    for name, seconds in _named(bare, taken, again, synced, again_synced):
        row(name, f"{POSTS / seconds:,.0f}", f"{len(pages) / seconds:,.0f}", f"{seconds:.2f}")
    row("ratio of a visit", f"{bare / taken:.2f}")
    row("ratio of a whole sync", f"{bare / synced:.2f}")
    row(f"nothing new ({len(few)} page)", "", "", f"{recent:.3f}")
    row("peak of Python's memory", f"{peak / 1024**2:.1f} MiB")


def _named(
    bare: float, taken: float, again: float, synced: float, synced_again: float
) -> tuple[tuple[str, float], ...]:
    return (
        ("bare aiohttp", bare), ("a whole visit", taken), ("again, nothing changed", again),
        ("a sync into a store", synced), ("again, nothing changed", synced_again),
    )  # fmt: skip


async def _synced(blog: str, folder: Path) -> tuple[float, float]:
    """Return how long a whole sync into an empty SQLite file took, and one more that found nothing new."""
    sources = SourceSettings((blog,), "bench@example.org", pause=0)
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "pprnet.db.index", sources=sources)
    app = open_app(settings, at=datetime.now(UTC), furnished=False)
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        result = await app.syncer.sync(app.opener.sources()[0], lambda _: None, How(full=True))
        taken.append(time.perf_counter() - start)
        assert isinstance(result, Synced), result
    assert app.archive.facts().posts == POSTS
    return taken[0], taken[1]


def _source(blog: str, folder: Path) -> WebSource:
    clock = Clock(time.monotonic, lambda: datetime.now(UTC), asyncio.sleep)
    web = Web(Guard([blog]), "pprnet-bot/bench", clock, Manners(pause=0))
    return WebSource(blog, web, folder, load_catalogue())


async def _crawled(source: WebSource, *, full: bool = True) -> tuple[float, Visit, list[Step]]:
    """Return how long a visit took, what it brought, and the pages it read."""
    steps: list[Step] = []
    start = time.perf_counter()
    visit = await source.visit(_everything_known, steps.append, full=full)
    taken = time.perf_counter() - start
    source.conclude()
    return taken, visit, steps


def _kept(folder: Path) -> list[str]:
    """Return the addresses of the pages that visits left in folders below this one."""
    return [read_kept(file.read_bytes())[0] for file in folder.rglob("*.page")]


def _everything_known(_: Sequence[Post]) -> bool:
    return True


async def _bare(urls: list[str]) -> float:
    start = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        for url in urls:
            async with session.get(url) as response:
                await response.read()
    return time.perf_counter() - start


@asynccontextmanager
async def _serving() -> AsyncIterator[str]:
    """Run the blog in another process, and yield its address."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.syncing", "serve", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    try:
        yield (await server.stdout.readline()).decode().strip()
    finally:
        server.terminate()
        await server.wait()


async def _serve() -> None:
    async with SiteStandIn(invented(POSTS)) as site:
        site.encoding = "gzip"
        print(site.blog, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve() if sys.argv[1:] == ["serve"] else main())
