"""Readings go into the archive as one, and everything about them is told."""

from datetime import UTC, datetime

import pytest

from bot.errors import SourceError
from bot.importing import Importer
from bot.model import Effect, Post, Reading, TopicLabel, TopicOrigin, Unplaced
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOW = datetime(2026, 11, 25, tzinfo=UTC)
EMPATHY = (TopicLabel("Empathy", TopicOrigin.DERIVED),)
GRIEF = (TopicLabel("Grief and Loss", TopicOrigin.DERIVED),)


def empathic(_post: Post) -> tuple[TopicLabel, ...]:
    return EMPATHY


def test_posts_without_topics_get_derived_ones(archive: SqlArchive, recorder: SqlRecorder) -> None:
    named, unnamed = a_post(title="Named", topics=("Training",)), a_post(title="Unnamed")
    Importer(recorder, empathic).take([Reading("page", (named, unnamed))], source="a test", at=NOW)

    assert [post.topics for post in archive.get([named.id, unnamed.id])] == [named.topics, EMPATHY]


def test_a_report_tells_every_post_and_every_line_left_over(recorder: SqlRecorder) -> None:
    stray = Unplaced(7, "stray", "no rule")
    readings = [Reading("one", (a_post(title="One"),), (stray,)), Reading("two", (a_post(title="Two"),))]
    report = Importer(recorder, empathic).take(readings, source="a test", at=NOW)

    assert [change.post.title for change in report.changes] == ["One", "Two"]
    assert report.count(Effect.ADDED) == 2
    assert report.unplaced == (("one", stray),)
    assert report.kept


def test_a_trial_tells_the_same_and_keeps_nothing(archive: SqlArchive, recorder: SqlRecorder) -> None:
    importer = Importer(recorder, empathic)
    trial = importer.take([Reading("page", (a_post(),))], source="a test", at=NOW, keep=False)

    assert trial.count(Effect.ADDED) == 1
    assert not trial.kept
    assert archive.facts().posts == 0


@pytest.mark.parametrize(
    ("unplaced", "said"),
    [((), "feed holds no summary."), ((Unplaced(1, "Re: Empathy", "a comment, no post"),), "a comment, no post.")],
)
def test_a_reading_without_posts_is_an_error_and_nothing_is_written(
    archive: SqlArchive, recorder: SqlRecorder, unplaced: tuple[Unplaced, ...], said: str
) -> None:
    readings = [Reading("page", (a_post(),)), Reading("feed", (), unplaced)]
    with pytest.raises(SourceError) as caught:
        Importer(recorder, empathic).take(readings, source="a test", at=NOW)

    assert said in caught.value.human
    assert archive.facts().posts == 0


def test_derived_topics_follow_a_new_catalogue_once(archive: SqlArchive, recorder: SqlRecorder) -> None:
    post = a_post()
    Importer(recorder, empathic).take([Reading("page", (post,))], source="a test", at=NOW)
    newer = Importer(recorder, lambda _: GRIEF)

    assert newer.follow_catalogue("second") == 1
    assert newer.follow_catalogue("second") == 0
    assert archive.get([post.id])[0].topics == GRIEF
