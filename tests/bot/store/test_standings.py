"""Deliveries as they stand, and how those that did not work are tried again."""

from collections.abc import Sequence

import pytest

from bot.editions import DeliveryState, Settlement, Task
from bot.subscriptions import SubscriptionState
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import DAY, HOUR, NOON, Desk

SENT, FAILED, UNKNOWN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN
WAITING, PLANNED = DeliveryState.WAITING, DeliveryState.PLANNED


def sent(task: Task) -> Settlement:
    return Settlement(task.delivery.key, SENT, "1700000000.000100", "https://example.org/1")


class TestRetrying:
    @pytest.fixture
    def settled(self, desk: Desk) -> Sequence[Task]:
        """Deliveries that failed, may have been sent, were sent, and wait, tried once by `ada`."""
        desk.plan("failed", "unknown", "sent", "waiting")
        tasks = desk.claim()
        made = [Settlement(tasks[0].delivery.key, FAILED, why="No."), Settlement(tasks[1].delivery.key, UNKNOWN)]
        waits = Settlement(tasks[3].delivery.key, WAITING, due_at=NOON + HOUR)
        desk.ledger.settle("ada", [*made, sent(tasks[2]), waits], NOON)
        return tasks

    @pytest.mark.usefixtures("settled")
    def test_what_failed_starts_anew_and_what_is_unknown_is_looked_for(self, desk: Desk) -> None:
        assert desk.ledger.retry([], NOON + DAY) == 2
        again = {task.delivery.channel.id: task for task in desk.claim(at=NOON + DAY)}
        assert set(again) == {"failed", "unknown", "waiting"}
        assert not again["failed"].unsure
        assert again["unknown"].unsure
        for name in ("failed", "unknown"):
            assert (again[name].attempts, again[name].first_tried_at) == (1, NOON + DAY)

    @pytest.mark.usefixtures("settled")
    def test_no_message_of_an_earlier_try_is_older_than_its_intent(self, desk: Desk) -> None:
        desk.ledger.retry([], NOON + DAY)
        assert {task.delivery.intended_at for task in desk.claim(at=NOON + DAY)} == {NOON}

    def test_only_those_that_are_named(self, desk: Desk, settled: Sequence[Task]) -> None:
        failed, unknown, done, _ = (task.delivery.key for task in settled)
        assert desk.ledger.retry([unknown, done, "00000000-1", "nothing", "\0"], NOON) == 1
        assert desk.states() == {"failed": FAILED, "unknown": WAITING, "sent": SENT, "waiting": WAITING}
        assert desk.ledger.retry(["0" + failed[1:] if failed[0] != "0" else "1" + failed[1:]], NOON) == 0
        assert desk.ledger.retry([failed] * 1200, NOON) == 1

    @pytest.mark.usefixtures("settled")
    def test_those_of_a_subscription_that_is_not_active_stay(self, desk: Desk) -> None:
        desk.subscriptions.save(a_subscription("failed", state=SubscriptionState.PAUSED))
        assert desk.ledger.retry([], NOON) == 1
        assert desk.states()["failed"] is FAILED


class TestShowing:
    @pytest.fixture(autouse=True)
    def _announced(self, desk: Desk) -> None:
        """Two editions for two channels, of which the first is sent."""
        desk.plan("C1", "C2")
        desk.ledger.settle("ada", [sent(task) for task in desk.claim()], NOON)
        desk.freeze(a_post("2026-01"))
        desk.ledger.plan(NOON + DAY)

    def test_the_newest_come_first(self, desk: Desk) -> None:
        shown = desk.ledger.standings()
        assert [(one.edition, one.channel.id) for one in shown] == [(2, "C2"), (2, "C1"), (1, "C2"), (1, "C1")]
        assert desk.ledger.standings(limit=2) == shown[:2]

    def test_each_narrows(self, desk: Desk) -> None:
        here = a_channel("C1")
        assert [one.edition for one in desk.ledger.standings(channel=here)] == [2, 1]
        assert {one.edition for one in desk.ledger.standings(states=[SENT, FAILED])} == {1}
        assert {one.edition for one in desk.ledger.standings(edition=2)} == {2}
        (one,) = desk.ledger.standings(channel=here, states={SENT}, edition=1)
        assert (one.channel, one.label, one.state, one.attempts) == (here, "#research", SENT, 1)
        assert desk.ledger.standings(channel=here, states={SENT}, edition=2) == ()

    def test_totals_leave_out_what_there_is_none_of(self, desk: Desk) -> None:
        assert desk.ledger.totals() == {SENT: 2, PLANNED: 2}
        assert desk.ledger.totals(edition=1) == {SENT: 2}
        assert desk.ledger.totals(edition=3) == {}
