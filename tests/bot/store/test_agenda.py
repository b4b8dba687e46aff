"""A tick of the schedule is followed by one process, and again only when it is time to look again."""

from functools import partial

from tests.desk import DAY, HOUR, NOON, Desk, together

MARCH, APRIL = NOON, NOON + 30 * DAY


class TestTicks:
    def test_a_new_installation_has_none(self, desk: Desk) -> None:
        assert desk.agenda.ticks() is None

    def test_a_tick_that_was_begun_before_any_was_settled_is_no_past(self, desk: Desk) -> None:
        assert desk.agenda.begin(MARCH, MARCH, MARCH - HOUR)
        assert desk.agenda.ticks() is None

    def test_the_newest_settled_tick_is_told(self, desk: Desk) -> None:
        for tick in (MARCH, APRIL, MARCH):
            desk.agenda.settle(tick)
        assert desk.agenda.ticks() == (APRIL, None)

    def test_a_later_tick_is_told_with_the_last_look_at_it(self, desk: Desk) -> None:
        desk.agenda.settle(MARCH)
        assert desk.agenda.begin(APRIL, APRIL + HOUR, APRIL)
        assert desk.agenda.ticks() == (MARCH, APRIL + HOUR)
        desk.agenda.settle(APRIL)
        assert desk.agenda.ticks() == (APRIL, None)


class TestBeginning:
    def test_one_process_begins_a_tick(self, desk: Desk) -> None:
        begin = partial(desk.agenda.begin, MARCH, MARCH, MARCH - HOUR)
        assert sorted(together(*[begin] * 4)) == [False, False, False, True]

    def test_it_is_too_early_until_the_last_look_is_long_enough_ago(self, desk: Desk) -> None:
        assert desk.agenda.begin(MARCH, MARCH, MARCH - DAY)
        assert not desk.agenda.begin(MARCH, MARCH + HOUR, MARCH + HOUR - DAY)
        assert desk.agenda.begin(MARCH, MARCH + DAY, MARCH)
        assert not desk.agenda.begin(MARCH, MARCH + DAY, MARCH)

    def test_a_settled_tick_is_not_begun_again_nor_an_earlier_one(self, desk: Desk) -> None:
        desk.agenda.settle(APRIL)
        assert not desk.agenda.begin(APRIL, APRIL + DAY, APRIL)
        assert not desk.agenda.begin(MARCH, APRIL + DAY, APRIL)

    def test_a_later_tick_does_not_wait_for_an_earlier_one(self, desk: Desk) -> None:
        assert desk.agenda.begin(MARCH, APRIL - HOUR, MARCH)
        assert desk.agenda.begin(APRIL, APRIL, APRIL - DAY)
        assert not desk.agenda.begin(MARCH, APRIL + DAY, APRIL)
