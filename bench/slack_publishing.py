"""How many announcements a second the Slack publisher posts, beside the bare client posting the same payloads.

Run with `python -m bench.slack_publishing`; goal: at least 0.9 of the bare client's rate. Both have 100 messages in
flight over one aiohttp session and never try again. The far end is a process of its own that says `ok` to everything.
What the publisher does on top counts, rendering included: an edition is one view for all channels, or, at worst, one
for each.
"""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.publisher import EVENT_TYPE, SlackPublisher
from adapters.slack.render import render
from adapters.wiring.app import open_app
from bench.timing import ms, p50, row, times
from bot.channels import Channel
from bot.outcomes import Delivery, Sent
from bot.requests import Latest
from bot.settings import Settings
from bot.views import View

MESSAGES = 2000
IN_FLIGHT = 100
ROUNDS = 7

_BARE = "bare AsyncWebClient"

Post = Callable[[int], Awaitable[None]]


def main() -> None:
    """Print every rate and its ratio to the bare client's, all taken in turn."""
    view = _newest_month()
    with _far_end() as url:
        rates = asyncio.run(_measure(url, view))
    bare = rates[_BARE]
    row(f"{MESSAGES} messages, {IN_FLIGHT} in flight, median of {ROUNDS}", "messages/s", "ratio")
    for name, taken in rates.items():
        row(name, f"{p50(taken):,.0f}", f"{p50([one / other for one, other in zip(taken, bare, strict=True)]):.2f}")
    row("rendering one message", ms(p50(times(lambda: render(view), 200))))


async def _measure(url: str, view: View) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {}
    async with aiohttp.ClientSession() as session:
        posts = {
            _BARE: _bare(session, url, view),
            "publisher, one view for all": _publisher(session, url, lambda _: view),
            "publisher, a view for each": _publisher(session, url, lambda number: replace(view, title=f"{number}")),
        }
        for post in posts.values():
            await _rate(post)
        for _ in range(ROUNDS):
            for name, post in posts.items():
                rates.setdefault(name, []).append(await _rate(post))
    return rates


def _publisher(session: aiohttp.ClientSession, url: str, view_of: Callable[[int], View]) -> Post:
    publisher = SlackPublisher(session, lambda _: "xoxb-1", base_url=url)
    at = datetime.now(UTC)

    async def post(number: int) -> None:
        delivery = Delivery(f"delivery {number}", Channel("slack", "T1", "C1"), at)
        assert isinstance(await publisher.publish(delivery, view_of(number)), Sent)

    return post


def _bare(session: aiohttp.ClientSession, url: str, view: View) -> Post:
    client = AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[])
    message = render(view)

    async def post(number: int) -> None:
        answer = await client.chat_postMessage(
            channel="C1",
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": f"delivery {number}"}},
            unfurl_links=False,
            unfurl_media=False,
        )
        assert answer["ts"]

    return post


async def _rate(post: Post) -> float:
    """Return how many messages a second were posted."""
    numbers = iter(range(MESSAGES))

    async def lane() -> None:
        for number in numbers:
            await post(number)

    start = time.perf_counter()
    async with asyncio.TaskGroup() as lanes:
        for _ in range(IN_FLIGHT):
            lanes.create_task(lane())
    return MESSAGES / (time.perf_counter() - start)


def _newest_month() -> View:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(f"sqlite:///{Path(folder) / 'pprnet.db'}", Path(folder) / "index")
        return open_app(settings, at=datetime.now(UTC)).service.answer(Latest())


@contextmanager
def _far_end() -> Iterator[str]:
    """Run a server that takes every message; yield the base of its Web API."""
    spawn = multiprocessing.get_context("spawn")
    near, far = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(far,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{near.recv()}/api/"
    finally:
        process.terminate()
        process.join()


def _serve(port: Connection) -> None:
    async def take(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response({"ok": True, "channel": "C1", "ts": "1795608000.000100"})

    async def serve() -> None:
        site = web.Application()
        site.router.add_post("/api/chat.postMessage", take)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
