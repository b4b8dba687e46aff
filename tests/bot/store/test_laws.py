"""Whatever is recorded is held to the letter, and recording it again changes nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.model import Effect, Post, identify
from bot.store import tables
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.store.rows import storable_post
from tests.builders import a_post
from tests.strategies import posts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

any_posts = st.lists(posts(), max_size=4, unique_by=lambda post: identify(post.month, post.title))
on_one_archive = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@on_one_archive
@given(any_posts)
def test_what_was_recorded_is_read_to_the_letter(
    engine: Engine, archive: SqlArchive, recorder: SqlRecorder, batch: list[Post]
) -> None:
    empty(engine)
    recorder.record(batch, source="page.txt", at=NOON)
    assert unplaced(archive.everything()) == unplaced(batch)


@on_one_archive
@given(st.text(), st.text(min_size=1))
def test_any_text_at_all_is_held_the_same_way_twice(
    engine: Engine, archive: SqlArchive, recorder: SqlRecorder, title: str, text: str
) -> None:
    empty(engine)
    post = storable_post(a_post(title=title, summary=(text,), topics=[text], url=text))
    recorder.record([replace(post, id=identify(post.month, post.title))], source=text, at=NOON)
    stored = list(archive.everything())
    assert [(one.title, one.summary, one.url) for one in stored] == [(post.title, post.summary, post.url)]
    (change,) = recorder.record(stored, source=text, at=NOON)
    assert change.effect is Effect.UNCHANGED


@on_one_archive
@given(any_posts, any_posts)
def test_two_batches_and_back_again_lose_nothing(
    engine: Engine, archive: SqlArchive, recorder: SqlRecorder, first: list[Post], second: list[Post]
) -> None:
    empty(engine)
    for batch in (first, second):
        recorder.record(batch, source="page.txt", at=NOON)
    held = list(archive.everything())
    assert archive.facts().posts == len([post for post in held if not post.withdrawn]) == len(list(archive.posts()))
    assert {change.effect for change in recorder.record(held, source="export", at=NOON)} <= {Effect.UNCHANGED}
    empty(engine)
    recorder.record(held, source="export", at=NOON)
    assert list(archive.everything()) == held


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (tables.posts, tables.topic_totals, tables.imports):
            connection.execute(table.delete())


def unplaced(some: Iterable[Post]) -> list[Post]:
    """Return posts in an order of their own, without the places that an archive gave them."""
    return sorted((replace(post, sequence=0) for post in some), key=lambda post: post.id)
