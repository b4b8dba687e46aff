"""How fast announcements are sent and written down, beside a loop that sends the same and writes nothing down.

Run with `python -m bench.announcing`; goals: at least 0.75 of the bare loop's rate on SQLite and 0.6 on PostgreSQL, at
most three times its CPU time. Both post with the publisher for Slack, a hundred at once, to a process of its own that
takes 20 ms for each message. PostgreSQL runs beside, with everything on that keeps data safe; its own CPU time does not
count. The channels are in 500 workspaces, which are 64 lanes in Slack; as Discord has it they are all in one lane. The
platforms' own limits are off.
"""

import asyncio
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
from aiohttp import web

from adapters.slack.publisher import SlackPublisher
from bench.newsrooms import Newsroom, durable_server, on_postgresql, on_sqlite, some_channels
from bench.timing import p50, row
from bot.announcing.aside import Aside
from bot.announcing.clock import SystemClock
from bot.announcing.means import Means, Names, Outlets
from bot.announcing.sender import Sender
from bot.channels import Channel
from bot.editions import DeliveryState
from bot.outcomes import Delivery, Sent
from bot.pages.announcement import announcement
from bot.subscriptions import Filter
from tests.builders import a_post

DELIVERIES = 5_000
IN_FLIGHT = 100
FAR_AWAY = 0.02
ROUNDS = 3

_BARE = "a bare loop"

Run = Callable[[SlackPublisher], Awaitable[None]]


@dataclass(slots=True)
class Taken:
    """What each round took: seconds of a clock, and of this process's CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def main() -> None:
    """Print every rate, and its ratio to the bare loop's; all are taken in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(durable_server())
        lanes, lane = some_channels(DELIVERIES), some_channels(DELIVERIES, "discord")
        newsrooms = {
            "SQLite, 64 lanes": stack.enter_context(on_sqlite(folder, lanes)),
            "SQLite, one lane": stack.enter_context(on_sqlite(folder, lane)),
            "PostgreSQL, 64 lanes": stack.enter_context(on_postgresql(server, lanes)),
            "PostgreSQL, one lane": stack.enter_context(on_postgresql(server, lane)),
        }
        url = stack.enter_context(_far_end())
        taken = asyncio.run(_measure(url, newsrooms, lanes))
    _print(taken)


def _print(taken: dict[str, Taken]) -> None:
    bare = taken[_BARE]
    row(f"{DELIVERIES} deliveries, {IN_FLIGHT} in flight, median of {ROUNDS}", "deliveries/s", "ratio", "CPU, ratio")
    for name, one in taken.items():
        faster = p50([other / mine for mine, other in zip(one.wall, bare.wall, strict=True)])
        dearer = p50([mine / other for mine, other in zip(one.cpu, bare.cpu, strict=True)])
        row(name, f"{DELIVERIES / p50(one.wall):,.0f}", f"{faster:.2f}", f"{dearer:.2f}")


async def _measure(url: str, newsrooms: dict[str, Newsroom], channels: list[Channel]) -> dict[str, Taken]:
    taken: dict[str, Taken] = {}
    async with aiohttp.ClientSession() as session:
        publisher = SlackPublisher(session, lambda _: "xoxb-1", base_url=url)
        for number in range(ROUNDS + 1):
            for name, run in {
                _BARE: _bare(channels),
                **{name: _sender(one) for name, one in newsrooms.items()},
            }.items():
                wall, cpu = await _time(run, publisher)
                if number:  # the first round warms up
                    taken.setdefault(name, Taken()).wall.append(wall)
                    taken[name].cpu.append(cpu)
    return taken


async def _time(run: Run, publisher: SlackPublisher) -> tuple[float, float]:
    start, burnt = time.perf_counter(), _cpu()
    await run(publisher)
    return time.perf_counter() - start, _cpu() - burnt


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _bare(channels: list[Channel]) -> Run:
    view, at = announcement([a_post()], Filter()), datetime.now(UTC)

    async def run(publisher: SlackPublisher) -> None:
        numbers = iter(enumerate(channels))

        async def lane() -> None:
            for number, channel in numbers:
                assert isinstance(await publisher.publish(Delivery(f"bare-{number}", channel, at), view), Sent)

        async with asyncio.TaskGroup() as lanes:
            for _ in range(IN_FLIGHT):
                lanes.create_task(lane())

    return run


def _sender(newsroom: Newsroom) -> Run:
    newsroom.freeze()
    assert newsroom.plan() == DELIVERIES
    names = count(1)

    async def run(publisher: SlackPublisher) -> None:
        outlets = Outlets({"slack": publisher, "discord": publisher}, announcement)
        means = Means(SystemClock(), random.random, Aside())
        await Sender(newsroom.stores, outlets, Names(lambda: f"{next(names)}", lambda _: False), means).run(
            until_idle=True
        )
        assert set(newsroom.stores.ledger.totals()) == {DeliveryState.SENT}

    return run


@contextmanager
def _far_end() -> Iterator[str]:
    """Run a server that takes every message after a while; yield the base of its Web API."""
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
        await request.read()
        await asyncio.sleep(FAR_AWAY)
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
