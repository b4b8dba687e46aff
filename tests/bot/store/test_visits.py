"""What is remembered of visits to sources."""

from datetime import timedelta

from sqlalchemy import update

from bot.ports.syncing import SourceStanding
from bot.store.syncing import visits
from bot.store.visits import SqlVisits
from bot.visits import Remembered, VisitFacts
from tests.desk import DAY, NOON, Desk, together

BLOG, FEED = "https://example.org/blog", "https://example.org/feed"
WHOLE = VisitFacts(True, 60, 360, 6, 3000, 2, 700, (("title", 360),))
RECENT = VisitFacts(False, 1, 6, 6, 50, 0)


def test_nothing_is_remembered_of_a_new_source(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    assert (known.last(BLOG, whole=True), known.last(BLOG, whole=False), known.standings()) == (None, None, ())


def test_the_last_visit_of_each_extent_is_kept(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    known.believe(BLOG, WHOLE, NOON - DAY)
    known.believe(BLOG, RECENT, NOON)
    known.believe(FEED, RECENT, NOON - 2 * DAY)
    assert known.last(BLOG, whole=True) == Remembered(WHOLE, NOON - DAY)
    assert known.last(BLOG, whole=False) == Remembered(RECENT, NOON)
    assert known.last(FEED, whole=True) is None
    assert known.standings() == (SourceStanding(BLOG, NOON), SourceStanding(FEED, NOON - 2 * DAY))


def test_a_source_that_is_another_now_is_remembered_as_it_is(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    known.believe(BLOG, RECENT, NOON - DAY)
    known.believe(FEED, RECENT, NOON)
    known.believe(BLOG, WHOLE, NOON, anew=True)
    assert (known.last(BLOG, whole=False), known.last(BLOG, whole=True)) == (None, Remembered(WHOLE, NOON))
    assert known.last(FEED, whole=False) is not None


def test_a_source_is_stale_since_the_first_doubt_for_the_last_reason(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    known.doubt(FEED, "It sleeps.\0", NOON)
    known.doubt(FEED, "It snores.\0", NOON + timedelta(hours=1))
    assert known.standings() == (SourceStanding(FEED, None, NOON, "It snores.\ufffd"),)
    known.believe(FEED, RECENT, NOON + DAY)
    assert known.standings() == (SourceStanding(FEED, NOON + DAY),)


def test_a_doubtful_source_rests_and_a_doubt_of_the_whole_stays_until_it_is_believed(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    assert known.standing(BLOG) == SourceStanding(BLOG, None)
    known.doubt(BLOG, "Fewer.", NOON, rests_until=NOON + DAY, whole=True)
    assert known.standing(BLOG) == SourceStanding(BLOG, None, NOON, "Fewer.", NOON + DAY, whole=True)
    known.doubt(BLOG, "It sleeps.", NOON + DAY)
    assert known.standing(BLOG) == SourceStanding(BLOG, None, NOON, "It sleeps.", None, whole=True)
    known.believe(BLOG, WHOLE, NOON + 2 * DAY)
    assert known.standing(BLOG) == SourceStanding(BLOG, NOON + 2 * DAY)


def test_facts_that_this_version_cannot_read_are_as_good_as_none(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    known.believe(BLOG, WHOLE, NOON)
    with desk.engine.begin() as connection:
        connection.execute(update(visits).values(facts='{"of": "tomorrow"}'))
    assert known.last(BLOG, whole=True) is None


def test_two_processes_may_doubt_and_believe_at_once(desk: Desk) -> None:
    known = SqlVisits(desk.engine)
    together(
        *(lambda: known.doubt(BLOG, "It sleeps.", NOON) for _ in range(3)), lambda: known.believe(BLOG, WHOLE, NOON)
    )
    assert [standing.name for standing in known.standings()] == [BLOG]


def test_a_source_is_shown_without_what_is_the_operators_business() -> None:
    shown = [SourceStanding(name, None).shown for name in (BLOG, "http://example.org/?p=1", "/home/ada/pages")]
    assert shown == ["example.org/blog", "example.org/?p=1", "A folder of saved pages"]
