"""Databases with very many subscribed channels, and editions for them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import Engine, insert, make_url, select

from bot.announcing.editor import Editor
from bot.announcing.means import Stores
from bot.channels import Channel
from bot.editions import lane_of
from bot.model import Month, PostOrigin, identify
from bot.store.agenda import SqlAgenda
from bot.store.announcing import lanes, subscriptions
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine, updating
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.newsroom import SqlNewsroom
from bot.store.recorder import SqlRecorder
from bot.store.subscriptions import SqlSubscriptions
from bot.store.upserts import insert_missing
from bot.subscriptions import Subscription
from tests.builders import a_post
from tests.postgres import running

CHUNK = 5_000


def some_channels(count: int, platform: str = "slack", workspaces: int = 500) -> list[Channel]:
    """Return channels, spread over workspaces."""
    return [Channel(platform, f"T{number % workspaces}", f"C{number}") for number in range(count)]


class Newsroom:
    """Channels that wait for news, on one database."""

    def __init__(self, engine: Engine, channels: Sequence[Channel]) -> None:
        self.stores = Stores(
            SqlArchive(engine),
            SqlNewsroom(engine),
            SqlSubscriptions(engine),
            SqlLedger(engine),
            SqlLanes(engine),
            SqlAgenda(engine),
        )
        self._recorder = SqlRecorder(engine)
        self._bring("What was there before")
        _subscribe(engine, channels)

    def freeze(self) -> None:
        """Bring something new and put it into an edition."""
        self._bring(secrets.token_hex(8))
        Editor(self.stores.newsroom, self.stores.ledger).freeze(datetime.now(UTC))

    def plan(self) -> int:
        """Plan what is frozen; return how many deliveries that makes."""
        return self.stores.ledger.plan(datetime.now(UTC))

    def _bring(self, title: str) -> None:
        now = datetime.now(UTC)
        month = Month(now.year, now.month)
        body = " ".join(secrets.token_hex(4) for _ in range(60))
        post = replace(a_post(str(month), title), summary=(body,), implications=(), origin=PostOrigin.IMPORTED)
        self._recorder.record([replace(post, id=identify(month, title))], source="bench", at=now)


@contextmanager
def on_sqlite(folder: Path, channels: Sequence[Channel]) -> Iterator[Newsroom]:
    """Give a newsroom on a file of its own."""
    with _on(f"sqlite:///{folder / f'{secrets.token_hex(4)}.db'}", channels) as newsroom:
        yield newsroom


@contextmanager
def on_postgresql(server: str, channels: Sequence[Channel]) -> Iterator[Newsroom]:
    """Give a newsroom on a database of its own."""
    name = f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    with _on(make_url(server).set(database=name).render_as_string(hide_password=False), channels) as newsroom:
        yield newsroom


@contextmanager
def durable_server() -> Iterator[str]:
    """Run a PostgreSQL that keeps what it has said to have kept, which the tests' own does without."""
    with running() as server:
        with psycopg.connect(server, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = on")
            connection.execute("SELECT pg_reload_conf()")
        yield server


@contextmanager
def _on(url: str, channels: Sequence[Channel]) -> Iterator[Newsroom]:
    engine = open_engine(url)
    try:
        migrate(engine)
        yield Newsroom(engine, channels)
    finally:
        engine.dispose()


def _subscribe(engine: Engine, channels: Sequence[Channel]) -> None:
    """Subscribe channels, thousands at once, all as the first one is."""
    first, now = channels[0], datetime.now(UTC)
    SqlSubscriptions(engine).save(Subscription(0, first, "#research", private=False, by="U1", since=now))
    platforms = {lane_of(channel): channel.platform for channel in channels}
    with updating(engine) as connection:
        row = connection.execute(select(subscriptions)).one()._asdict()
        del row["id"]
        for name, platform in platforms.items():
            insert_missing(connection, lanes, {"name": name}, {"platform": platform, "until": now})
        for start in range(1, len(channels), CHUNK):
            places = [
                {"platform": one.platform, "workspace": one.workspace, "channel": one.id, "lane": lane_of(one)}
                for one in channels[start : start + CHUNK]
            ]
            connection.execute(insert(subscriptions), [{**row, **place} for place in places])
