"""What is recorded stands in the archive, to the letter, and what was there before is kept."""

from datetime import UTC, datetime

from bot.model import Effect, Where
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_recorded_post_stands_in_the_archive(archive: SqlArchive, recorder: SqlRecorder) -> None:
    (change,) = recorder.record([a_post()], source="page.txt", at=NOON)

    assert change.effect is Effect.ADDED
    assert archive.page(Where()).posts == (change.post,)
