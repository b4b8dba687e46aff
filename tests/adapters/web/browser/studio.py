"""A real browser before the real pages: both on one event loop in a thread of its own, started once for all tests."""

import asyncio
import functools
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any, ParamSpec, TypeVar

from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from adapters.wiring.app import App
from tests.adapters.web.trials import trying

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 40.0
"""Seconds that a whole test may take; only a broken one does."""

_STEP = 8_000.0
"""Milliseconds that one step may take, for the same reason."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # a browser that looks for any other host finds none
]  # fmt: skip


class Studio:
    """Where tests of pages run."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.address = ""
        self.browser: Browser

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something on the loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, _PATIENCE), self._loop).result()


class Screen:
    """What one test opens, and whatever went wrong on it: no script may fail, and nothing may come from elsewhere."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.faults: list[str] = []
        self._opened = AsyncExitStack()

    async def open(
        self, path: str = "/", *, width: int = 1280, dark: bool = False, script: bool = True, heeded: bool = True
    ) -> Page:
        """Open a page in a window of its own.

        Args:
            path: of the page.
            width: of the window.
            dark: the person likes it dark.
            script: scripts run.
            heeded: what the console says is a fault.
        """
        context = await self.studio.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        self._opened.push_async_callback(context.close)
        context.set_default_timeout(_STEP)
        page = await context.new_page()
        page.on("request", self._see_request)
        page.on("pageerror", lambda error: self.faults.append(f"a script failed: {error}"))
        if heeded:
            page.on("console", self._see_message)
        await page.goto(f"{self.studio.address}{path}")
        return page

    async def close(self) -> None:
        """Close all windows."""
        await self._opened.aclose()

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.studio.address}/"):
            self.faults.append(f"something came from elsewhere: {request.url}")

    def _see_message(self, message: ConsoleMessage) -> None:
        self.faults.append(f"the console says: {message.text}")


def on_screen(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Let pytest call an async test that takes a `screen`."""

    @functools.wraps(test)
    def run(*args: P.args, **given: P.kwargs) -> None:
        screen = given["screen"]
        assert isinstance(screen, Screen)
        screen.studio.run(test(*args, **given))

    return run


@contextmanager
def studio(app: App) -> Iterator[Studio]:
    """Serve the bot's pages and start a browser, for as long as the context lasts."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="studio")
    thread.start()
    made, opened = Studio(loop), AsyncExitStack()
    try:
        made.run(_furnish(made, app, opened))
        yield made
    finally:
        made.run(opened.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _furnish(made: Studio, app: App, opened: AsyncExitStack) -> None:
    made.address = await opened.enter_async_context(trying(app))
    made.browser = await opened.enter_async_context(_browser())


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, (
        "These tests need a browser: install Chromium (on Debian: apt-get install chromium), or run `make test`."
    )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()
