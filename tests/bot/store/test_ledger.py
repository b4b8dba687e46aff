"""A delivery is in one pair of hands at a time, and what became of it is written down."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.channels import Workspace
from bot.editions import SETTLED, DeliveryState, Settlement, Task, lane_of
from bot.errors import StoreError
from bot.outcomes import Delivery
from bot.subscriptions import SubscriptionState
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import DAY, HOUR, MINUTE, NOON, Desk, together

LANE = lane_of(a_channel())
SENT, FAILED, UNKNOWN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN
WAITING, SENDING, PLANNED = DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.PLANNED


def names(tasks: Sequence[Task]) -> list[str]:
    return [task.delivery.channel.id for task in tasks]


def waits(task: Task, **given: Any) -> Settlement:
    """Return that a task did not work and is to be tried again in an hour."""
    whole = Settlement(task.delivery.key, WAITING, why="Too many messages.", due_at=NOON + HOUR)
    return replace(whole, **given)


def sent(task: Task, message: str = "1700000000.000100") -> Settlement:
    return Settlement(task.delivery.key, SENT, message, f"https://example.org/{message}")


class TestClaiming:
    def test_a_task_says_all_that_sending_needs(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        (task,) = desk.claim()
        (standing,) = desk.ledger.standings()
        assert task == Task(
            delivery=Delivery(standing.key, here, NOON),
            edition=1,
            posts=(a_post("2026-02").id,),
            attempts=1,
            first_tried_at=NOON,
        )
        assert (standing.state, standing.at, standing.attempts) == (SENDING, NOON, 1)

    def test_nothing_is_claimed_without_the_lane(self, desk: Desk) -> None:
        desk.plan("C1")
        assert desk.ledger.claim(LANE, "ada", 10, NOON) == ()
        desk.lanes.hold("ada", 1, NOON, NOON + MINUTE)
        assert desk.ledger.claim(LANE, "bob", 10, NOON) == ()
        assert desk.ledger.claim("discord", "ada", 10, NOON) == ()
        assert desk.ledger.claim(LANE, "ada", 10, NOON + MINUTE) == ()
        assert desk.states() == {"C1": PLANNED}

    def test_what_is_in_hand_is_not_claimed_again(self, desk: Desk) -> None:
        desk.plan("C1", "C2", "C3")
        assert names(desk.claim(limit=2)) == ["C1", "C2"]
        assert names(desk.claim()) == ["C3"]
        assert desk.claim() == ()

    def test_what_is_claimed_is_known_to_everybody_before_it_is_sent(
        self, desk: Desk, opened: Callable[..., Engine], desk_url: str
    ) -> None:
        desk.plan("C1")
        desk.claim()
        assert Desk(opened(desk_url)).states() == {"C1": SENDING}

    def test_what_waited_longest_is_first_and_what_is_not_due_is_not_claimed(self, desk: Desk) -> None:
        desk.plan("C1", "C2", "C3", "C4")
        first, second, third = desk.claim(limit=3)
        due = [(first, NOON + 2 * HOUR), (second, NOON + HOUR), (third, NOON + 3 * HOUR)]
        desk.ledger.settle("ada", [waits(task, due_at=at) for task, at in due], NOON)
        assert names(desk.claim(at=NOON + 2 * HOUR)) == ["C4", "C2", "C1"]

    def test_workspaces_are_left_alone_for_now(self, desk: Desk) -> None:
        for workspace in ("T1", "T2", "T3"):
            desk.subscriptions.save(a_subscription(a_channel(workspace, workspace, "discord")))
        desk.freeze(a_post("2026-02"))
        desk.ledger.plan(NOON)
        desk.lanes.hold("ada", 1, NOON, NOON + MINUTE)
        apart = [Workspace("discord", "T1"), Workspace("discord", "T3"), Workspace("slack", "T2")]
        assert names(desk.ledger.claim("discord", "ada", 10, NOON, apart)) == ["T2"]
        assert names(desk.ledger.claim("discord", "ada", 10, NOON)) == ["T1", "T3"]

    def test_any_number_of_workspaces_may_be_left_alone(self, desk: Desk) -> None:
        desk.plan("C1")
        desk.lanes.hold("ada", 1, NOON, NOON + MINUTE)
        apart = [Workspace("slack", f"T{number}") for number in range(2, 40_000)]
        assert names(desk.ledger.claim(LANE, "ada", 10, NOON, apart)) == ["C1"]

    def test_claims_at_one_time_are_of_different_deliveries(self, desk: Desk) -> None:
        desk.plan(*(f"C{number:02}" for number in range(40)))
        desk.lanes.hold("ada", 1, NOON, NOON + MINUTE)
        claimed = together(*[partial(desk.ledger.claim, LANE, "ada", 10, NOON)] * 4)
        keys = [task.delivery.key for tasks in claimed for task in tasks]
        assert len(keys) == len(set(keys))
        rest = desk.claim(limit=40)
        assert len({*keys, *(task.delivery.key for task in rest)}) == 40


class TestTakingOver:
    def test_what_the_one_before_had_in_hand_comes_first_and_is_unsure(self, desk: Desk) -> None:
        desk.plan("C1", "C2", "C3")
        before = desk.claim("ada", limit=2)
        after = desk.claim("bob", at=NOON + HOUR)
        assert [(task.unsure, task.attempts) for task in after] == [(True, 2), (True, 2), (False, 1)]
        assert names(after) == ["C1", "C2", "C3"]
        assert [task.delivery for task in after[:2]] == [task.delivery for task in before]
        assert [task.first_tried_at for task in after] == [NOON, NOON, NOON + HOUR]

    def test_it_is_no_more_than_was_asked_for(self, desk: Desk) -> None:
        desk.plan("C1", "C2", "C3", "C4")
        desk.claim("ada", limit=3)
        assert names(desk.claim("bob", 2, NOON + HOUR)) == ["C1", "C2"]
        assert [(task.delivery.channel.id, task.unsure) for task in desk.claim("bob", 2, NOON + HOUR)] == [
            ("C3", True),
            ("C4", False),
        ]

    def test_it_is_looked_for_even_if_the_subscription_has_ended_since(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        desk.claim("ada")
        desk.subscriptions.save(a_subscription(here, state=SubscriptionState.ENDED))
        (task,) = desk.claim("bob", at=NOON + HOUR)
        assert task.unsure


class TestSettling:
    def test_what_was_sent_says_where_it_is(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        desk.ledger.settle("ada", [sent(task)], NOON + MINUTE)
        (standing,) = desk.ledger.standings()
        assert (standing.state, standing.at, standing.url) == (SENT, NOON + MINUTE, sent(task).url)
        assert desk.claim(at=NOON + DAY) == ()

    @pytest.mark.parametrize("state", sorted(SETTLED - {SENT}))
    def test_what_is_settled_without_being_sent_says_why(self, desk: Desk, state: DeliveryState) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        desk.ledger.settle("ada", [Settlement(task.delivery.key, state, why="So it is.")], NOON + MINUTE)
        (standing,) = desk.ledger.standings()
        assert (standing.state, standing.why, standing.due_at) == (state, "So it is.", None)
        assert desk.claim(at=NOON + DAY) == ()

    def test_what_waits_is_tried_again_when_it_is_due(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        desk.ledger.settle("ada", [waits(task)], NOON)
        (standing,) = desk.ledger.standings()
        assert (standing.state, standing.why, standing.due_at) == (WAITING, "Too many messages.", NOON + HOUR)
        assert desk.claim(at=NOON + HOUR - MINUTE) == ()
        assert desk.claim(at=NOON + HOUR) == (replace(task, attempts=2),)

    def test_what_is_in_doubt_is_looked_for_first_until_somebody_knows(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        doubts = []
        for doubt in (True, True, False):
            desk.ledger.settle("ada", [waits(task, due_at=NOON, unsure=doubt)], NOON)
            (task,) = desk.claim()
            doubts.append(task.unsure)
        assert doubts == [True, True, False]

    def test_that_it_was_sent_counts_from_whoever_had_it_before(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim("ada")
        desk.claim("bob", at=NOON + HOUR)
        desk.ledger.settle("ada", [sent(task)], NOON + HOUR)
        assert desk.states() == {"C1": SENT}
        desk.ledger.settle("bob", [waits(task)], NOON + HOUR)
        assert desk.states() == {"C1": SENT}

    def test_anything_else_counts_only_from_who_has_it_in_hand(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim("ada")
        desk.claim("bob", at=NOON + HOUR)
        for state in (FAILED, UNKNOWN, DeliveryState.SKIPPED):
            desk.ledger.settle("ada", [Settlement(task.delivery.key, state)], NOON + HOUR)
        desk.ledger.settle("ada", [waits(task)], NOON + HOUR)
        assert desk.states() == {"C1": SENDING}

    def test_the_message_that_was_sent_first_is_kept(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        for message in ("first", "second"):
            desk.ledger.settle("ada", [sent(task, message)], NOON)
        (standing,) = desk.ledger.standings()
        assert standing.url == "https://example.org/first"

    def test_nothing_is_written_down_unless_all_is(self, desk: Desk) -> None:
        desk.plan("C1", "C2")
        first, second = desk.claim()
        with pytest.raises(StoreError):
            desk.ledger.settle("ada", [sent(first), waits(second, due_at=None)], NOON)
        assert desk.states() == {"C1": SENDING, "C2": SENDING}

    def test_nothing_to_write_down_is_fine(self, desk: Desk) -> None:
        desk.ledger.settle("ada", [], NOON)
        assert desk.ledger.totals() == {}

    def test_a_text_that_no_database_takes_is_written_down(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim()
        desk.ledger.settle("ada", [Settlement(task.delivery.key, SENT, "\0", "\ud800", "")], NOON)
        (standing,) = desk.ledger.standings()
        assert standing.url == "\ufffd"

    def test_workers_settle_the_same_at_once_in_any_order(self, desk: Desk) -> None:
        desk.plan(*(f"C{number:02}" for number in range(40)))
        tasks = desk.claim(limit=40)
        done = [sent(task) for task in tasks]
        together(*(partial(desk.ledger.settle, "ada", order, NOON) for order in (done, done[::-1]) * 3))
        assert desk.ledger.totals() == {SENT: 40}
