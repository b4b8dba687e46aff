"""A lane has one worker at a time."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editions import DeliveryState, Settlement, lane_of
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import DAY, HOUR, MINUTE, NOON, Desk, together

WORKERS = ("ada", "bob", "cyd")
WORKSPACES = ("T1", "T2", "T3")
LANES = (*(lane_of(a_channel(workspace=workspace)) for workspace in WORKSPACES), "discord")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with something due in three lanes of Slack and in that of Discord."""
    for workspace in WORKSPACES:
        desk.subscriptions.save(a_subscription(a_channel(workspace=workspace)))
    desk.subscriptions.save(a_subscription(a_channel(platform="discord")))
    desk.freeze(a_post("2026-02"))
    assert desk.ledger.plan(NOON) == len(set(LANES)) == 4
    return desk


class TestHolding:
    def test_no_more_lanes_are_taken_than_asked_for(self, busy: Desk) -> None:
        first = busy.lanes.hold("ada", 2, NOON, NOON + MINUTE)
        second = busy.lanes.hold("ada", 1, NOON, NOON + MINUTE)
        assert (len(first), len(second)) == (2, 3)
        assert set(first) < set(second)
        assert busy.lanes.hold("ada", 0, NOON, NOON + MINUTE) == second

    def test_what_others_hold_is_not_taken(self, busy: Desk) -> None:
        mine = busy.lanes.hold("ada", 3, NOON, NOON + MINUTE)
        others = busy.lanes.hold("bob", 9, NOON, NOON + MINUTE)
        assert sorted((*mine, *others)) == sorted(LANES)
        assert busy.lanes.holders() == ("ada", "bob")

    def test_a_lease_ends_unless_it_is_renewed(self, busy: Desk) -> None:
        busy.lanes.hold("ada", 9, NOON, NOON + MINUTE)
        busy.lanes.hold("ada", 0, NOON + MINUTE / 2, NOON + 2 * MINUTE)
        assert busy.lanes.hold("bob", 9, NOON + MINUTE, NOON + HOUR) == ()
        assert len(busy.lanes.hold("bob", 9, NOON + 2 * MINUTE, NOON + HOUR)) == 4
        assert busy.lanes.hold("ada", 9, NOON + 2 * MINUTE, NOON + HOUR) == ()

    def test_a_lease_that_ended_and_that_nobody_took_goes_on(self, busy: Desk) -> None:
        held = busy.lanes.hold("ada", 9, NOON, NOON + MINUTE)
        assert busy.lanes.hold("ada", 0, NOON + HOUR, NOON + 2 * HOUR) == held
        assert busy.lanes.hold("bob", 9, NOON + HOUR, NOON + 2 * HOUR) == ()

    def test_a_lane_without_anything_to_do_is_left_alone(self, busy: Desk) -> None:
        assert busy.lanes.hold("ada", 9, NOON - MINUTE, NOON) == ()

    def test_a_lane_in_which_all_is_settled_is_left_alone(self, desk: Desk) -> None:
        desk.plan("C1")
        (task,) = desk.claim("ada")
        desk.ledger.settle("ada", [Settlement(task.delivery.key, DeliveryState.SENT)], NOON)
        assert desk.lanes.hold("bob", 9, NOON + HOUR, NOON + DAY) == ()

    def test_a_lane_in_which_a_worker_died_is_taken(self, desk: Desk) -> None:
        desk.plan("C1")
        desk.claim("ada")
        assert desk.lanes.hold("bob", 9, NOON + HOUR, NOON + DAY) == (LANES[0],)

    def test_lanes_of_other_platforms_are_left_to_others(self, busy: Desk) -> None:
        assert busy.lanes.hold("ada", 9, NOON, NOON + MINUTE, ["discord", "other"]) == ("discord",)
        assert busy.lanes.hold("bob", 9, NOON, NOON + MINUTE, ["discord"]) == ()

    def test_the_lane_that_was_left_alone_longest_comes_first(self, busy: Desk) -> None:
        seen: list[str] = []
        for number in range(8):
            at = NOON + number * MINUTE
            (lane,) = busy.lanes.hold("ada", 1, at, at + MINUTE)
            busy.lanes.release("ada")
            seen.append(lane)
        assert len(set(seen[:4])) == 4
        assert seen[:4] == seen[4:]


