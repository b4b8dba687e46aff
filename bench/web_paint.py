"""How soon the page to try the bot on is there, beside a bare page of the same bytes in the same run.

Run with `python -m bench.web_paint`. Chromium takes the times (first contentful paint, from the start of the
navigation), each time in a window that has nothing kept; rounds alternate. Beside our page stand the same bytes from a
bare aiohttp handler, without our headers and with them, which says what our server adds, and the same words with
neither stylesheet nor script, which says what those add. Nothing comes from any network.
"""

import asyncio
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from adapters import hosting
from adapters.web.security import HEADERS
from adapters.web.server import served
from adapters.wiring.app import open_app
from bench.timing import ms, p50, p99, row
from bot.settings import Settings

ROUNDS = 25
PATHS = {"the page": "/", "with an answer": "/?q=topic+burnout"}

_FETCHED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*>(?:</script>)?')
_ADDRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_PAINTED = """() => new Promise((tell) => new PerformanceObserver((seen) => {
  const [paint] = seen.getEntriesByName("first-contentful-paint");
  if (paint) tell(paint.startTime);
}).observe({ type: "paint", buffered: true }))"""


def main() -> None:
    """Print a table for each page."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> None:
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index")
    app = open_app(settings, at=datetime.now(UTC))
    async with (
        hosting.site(app) as site,
        served(site.routes, "127.0.0.1", 0, hosting.before(app, app.metrics, ())) as ours,
        async_playwright() as playwright,
    ):
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, path in PATHS.items():
            routes = await _copied(ours, path)
            async with served(routes, "127.0.0.1", 0) as bare:
                await _compare(browser, name, f"{ours}{path}", bare)
        await browser.close()


async def _copied(ours: str, path: str) -> list[web.RouteDef]:
    """Return bare handlers for the bytes of a page and of all that it fetches, and for its words alone."""
    async with aiohttp.ClientSession() as session:
        page = await _got(session, f"{ours}{path}")
        found = {each.partition("?")[0]: await _got(session, f"{ours}{each}") for each in _ADDRESS.findall(page[0])}
    words = _FETCHED.sub("", page[0]), page[1]
    bare = [_bare(path, *what, {}) for path, what in {"/": page, "/words": words, **found}.items()]
    return [*bare, _bare("/guarded", *page, HEADERS)]


async def _got(session: aiohttp.ClientSession, url: str) -> tuple[str, str]:
    async with session.get(url) as response:
        return await response.text(), response.content_type


def _bare(path: str, text: str, kind: str, headers: dict[str, str]) -> web.RouteDef:
    body = text.encode()

    async def handle(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)

    return web.get(path, handle)


async def _compare(browser: Browser, name: str, ours: str, bare: str) -> None:
    urls = {
        "pprnet": ours,
        "the same bytes, bare": f"{bare}/",
        "the same bytes and headers, bare": f"{bare}/guarded",
        "the same words alone, bare": f"{bare}/words",
    }
    taken: dict[str, list[float]] = {each: [] for each in urls}
    for number in range(ROUNDS + 2):
        for each, url in urls.items():
            seconds = await _painted(browser, url)
            if number >= 2:  # the first ones start the browser's own parts
                taken[each].append(seconds)
    row(f"{name}: first paint", "p50", "p99", "pprnet to it")
    for each, times in taken.items():
        row(each, ms(p50(times)), ms(p99(times)), f"{p50(taken['pprnet']) / p50(times):.2f}")
    print()


async def _painted(browser: Browser, url: str) -> float:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(url)
    milliseconds: float = await page.evaluate(_PAINTED)
    await context.close()
    return milliseconds / 1000


if __name__ == "__main__":
    main()
