"""The web page beside something else that keeps the program busy, such as a prompt."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TypeAlias

from adapters.cli.serving import listening, web_part
from adapters.wiring.app import App
from bot.errors import PprnetError

_Over: TypeAlias = "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]"


@contextlib.contextmanager
def page_beside(app: App) -> Iterator[str]:
    """Serve the page in a thread as long as the context lasts.

    Yields:
        Where the page is, or why there is none, in a sentence.
    """
    said: Future[str] = Future()
    over: _Over = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(app, said, over)), name="web page", daemon=True)
    thread.start()
    sentence = said.result()
    try:
        yield sentence
    finally:
        if over.done():
            loop, event = over.result()
            loop.call_soon_threadsafe(event.set)
        thread.join()


async def _serve(app: App, said: "Future[str]", over: "_Over") -> None:
    try:
        async with listening(app, [web_part(app)]) as address:
            event = asyncio.Event()
            over.set_result((asyncio.get_running_loop(), event))
            said.set_result(f"The web page: {address}")
            await event.wait()
    except PprnetError as error:
        said.set_result(error.human)
