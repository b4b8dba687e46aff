"""The archive as it is asked: pages, single posts, and all of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.model import Month, Page, Post, Where
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
POSTS = [
    a_post("2021-07", "Burnout, again", topics=["Burnout", "Training"]),
    a_post("2021-07", "Burnout affects outcomes", topics=["Burnout"]),
    a_post("2021-06", "Alliance", topics=["Alliance", "Training"]),
    a_post("2013-02", "Empathy"),
]


@pytest.fixture
def filled(archive: SqlArchive, recorder: SqlRecorder) -> SqlArchive:
    recorder.record(POSTS, source="page.txt", at=NOON)
    return archive


def titles(page: Page) -> list[str]:
    return [post.title for post in page.posts]


class TestPages:
    def test_all_posts_come_newest_first(self, filled: SqlArchive) -> None:
        page = filled.page(Where())
        assert (titles(page), page.total) == ([post.title for post in POSTS], 4)

    def test_a_page_is_a_stretch_of_the_list(self, filled: SqlArchive) -> None:
        page = filled.page(Where(), offset=1, limit=2)
        assert (titles(page), page.total) == (["Burnout affects outcomes", "Alliance"], 4)

    @pytest.mark.parametrize(
        ("where", "total"), [(Where(), 4), (Where(topics=("Training",)), 2), (Where(month=Month(2021, 7)), 2)]
    )
    def test_a_page_past_the_end_still_knows_the_total(self, filled: SqlArchive, where: Where, total: int) -> None:
        assert filled.page(where, offset=40) == Page((), total)

    def test_a_page_of_nothing_knows_the_total(self, filled: SqlArchive) -> None:
        assert filled.page(Where(), limit=0) == Page((), 4)

    def test_a_month(self, filled: SqlArchive) -> None:
        page = filled.page(Where(month=Month(2021, 7)), limit=1)
        assert (titles(page), page.total) == (["Burnout, again"], 2)

    def test_a_topic(self, filled: SqlArchive) -> None:
        page = filled.page(Where(topics=("Training",)))
        assert (titles(page), page.total) == (["Burnout, again", "Alliance"], 2)

    def test_of_several_topics_one_is_enough_and_a_post_comes_once(self, filled: SqlArchive) -> None:
        page = filled.page(Where(topics=("Training", "Burnout")))
        assert (titles(page), page.total) == (["Burnout, again", "Burnout affects outcomes", "Alliance"], 3)

    def test_a_topic_named_twice_is_one(self, filled: SqlArchive) -> None:
        assert filled.page(Where(topics=("Burnout", "Burnout"))) == filled.page(Where(topics=("Burnout",)))

    def test_a_topic_that_no_post_has(self, filled: SqlArchive) -> None:
        assert filled.page(Where(topics=("burnout",))) == Page((), 0)

    def test_everything_narrows_together(self, filled: SqlArchive) -> None:
        where = Where(month=Month(2021, 7), topics=("Training",), id_prefix=POSTS[0].id[:4])
        assert titles(filled.page(where)) == ["Burnout, again"]

    @pytest.mark.parametrize("post", POSTS)
    def test_the_beginning_of_an_id(self, filled: SqlArchive, post: Post) -> None:
        for length in (6, 11, 12):
            assert titles(filled.page(Where(id_prefix=post.id[:length]))) == [post.title]

    @pytest.mark.parametrize("prefix", ["%", "_", "\0", "\ud800", "\U0010ffff", "[0-9]*", "Z", "0" * 13])
    def test_what_begins_no_id_finds_nothing(self, filled: SqlArchive, prefix: str) -> None:
        assert filled.page(Where(id_prefix=prefix)) == Page((), 0)


class TestSinglePosts:
    def test_posts_come_in_the_order_asked_for_and_unknown_ids_are_passed_over(self, filled: SqlArchive) -> None:
        ids = [POSTS[2].id, "000000000000", "\0", POSTS[0].id]
        assert [post.title for post in filled.get(ids)] == ["Alliance", "Burnout, again"]

    def test_nothing_asked_is_nothing_found(self, filled: SqlArchive) -> None:
        assert filled.get([]) == ()


class TestAllPosts:
    def test_all_are_read_as_of_one_moment(self, filled: SqlArchive, recorder: SqlRecorder) -> None:
        reading = filled.posts()
        first = next(reading)
        recorder.record([a_post("2013-01"), a_post("2030-01")], source="page.txt", at=NOON)
        assert [first, *reading] == list(filled.page(Where(), offset=1, limit=4).posts)

    def test_reading_may_be_given_up(self, filled: SqlArchive, recorder: SqlRecorder) -> None:
        reading = filled.posts()
        next(reading)
        reading.close()  # type: ignore[attr-defined] # the port promises an iterator only
        recorder.record([a_post("2030-01")], source="page.txt", at=NOON)
        assert filled.facts().posts == 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Where,
        st.none() | st.sampled_from([Month(2021, 7), Month(2021, 6), Month(1999, 1)]),
        st.lists(st.sampled_from(["Burnout", "Training", "None"]), max_size=3).map(tuple),
        st.sampled_from(["", *(post.id[:length] for post in POSTS for length in (1, 2, 12))]),
    ),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_a_page_is_what_reading_every_post_would_find(
    filled: SqlArchive, where: Where, offset: int, limit: int
) -> None:
    meant = [post for post in filled.posts() if is_meant(post, where)]
    assert filled.page(where, offset, limit) == Page(tuple(meant[offset : offset + limit]), len(meant))


def is_meant(post: Post, where: Where) -> bool:
    return (
        where.month in {None, post.month}
        and (not where.topics or any(label.name in where.topics for label in post.topics))
        and post.id.startswith(where.id_prefix)
    )


class TestWork:
    """What keeps the answers quick: few statements, and places that are found in an index."""

    def test_facts_counts_posts_and_pages_take_few_statements(self, engine: Engine, filled: SqlArchive) -> None:
        asked: list[tuple[Callable[[], object], int]] = [
            (filled.facts, 1),
            (filled.topic_counts, 1),
            (lambda: filled.get([POSTS[0].id]), 2),
            (lambda: filled.page(Where()), 2),
            (lambda: filled.page(Where(topics=("Training",))), 2),
        ]
        for ask, most in asked:
            assert len([one for one, _ in heard(engine, ask) if one.startswith("SELECT")]) == most

    @pytest.mark.parametrize("store", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("where", [Where(), Where(month=Month(2021, 7)), Where(topics=("Training",))])
    def test_a_page_is_found_in_an_index_alone(self, engine: Engine, filled: SqlArchive, where: Where) -> None:
        statement, values = next(
            one for one in heard(engine, lambda: filled.page(where)) if one[0].startswith("SELECT")
        )
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = [row.detail for row in rows]
        assert any("USING COVERING INDEX ix_post" in step for step in plan)
        assert not any(step.startswith("SCAN post") and "COVERING" not in step for step in plan)


def heard(engine: Engine, ask: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return the statements, with their values, that a question takes."""
    statements: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        statements.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    ask()
    event.remove(engine, "before_cursor_execute", hear)
    return statements
