"""Which tick is followed when: a month at a time over ten years, whatever was missed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.ticks import LOOK_AGAIN, Tick, due
from bot.schedule import Schedule
from bot.settings import SCHEDULE

SCHEDULES = [Schedule(SCHEDULE, zone) for zone in ("America/Toronto", "Asia/Kolkata", "Australia/Lord_Howe")]
TICK = datetime(2026, 11, 2, 14, tzinfo=UTC)
"""The first Monday of November 2026, nine o'clock in Toronto."""

NEXT = datetime(2026, 12, 7, 14, tzinfo=UTC)
MONTHLY = SCHEDULES[0]


def test_a_new_installation_makes_up_for_nothing() -> None:
    assert due(MONTHLY, None, TICK + timedelta(days=3)) == Tick(TICK, new=True)


def test_nothing_is_due_until_the_next_tick() -> None:
    assert due(MONTHLY, (TICK, None), TICK) is None
    assert due(MONTHLY, (TICK, None), NEXT - timedelta(seconds=1)) is None
    assert due(MONTHLY, (TICK, None), NEXT) == Tick(NEXT, first=True)


def test_a_tick_that_was_missed_is_followed_late_and_of_several_the_latest() -> None:
    assert due(MONTHLY, (TICK, None), NEXT + timedelta(days=20)) == Tick(NEXT, first=True)
    assert due(MONTHLY, (datetime(2026, 1, 5, 14, tzinfo=UTC), None), NEXT) == Tick(NEXT, first=True)


def test_an_open_tick_is_looked_at_again_but_not_while_somebody_is_at_it() -> None:
    looked_at = NEXT + timedelta(minutes=5)

    assert due(MONTHLY, (TICK, looked_at), looked_at + timedelta(minutes=1)) is None
    assert due(MONTHLY, (TICK, looked_at), looked_at + LOOK_AGAIN) == Tick(NEXT)


def test_the_next_tick_is_a_new_one_whenever_the_last_was_looked_at() -> None:
    assert due(MONTHLY, (datetime(2026, 10, 5, 13, tzinfo=UTC), NEXT - timedelta(minutes=1)), NEXT) == Tick(
        NEXT, first=True
    )


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_over_ten_years_every_tick_is_followed_once_and_at_the_first_look(schedule: Schedule) -> None:
    now, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC)
    settled = schedule.last(now)
    followed = []
    while now < end:
        if tick := due(schedule, (settled, None), now):
            assert now - tick.at < timedelta(hours=6)
            followed.append(tick.at)
            settled = tick.at
        now += timedelta(hours=6)

    assert len(followed) in {119, 120}
    assert followed == sorted(set(followed))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC)), st.integers(0, 10_000_000))  # noqa: DTZ001 - hypothesis asks so
def test_after_any_absence_one_tick_is_followed_and_then_none(settled_about: datetime, absence: int) -> None:
    settled = MONTHLY.last(settled_about)
    now = settled_about + timedelta(seconds=absence)
    tick = due(MONTHLY, (settled, None), now)

    if tick is None:
        assert MONTHLY.last(now) == settled
    else:
        assert tick == Tick(MONTHLY.last(now), first=True)
        assert due(MONTHLY, (tick.at, None), now) is None
