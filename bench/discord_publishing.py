"""How many announcements a second the Discord publisher posts, beside the bare client sending the same messages.

Run with `python -m bench.discord_publishing`. Goals: without limits at least 0.9 of what `channel.send` of discord.py
does; within Discord's limits at least 0.95 of the 50 a second that it takes, none lost, fewer than 1 % refused.
Both have 100 messages in flight, each to a channel of its own, over one client. The far end is a process of its own: it
says yes to everything, or counts as Discord counts. What the publisher does on top counts, rendering included.
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import discord
from discord.http import Route

from adapters.discord.addresses import use_api
from adapters.discord.pacing import CEILING, Pacing
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.render import announced
from adapters.wiring.app import open_app
from bench.discord_far_end import FIRST_CHANNEL, GUILD, far_end
from bench.timing import ms, p50, row, times
from bot.channels import Channel
from bot.outcomes import Delivery, Sent, TryLater
from bot.requests import Latest
from bot.settings import Settings
from bot.views import View

MESSAGES = 1000
IN_FLIGHT = 100
ROUNDS = 5

_BARE = "bare channel.send"
_PUBLISHER = "publisher"

Post = Callable[[int], Awaitable[None]]


def main() -> None:
    """Print the rates without limits and their ratio, then what comes through within the limits."""
    view = _newest_month()
    with far_end(limited=False) as url:
        rates = asyncio.run(_without_limits(url, view))
    row(f"{MESSAGES} messages, {IN_FLIGHT} in flight, median of {ROUNDS}", "messages/s", "ratio")
    for name, taken in rates.items():
        ratio = p50([one / other for one, other in zip(taken, rates[_BARE], strict=True)])
        row(name, f"{p50(taken):,.0f}", f"{ratio:.2f}")
    row("rendering one message", ms(p50(times(lambda: announced(view), 200))))
    with far_end(limited=True) as url:
        asyncio.run(_within_limits(url, view))


async def _without_limits(url: str, view: View) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {}
    async with _client(url) as client:
        publisher = DiscordPublisher(client, pacing=Pacing(None))
        posts = {_BARE: _bare(client, view), _PUBLISHER: _publishing(publisher, view)}
        async with publisher:  # leaving waits for what it asks on the side the first time: which channels announce
            for post in posts.values():
                await _rate(post)
        for _ in range(ROUNDS):
            for name, post in posts.items():
                rates.setdefault(name, []).append(await _rate(post))
    return rates


async def _within_limits(url: str, view: View) -> None:
    """Post once in every channel of a server that has limits, and again what it refused."""
    async with _client(url) as client, DiscordPublisher(client) as publisher:
        rate = await _rate(_publishing(publisher, view))
        told = await client.http.request(Route("GET", "/told"))
    row("within the limits", f"{rate:.1f}", f"{rate / CEILING:.3f}")
    row("channels that have their message", f"{told['reached']:,}")
    row("refused for haste", f"{told['refused'] / told['asked']:.2%}")


def _publishing(publisher: DiscordPublisher, view: View) -> Post:
    at = datetime.now(UTC)
    keys = itertools.count()

    async def post(number: int) -> None:
        delivery = Delivery(f"{next(keys)}", Channel("discord", GUILD, str(FIRST_CHANNEL + number)), at)
        outcome = await publisher.publish(delivery, view)
        if isinstance(outcome, TryLater):
            await asyncio.sleep(outcome.after or 1.0)
            await post(number)
        else:
            assert isinstance(outcome, Sent), outcome

    return post


def _bare(client: discord.Client, view: View) -> Post:
    message = announced(view)
    keys = itertools.count()

    async def post(number: int) -> None:
        channel = client.get_partial_messageable(FIRST_CHANNEL + number)
        sent = await channel.send(**message.sending(), nonce=f"{next(keys)}")
        assert sent.id

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


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[discord.Client]:
    use_api(url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login("token")
        yield client


def _newest_month() -> View:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(f"sqlite:///{Path(folder) / 'pprnet.db'}", Path(folder) / "index")
        return open_app(settings, at=datetime.now(UTC)).service.answer(Latest())


if __name__ == "__main__":
    main()
