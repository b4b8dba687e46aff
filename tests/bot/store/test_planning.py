"""An edition is planned as a whole and once: a delivery for every active subscription that it has posts for."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, update

from bot.editions import DeliveryState, EditionState
from bot.store import announcing
from bot.subscriptions import Filter, SubscriptionState
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import NOON, SINCE, Desk, together

TOPICS = ("Attachment", "Empathy", "Training")
POSTS = (
    a_post("2026-02", "On empathy", topics=["Empathy"]),
    a_post("2026-01", "On empathy in training", topics=["Empathy", "Training"]),
    a_post("2025-12", "On nothing named"),
)

names = st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(tuple)
filters = st.builds(Filter, names, names)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(filters, max_size=5))
def test_each_channel_gets_just_the_posts_that_its_filter_takes(desk: Desk, wanted: list[Filter]) -> None:
    desk.forget()
    desk.bring(*POSTS)
    for number, one in enumerate(wanted):
        desk.subscriptions.save(a_subscription(f"C{number}", filter=one))
    assert desk.newsroom.freeze(SINCE, 6, NOON)
    expected = {
        f"C{number}": (ids, one)
        for number, one in enumerate(wanted)
        if (ids := tuple(post.id for post in POSTS if one.takes([topic.name for topic in post.topics])))
    }
    assert desk.ledger.plan(NOON) == len(expected)
    assert {task.delivery.channel.id: (task.posts, task.filter) for task in desk.claim()} == expected


class TestWhoIsPlanned:
    def test_a_planned_delivery_is_due_at_once(self, desk: Desk) -> None:
        (here,) = desk.plan("C1")
        (standing,) = desk.ledger.standings()
        assert (standing.channel, standing.state, standing.at) == (here, DeliveryState.PLANNED, NOON)
        assert desk.lanes.next_due(NOON) == NOON

    @pytest.mark.parametrize("state", [one for one in SubscriptionState if one is not SubscriptionState.ACTIVE])
    def test_only_active_subscriptions_are_planned_for(self, desk: Desk, state: SubscriptionState) -> None:
        desk.subscriptions.save(a_subscription("C1", state=state))
        desk.freeze(a_post("2026-02"))
        assert desk.ledger.plan(NOON) == 0

    def test_who_subscribes_later_gets_the_next_edition(self, desk: Desk) -> None:
        desk.plan("C1")
        desk.subscribe("C2")
        assert desk.ledger.plan(NOON) == 0
        assert desk.states() == {"C1": DeliveryState.PLANNED}

    def test_who_asks_for_something_else_later_gets_what_was_planned(self, desk: Desk) -> None:
        desk.freeze(*POSTS)
        desk.subscriptions.save(a_subscription("C1", "Training"))
        desk.ledger.plan(NOON)
        desk.subscriptions.save(a_subscription("C1", "Empathy"))
        (task,) = desk.claim()
        assert (task.posts, task.filter) == ((POSTS[1].id,), Filter(("Training",)))

    def test_filters_whose_keys_are_equal_by_chance_are_told_apart(self, desk: Desk) -> None:
        desk.freeze(*POSTS)
        desk.subscriptions.save(a_subscription("C1", "Training"))
        desk.subscriptions.save(a_subscription("C2", "Empathy"))
        with desk.engine.begin() as connection:
            connection.execute(update(announcing.subscriptions).values(filter_key="the same"))
        assert desk.ledger.plan(NOON) == 2
        assert {task.delivery.channel.id: len(task.posts) for task in desk.claim()} == {"C1": 1, "C2": 2}


class TestWhichEditions:
    @pytest.mark.parametrize("decision", [None, EditionState.DISCARDED])
    def test_an_edition_that_is_not_open_is_left_alone(self, desk: Desk, decision: EditionState | None) -> None:
        desk.subscribe("C1")
        edition = desk.freeze(a_post("2026-02"), most=0)
        if decision:
            desk.newsroom.decide(edition.id, decision)
        assert desk.ledger.plan(NOON) == 0

    def test_a_held_edition_is_planned_once_it_is_opened(self, desk: Desk) -> None:
        desk.subscribe("C1")
        edition = desk.freeze(a_post("2026-02"), most=0)
        desk.newsroom.decide(edition.id, EditionState.OPEN)
        assert (desk.ledger.plan(NOON), desk.ledger.plan(NOON)) == (1, 0)

    def test_several_editions_are_planned_in_their_order(self, desk: Desk) -> None:
        desk.subscribe("C1")
        editions = [desk.freeze(POSTS[0]), desk.freeze(POSTS[1])]
        assert desk.ledger.plan(NOON) == 2
        assert [task.edition for task in desk.claim()] == [edition.id for edition in editions]

    def test_deliveries_of_one_number_in_two_databases_have_different_keys(self, desk: Desk) -> None:
        keys = set()
        for _ in range(2):
            desk.forget()
            desk.bring(POSTS[0])
            desk.subscriptions.save(a_subscription("C1"))
            assert desk.newsroom.freeze(SINCE, 6, NOON)
            desk.ledger.plan(NOON)
            keys |= {standing.key.partition("-")[0] for standing in desk.ledger.standings()}
        assert len(keys) == 2
        assert all(re.fullmatch("[0-9a-f]{8}", key) for key in keys)  # with its number, at most 25 characters


class TestOnce:
    def test_of_several_processes_one_plans(self, desk: Desk) -> None:
        desk.subscribe("C1", "C2")
        desk.freeze(a_post("2026-02"))
        assert sorted(together(*[partial(desk.ledger.plan, NOON)] * 4)) == [0, 0, 0, 2]

    @pytest.mark.parametrize("statement", ["INSERT INTO selections", "INSERT INTO deliveries"])
    def test_a_process_that_dies_while_it_plans_leaves_all_of_it_to_do(
        self, desk: Desk, desk_url: str, statement: str
    ) -> None:
        desk.subscribe("C1", "C2")
        edition = desk.freeze(a_post("2026-02"))
        script = (
            "import os, sys\n"
            "from datetime import UTC, datetime\n"
            "from sqlalchemy import event\n"
            "from bot.store.engine import open_engine\n"
            "from bot.store.ledger import SqlLedger\n"
            "engine = open_engine(sys.argv[1])\n"
            "@event.listens_for(engine, 'after_cursor_execute')\n"
            "def die(connection, cursor, statement, *more):\n"
            "    if statement.startswith(sys.argv[2]):\n"
            "        os._exit(7)\n"
            "SqlLedger(engine).plan(datetime.now(UTC))\n"
        )
        done = subprocess.run([sys.executable, "-c", script, desk_url, statement], check=False)
        assert done.returncode == 7
        assert (desk.ledger.totals(), desk.newsroom.editions()) == ({}, (edition,))
        assert desk.ledger.plan(NOON) == 2
        assert desk.newsroom.editions() == (replace(edition, planned_at=NOON),)

    @pytest.mark.parametrize("store", ["postgresql"], indirect=True)
    def test_nobody_is_forgotten_who_asks_for_something_new_in_the_middle_of_it(
        self, desk: Desk, opened: Callable[..., Engine], desk_url: str
    ) -> None:
        desk.freeze(*POSTS)
        desk.subscriptions.save(a_subscription("C1", "Empathy"))
        other = Desk(opened(desk_url))

        @event.listens_for(desk.engine, "after_cursor_execute")
        def change(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if statement.startswith("SELECT DISTINCT subscriptions.filter"):
                other.subscriptions.save(a_subscription("C1", "Training"))

        assert desk.ledger.plan(NOON) == 1
        assert [task.filter for task in desk.claim()] == [Filter(("Empathy",))]

    def test_nobody_is_forgotten_who_changes_what_they_ask_for_meanwhile(self, desk: Desk) -> None:
        desk.subscribe(*(f"C{number}" for number in range(30)))
        desk.freeze(*POSTS)

        def change() -> int:
            for number in range(30):
                desk.subscriptions.save(a_subscription(f"C{number}", "Training"))
            return 0

        assert sum(together(change, partial(desk.ledger.plan, NOON))) == 30

    def test_what_was_planned_while_somebody_paused_is_skipped_when_it_comes_up(self, desk: Desk) -> None:
        desk.plan("C1", "C2")
        paused = announcing.subscriptions.c.channel == "C1"
        with desk.engine.begin() as connection:
            connection.execute(update(announcing.subscriptions).where(paused).values(state=SubscriptionState.PAUSED))
        assert [task.delivery.channel for task in desk.claim()] == [a_channel("C2")]
        assert desk.states() == {"C1": DeliveryState.SKIPPED, "C2": DeliveryState.SENDING}
        (skipped,) = desk.ledger.standings(channel=a_channel("C1"))
        assert "paused" in skipped.why
