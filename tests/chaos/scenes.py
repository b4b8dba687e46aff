"""What chaos needs: a stand-in that strikes at a chosen message, locks on both databases, and a count at the end."""

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from adapters.wiring.app import App
from bot.channels import Channel
from bot.editions import DeliveryState
from tests.standins.slack import SlackStandIn
from tests.standins.slack_api import Api
from tests.standins.slack_calls import Call
from tests.standins.slack_world import SlackError, Workspace

POST = "chat.postMessage"


def strike(slack: SlackStandIn, number: int, blow: Callable[[], object], *, accepted: bool) -> None:
    """Strike when a message arrives, before or after it is taken; one that is not taken is answered by nobody.

    Args:
        slack: where it arrives.
        number: which message it is, from 1.
        blow: what to do then.
        accepted: take the message first.
    """
    post, count = slack.api.methods[POST], iter(range(1, 1_000_000))

    def struck(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
        if next(count) != number:
            return post(api, workspace, call)
        if not accepted:
            blow()
            raise SlackError("fatal_error")
        answer = post(api, workspace, call)
        blow()
        return answer

    slack.api.methods[POST] = struck


@contextlib.contextmanager
def locked(url: str) -> Iterator[Callable[[], bool]]:
    """Keep deliveries from being written; give what says whether somebody waits to."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield lambda: True  # SQLite does not tell who waits
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    with psycopg.connect(_plain(url)) as holder, psycopg.connect(_plain(url), autocommit=True) as observer:
        holder.execute("LOCK TABLE deliveries IN EXCLUSIVE MODE")
        yield lambda: bool(observer.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone())
        holder.rollback()


@contextlib.contextmanager
def away(url: str) -> Iterator[None]:
    """Let a PostgreSQL database be away: whoever uses it is thrown out, and nobody is let in."""
    name = make_url(url).database
    server = _plain(str(make_url(url).set(database="postgres").render_as_string(hide_password=False)))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


async def until(condition: Callable[[], object] | Callable[[], Awaitable[object]]) -> None:
    """Wait for what another process has to bring about."""
    while True:
        came = condition()
        if await came if isinstance(came, Awaitable) else came:
            return
        await asyncio.sleep(0.02)


async def until_all(app: App, state: DeliveryState, count: int) -> None:
    """Wait until so many deliveries, and all of them, are in a state."""

    async def are() -> bool:
        return await asyncio.to_thread(app.ledger.totals) == {state: count}

    await until(are)


def posted(slack: SlackStandIn) -> Counter[str]:
    """Return how many messages each channel has."""
    return Counter(message.channel for message in slack.world.messages)


def once_each(channels: list[Channel]) -> Counter[str]:
    """Return what `posted` should be: one message in each channel."""
    return Counter({channel.id: 1 for channel in channels})


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def size_of_log(url: str) -> int:
    """Return how much a SQLite database has in its write-ahead log, in bytes."""
    log = Path(url.removeprefix("sqlite:///") + "-wal")
    return log.stat().st_size if log.exists() else 0