class TestReleasing:
    def test_a_lane_that_is_given_up_is_free_at_once(self, busy: Desk) -> None:
        first, *rest = busy.lanes.hold("ada", 9, NOON, NOON + MINUTE)
        busy.lanes.release("ada", [first])
        assert busy.lanes.hold("bob", 9, NOON, NOON + MINUTE) == (first,)
        assert busy.lanes.hold("ada", 9, NOON, NOON + MINUTE) == tuple(rest)

    def test_all_are_given_up_when_none_is_named(self, busy: Desk) -> None:
        busy.lanes.hold("ada", 2, NOON, NOON + MINUTE)
        busy.lanes.hold("bob", 1, NOON, NOON + MINUTE)
        busy.lanes.release("ada")
        assert busy.lanes.holders() == ("bob",)

    def test_nobody_gives_up_the_lanes_of_others(self, busy: Desk) -> None:
        held = busy.lanes.hold("ada", 9, NOON, NOON + MINUTE)
        busy.lanes.release("bob", held)
        assert busy.lanes.hold("bob", 9, NOON, NOON + MINUTE) == ()


class TestNextDue:
    def test_nothing_is_due_when_nothing_waits(self, desk: Desk) -> None:
        assert desk.lanes.next_due(NOON) is None
        desk.plan("C1")
        desk.claim()
        assert desk.lanes.next_due(NOON) is None

    def test_it_is_the_earliest_but_not_in_the_past(self, desk: Desk) -> None:
        desk.plan("C1", "C2")
        for task, hours in zip(desk.claim(), (2, 3), strict=True):
            due_at = NOON + hours * HOUR
            desk.ledger.settle("ada", [Settlement(task.delivery.key, DeliveryState.WAITING, due_at=due_at)], NOON)
        assert desk.lanes.next_due(NOON) == NOON + 2 * HOUR
        assert desk.lanes.next_due(NOON + DAY) == NOON + DAY

    def test_only_the_platforms_that_are_named_count(self, desk: Desk) -> None:
        desk.plan("C1")
        assert desk.lanes.next_due(NOON, ["discord"]) is None
        assert desk.lanes.next_due(NOON, ["discord", "slack"]) == NOON


class TestOneWorker:
    def test_workers_that_come_at_one_time_take_different_lanes(self, busy: Desk) -> None:
        workers = ("ada", "bob", "cyd", "dan")
        held = together(*(partial(busy.lanes.hold, worker, 2, NOON, NOON + MINUTE) for worker in workers))
        assert sorted(lane for lanes in held for lane in lanes) == sorted({lane for lanes in held for lane in lanes})

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(WORKERS),
                st.sampled_from(["hold", "claim", "release"]),
                st.integers(0, 90),
            ),
            max_size=12,
        )
    )
    def test_no_two_workers_ever_believe_that_they_hold_the_same_lane(
        self, busy: Desk, steps: list[tuple[str, str, int]]
    ) -> None:
        for worker in WORKERS:
            busy.lanes.release(worker)
        believed: dict[str, tuple[str, timedelta]] = {}  # by lane: who was last told to hold it, and until when
        now = timedelta()
        for worker, step, seconds in steps:
            now += timedelta(seconds=seconds)
            taken = {lane: holder for lane, (holder, until) in believed.items() if until > now}
            match step:
                case "hold":
                    for lane in busy.lanes.hold(worker, 2, NOON + now, NOON + now + MINUTE):
                        assert taken.get(lane, worker) == worker
                        believed[lane] = worker, now + MINUTE
                case "claim":
                    for lane in LANES:
                        assert not busy.ledger.claim(lane, worker, 1, NOON + now) or taken[lane] == worker
                case _:
                    busy.lanes.release(worker)
                    believed = {lane: held for lane, held in believed.items() if held[0] != worker}
