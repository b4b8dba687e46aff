"""Whatever happens to workers and databases, each channel gets each edition once."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.editions import DeliveryState, Settlement, Task, lane_of
from bot.store.failures import StoreUnreachableError
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import DAY, HOUR, MINUTE, NOON, Desk

LANE = lane_of(a_channel())


class Worker:
    """A worker that sends by the rules: in a lane that it holds, and after a look if it may have been sent."""

    def __init__(self, desk: Desk, name: str, there: Counter[str]) -> None:
        self.desk = desk
        self.name = name
        self.there = there  # how many messages of each key there are at the far end
        self.until = NOON - DAY
        self.in_hand: list[Task] = []
        self.sent: list[Task] = []

    def step(self, what: str, at: datetime) -> None:
        if at >= self.until:
            self.in_hand = []  # a lost lease ends the sending
        match what:
            case "hold":
                held = self.desk.lanes.hold(self.name, 1, at, at + MINUTE)
                self.until = at + MINUTE if held else NOON - DAY
            case "claim":
                self.in_hand += self.desk.ledger.claim(LANE, self.name, 2, at)
            case "send" if self.in_hand:
                task = self.in_hand.pop(0)
                if not (task.unsure and self.there[task.delivery.key]):
                    self.there[task.delivery.key] += 1
                self.sent.append(task)
            case "settle":
                done = [Settlement(task.delivery.key, DeliveryState.SENT, "1") for task in self.sent]
                self.desk.ledger.settle(self.name, done, at)
                self.sent = []
            case "fail" if self.in_hand:
                key = self.in_hand.pop(0).delivery.key
                waits = Settlement(key, DeliveryState.WAITING, due_at=at, unsure=bool(self.there[key]))
                self.desk.ledger.settle(self.name, [waits], at)
            case "crash":
                self.in_hand, self.sent, self.until = [], [], NOON - DAY
                self.name += "'"  # whoever starts anew does so under another name
            case _:
                pass  # nothing in hand

    def finish(self, at: datetime) -> None:
        """Do all that is left to do."""
        for what in ("crash", "hold", *["claim", "send", "send", "settle"] * 8):
            self.step(what, at)


steps = st.tuples(
    st.sampled_from([0, 1]),
    st.sampled_from(["hold", "claim", "send", "settle", "fail", "crash"]),
    st.sampled_from([0, 10, 70]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(steps, max_size=25))
def test_each_channel_gets_one_message_whatever_workers_do(desk: Desk, taken: list[tuple[int, str, int]]) -> None:
    desk.forget()
    channels = desk.plan(*(f"C{number}" for number in range(5)))
    there: Counter[str] = Counter()
    workers = [Worker(desk, name, there) for name in ("ada", "bob")]
    at = NOON
    for which, what, seconds in taken:
        at += timedelta(seconds=seconds)
        workers[which].step(what, at)
    workers[0].finish(at + HOUR)
    assert desk.ledger.totals() == {DeliveryState.SENT: len(channels)}
    assert sorted(there.values()) == [1] * len(channels)


_WORK = """
import json, sys
from datetime import UTC, datetime, timedelta
from bot.editions import DeliveryState, Settlement
from bot.store.engine import open_engine
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger

url, worker = sys.argv[1:]
engine = open_engine(url)
ledger, lanes = SqlLedger(engine), SqlLanes(engine)
print("ready", flush=True)
sys.stdin.readline()
claimed = []
while ledger.totals().get(DeliveryState.PLANNED):
    at = datetime.now(UTC)
    for lane in lanes.hold(worker, 1, at, at + timedelta(minutes=1)):
        while tasks := ledger.claim(lane, worker, 7, at):
            claimed += [task.delivery.key for task in tasks]
            ledger.settle(worker, [Settlement(task.delivery.key, DeliveryState.SENT) for task in tasks], at)
    lanes.release(worker)
print(json.dumps(claimed))
"""


def test_several_processes_share_the_work_and_nothing_is_done_twice(desk: Desk, desk_url: str) -> None:
    channels = [a_channel(f"C{number}", f"T{number % 10}") for number in range(200)]
    for channel in channels:
        desk.subscriptions.save(a_subscription(channel))
    desk.freeze(a_post("2026-02"))
    assert desk.ledger.plan(NOON) == len(channels)
    command = [sys.executable, "-c", _WORK, desk_url]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen([*command, name], stdin=pipe, stdout=pipe, text=True) for name in ("ada", "bob", "cyd")]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    claimed: list[str] = []
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        output, _ = worker.communicate()
        claimed += json.loads(output)
    assert len(claimed) == len(set(claimed)) == len(channels)
    assert desk.ledger.totals() == {DeliveryState.SENT: len(channels)}


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
class TestAServerThatGoesAway:
    def test_between_two_calls_is_not_noticed(self, desk: Desk, desk_url: str) -> None:
        desk.plan("C1")
        hang_up(desk_url)
        (task,) = desk.claim()
        hang_up(desk_url)
        desk.ledger.settle("ada", [Settlement(task.delivery.key, DeliveryState.SENT)], NOON)
        assert desk.states() == {"C1": DeliveryState.SENT}

    def test_while_it_is_away_every_call_says_so_and_later_ones_work(
        self, desk: Desk, opened: Callable[..., Engine], desk_url: str
    ) -> None:
        (here,) = desk.plan("C1")
        nowhere = Desk(opened(desk_url.replace("pprnet_desk", "nowhere")))
        calls: list[Callable[[], object]] = [
            lambda: nowhere.ledger.claim(LANE, "ada", 1, NOON),
            lambda: nowhere.ledger.plan(NOON),
            lambda: nowhere.lanes.hold("ada", 1, NOON, NOON),
            lambda: nowhere.subscriptions.here(here),
        ]
        for call in calls:
            with pytest.raises(StoreUnreachableError):
                call()
        assert len(desk.claim()) == 1


def hang_up(url: str) -> None:
    """End every other connection to a database, as a server does that is restarted."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
