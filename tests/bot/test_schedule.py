"""When announcements come: over years, in zones whose clocks change, at the ends of months."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.schedule import Schedule
from bot.settings import SCHEDULE, TIMEZONE, read_settings

ZONES = ("America/Toronto", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
LINES = (
    SCHEDULE,
    "30 2 * * *",  # skipped once a year in Toronto
    "30 1 * * *",  # there twice once a year in Toronto
    "45 1 * * SUN",  # skipped and there twice in Lord Howe, whose clocks change by half an hour
    "*/20 * * * *",
    "30 0-3 * * *",
    "0,30 2,3 * * *",
    "0 0 L * *",
    "15 2 29 2 *",
)

YEARS = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC))


def ticks(schedule: Schedule, since: datetime, until: datetime) -> list[datetime]:
    found = []
    while (since := schedule.next(since)) < until:
        found.append(since)
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_over_ten_years_it_comes_once_a_month_at_nine_on_the_first_monday(zone: str) -> None:
    here = ZoneInfo(zone)
    years = [moment.replace(tzinfo=here) for moment in YEARS]
    local = [tick.astimezone(here) for tick in ticks(Schedule(SCHEDULE, zone), *years)]

    assert len({(one.year, one.month) for one in local}) == len(local) == 120
    assert {(one.weekday(), one.hour, one.minute, one.second) for one in local} == {(0, 9, 0, 0)}
    assert all(one.day <= 7 for one in local)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("line", ["30 1 * * *", "30 2 * * *"])
def test_over_ten_years_a_daily_tick_comes_once_a_day_whatever_the_clocks_do(line: str, zone: str) -> None:
    days = [tick.astimezone(ZoneInfo(zone)).date() for tick in ticks(Schedule(line, zone), *YEARS)]

    assert len(set(days)) == len(days)
    assert len(days) in {3652, 3653, 3654}  # the ends of the ten years are those of UTC


def test_a_time_that_the_clocks_skip_comes_when_they_have_skipped_it() -> None:
    toronto = Schedule("30 2 * * *", "America/Toronto")

    assert toronto.next(datetime(2026, 3, 8, 6, tzinfo=UTC)) == datetime(2026, 3, 8, 7, tzinfo=UTC)  # 3:00 EDT
    assert toronto.next(datetime(2026, 3, 8, 7, tzinfo=UTC)) == datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_counts_the_first_time() -> None:
    toronto = Schedule("30 1 * * *", "America/Toronto")
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30 EDT; 1:30 EST is an hour later

    assert toronto.next(datetime(2026, 11, 1, 5, tzinfo=UTC)) == first
    for minutes in (0, 30, 59, 60, 61):
        assert toronto.last(first + timedelta(minutes=minutes)) == first
        assert toronto.next(first + timedelta(minutes=minutes)) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_the_last_day_of_a_month_is_its_own_in_each_month() -> None:
    days = [tick.day for tick in ticks(Schedule("0 0 L * *", "UTC"), datetime(2028, 1, 1, tzinfo=UTC), YEARS[1])][:6]

    assert days == [31, 29, 31, 30, 31, 30]


def test_a_leap_day_comes_every_four_years() -> None:
    years = [tick.year for tick in ticks(Schedule("0 9 29 2 *", "Asia/Kolkata"), *YEARS)]

    assert years == [2024, 2028, 2032]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(LINES),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis asks so
    | st.builds(
        lambda change, shift: change + timedelta(seconds=shift),
        st.sampled_from([
            datetime(2026, 3, 8, 7, tzinfo=UTC),  # Toronto springs forward
            datetime(2026, 11, 1, 6, tzinfo=UTC),  # and falls back
            datetime(2027, 10, 2, 15, 30, tzinfo=UTC),  # Lord Howe springs forward, by half an hour
            datetime(2027, 4, 3, 15, tzinfo=UTC),  # and falls back
        ]),
        st.integers(-3 * 3600, 3 * 3600),
    ),
)  # fmt: skip
def test_the_last_tick_is_the_one_that_was_named_as_the_next(line: str, zone: str, at: datetime) -> None:
    schedule = Schedule(line, zone)
    last, following = schedule.last(at), schedule.next(at)

    assert last <= at < following
    assert schedule.next(last) == following
    assert schedule.last(following) == following
    assert schedule.next(last - timedelta(microseconds=1)) == last
    assert last.tzinfo is UTC
    assert following.tzinfo is UTC


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "a cron line such as"),
        ("@monthly", "a cron line such as"),
        ("0 0 9 * * MON#1", "a cron line such as"),
        ("61 9 * * *", "bad minute"),
        ("0 9 * * FUNDAY", "bad day-of-week"),
        ("0 9 31 2 *", "bad day-of-month"),
        ("0 0 */10 2 MON#5", "never comes"),
    ],
)
def test_a_line_that_cannot_be_followed_is_told(line: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Schedule(line, "UTC")

    assert caught.value.human.startswith("PPRNET_SCHEDULE must be a cron line")
    assert said in caught.value.human


@pytest.mark.parametrize("zone", ["Toronto", "America", "../etc", "", "EST5EDT6,x"])
def test_a_zone_that_there_is_not_is_told(zone: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Schedule(SCHEDULE, zone)

    assert caught.value.human == "PPRNET_TIMEZONE must be the IANA name of a time zone, such as America/Toronto"


def test_the_settings_tell_what_is_wrong_with_both_at_once_and_with_all_else() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"PPRNET_SCHEDULE": "monthly", "PPRNET_TIMEZONE": "Toronto", "LOG_FORMAT": "loud"})

    assert len(caught.value.human.splitlines()) == 3
    assert "monthly" not in str(caught.value)


def test_what_is_set_is_followed_and_the_default_is_the_first_monday_where_the_blog_is_written() -> None:
    given_both = read_settings({"PPRNET_SCHEDULE": " 0 7 1 * * ", "PPRNET_TIMEZONE": "Asia/Kolkata"})

    assert (given_both.schedule, given_both.timezone) == ("0 7 1 * *", "Asia/Kolkata")
    assert (read_settings({}).schedule, read_settings({}).timezone) == (SCHEDULE, TIMEZONE)
    assert Schedule(SCHEDULE, TIMEZONE).next(YEARS[0]) == datetime(2024, 1, 1, 14, tzinfo=UTC)
