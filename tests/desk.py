"""Everything that announcing keeps, on one database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Engine, update

from bot.channels import Channel
from bot.editions import DeliveryState, Edition, Task, lane_of
from bot.model import Month, Post
from bot.store import announcing
from bot.store.agenda import SqlAgenda
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.store.newsroom import SqlNewsroom
from bot.store.recorder import SqlRecorder
from bot.store.registrations import SqlRegistrations
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import a_channel, a_post, a_subscription

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SINCE = Month(2025, 12)
"""The oldest month that is news at noon."""

_Result = TypeVar("_Result")


class Desk:
    """The stores, and short ways to bring them into the state that a test begins in."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.subscriptions = SqlSubscriptions(engine)
        self.newsroom = SqlNewsroom(engine)
        self.ledger = SqlLedger(engine)
        self.lanes = SqlLanes(engine)
        self.agenda = SqlAgenda(engine)
        self.registrations = SqlRegistrations(engine)
        self.recorder = SqlRecorder(engine)

    def forget(self) -> None:
        """Forget all subscriptions and editions, but no posts: those that were news are news again."""
        with self.engine.begin() as connection:
            for table in (announcing.deliveries, announcing.selections, announcing.subscriptions, announcing.lanes):
                connection.execute(table.delete())
            connection.execute(update(announcing.news).values(edition_id=None, passed_at=None))
            connection.execute(announcing.editions.delete())

    def bring(self, *posts: Post) -> None:
        """Import posts that are news: something was imported before."""
        self.recorder.record([a_post("2015-03", "What was there before")], source="page.txt", at=NOON - DAY)
        self.recorder.record(posts, source="page.txt", at=NOON)

    def freeze(self, *posts: Post, most: int = 6) -> Edition:
        """Put posts into an edition."""
        self.bring(*posts)
        edition = self.newsroom.freeze(SINCE, most, NOON)
        assert edition
        return edition

    def subscribe(self, *names: str) -> tuple[Channel, ...]:
        """Subscribe channels of one workspace of Slack to everything, and return them."""
        channels = tuple(map(a_channel, names))
        for channel in channels:
            self.subscriptions.save(a_subscription(channel))
        return channels

    def plan(self, *names: str) -> tuple[Channel, ...]:
        """Subscribe channels and plan one delivery for each."""
        channels = self.subscribe(*names)
        self.freeze(a_post("2026-02"))
        assert self.ledger.plan(NOON) == len(names)
        return channels

    def claim(self, worker: str = "ada", limit: int = 10, at: datetime = NOON) -> tuple[Task, ...]:
        """Claim in the lane of `plan`'s workspace, under a lease of a minute."""
        lane = lane_of(a_channel())
        self.lanes.hold(worker, 1, at, at + MINUTE)
        return self.ledger.claim(lane, worker, limit, at)

    def states(self) -> dict[str, DeliveryState]:
        """Return how each channel's newest delivery stands, by the channel's name."""
        standings = self.ledger.standings(limit=1000)
        return {one.channel.id: one.state for one in reversed(standings)}


def together(*acts: Callable[[], _Result]) -> Sequence[_Result]:
    """Do several things at the same time, each in a thread of its own, and return what each of them returned."""
    start = Barrier(len(acts))

    def run(act: Callable[[], _Result]) -> _Result:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
