"""Whether a visit can be believed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.visits import AlarmKind, VisitFacts, compare, read_facts, write_facts

BEFORE = VisitFacts(
    full=True, pages=67, posts=400, opening=6, lines=4000, unplaced=0, topics=900,
    shape=(("citation", 320), ("implications", 390), ("month heading", 400), ("summary", 900), ("title", 400)),
)  # fmt: skip
RECENT = VisitFacts(False, 1, 6, 6, 70, 0, shape=(("citation", 3), ("month heading", 6), ("title", 6)))

shapes = st.dictionaries(st.text(max_size=8), st.integers(0, 1000), max_size=5).map(lambda shape: tuple(shape.items()))
facts = st.builds(
    VisitFacts, st.booleans(), *[st.integers(0, 5000)] * 6, shape=shapes,
)  # fmt: skip


def kinds(previous: VisitFacts | None, this: VisitFacts) -> list[AlarmKind]:
    return [alarm.kind for alarm in compare(previous, this)]


@given(facts)
def test_facts_are_kept_as_json(kept: VisitFacts) -> None:
    assert read_facts(write_facts(kept)) == kept


@pytest.mark.parametrize("text", ["", "x", "[]", "3", "{}", '{"full": true}', '{"shape": 3}', '{"shape": {"a": "b"}}'])
def test_what_are_no_facts_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own errors are of this kind
        read_facts(text)


@given(facts)
def test_a_visit_like_the_last_one_is_believed_unless_it_could_not_be_read(this: VisitFacts) -> None:
    assert not compare(this, this)


@given(facts, facts)
def test_every_alarm_is_a_sentence(previous: VisitFacts, this: VisitFacts) -> None:
    for alarm in compare(previous, this):
        assert alarm.what.endswith(".")


def test_a_first_visit_is_believed_if_it_could_be_read() -> None:
    assert not compare(None, BEFORE)
    assert not compare(None, replace(BEFORE, unplaced=400))
    assert kinds(None, replace(BEFORE, unplaced=401)) == [AlarmKind.UNREADABLE]
    assert not compare(None, VisitFacts(True, 0, 0, 0, 0, 0))


def test_fewer_posts_than_before_are_not_believed_and_more_are() -> None:
    (alarm,) = compare(BEFORE, replace(BEFORE, posts=399))
    assert alarm.kind is AlarmKind.FEWER_POSTS
    assert "400" in alarm.what
    assert "399" in alarm.what
    assert not compare(BEFORE, replace(BEFORE, posts=403))


def test_a_short_visit_is_held_against_the_first_page_only() -> None:
    assert not compare(BEFORE, replace(BEFORE, full=False, posts=390, topics=0))
    assert kinds(RECENT, replace(RECENT, opening=5)) == [AlarmKind.FEWER_POSTS]
    assert not compare(RECENT, replace(RECENT, opening=7, posts=12, shape=tuple((n, 2 * c) for n, c in RECENT.shape)))


def test_topics_that_are_gone_are_not_believed_unless_they_are_few() -> None:
    assert kinds(BEFORE, replace(BEFORE, topics=809)) == [AlarmKind.FEWER_TOPICS]
    assert not compare(BEFORE, replace(BEFORE, topics=810))


def test_a_site_that_always_had_unreadable_lines_may_keep_them() -> None:
    odd = replace(BEFORE, unplaced=800)
    assert not compare(odd, odd)
    assert not compare(odd, replace(odd, unplaced=1200))
    assert kinds(odd, replace(odd, unplaced=1201)) == [AlarmKind.UNREADABLE]
    assert kinds(BEFORE, odd) == [AlarmKind.UNREADABLE]


@pytest.mark.parametrize(
    ("rule", "count"), [("citation", 100), ("summary", 3000), ("month heading", 66), ("title", 800), ("note", 200)]
)
def test_another_shape_is_not_believed(rule: str, count: int) -> None:
    moved = replace(BEFORE, shape=tuple({**dict(BEFORE.shape), rule: count}.items()))
    (alarm,) = compare(BEFORE, moved)
    assert alarm.kind is AlarmKind.SHAPE
    assert rule in alarm.what
    assert compare(moved, BEFORE)


@pytest.mark.parametrize(("rule", "count"), [("citation", 300), ("summary", 950), ("implications", 350), ("note", 30)])
def test_a_little_drift_is_believed(rule: str, count: int) -> None:
    assert not compare(BEFORE, replace(BEFORE, shape=tuple({**dict(BEFORE.shape), rule: count}.items())))


@pytest.mark.parametrize("cited", range(7))
def test_three_new_posts_on_a_page_of_six_may_have_citations_or_not(cited: int) -> None:
    if abs(cited - 3) <= 3:
        assert not compare(RECENT, replace(RECENT, shape=(("citation", cited), ("month heading", 6), ("title", 6))))
