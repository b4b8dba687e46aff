"""Damage is found before somebody asks for the post that it took."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store.archive import SqlArchive
from bot.store.failures import StoreDamagedError, StoreUnreachableError
from bot.store.recorder import SqlRecorder
from bot.store.soundness import check
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_database_that_was_written_to_is_sound(engine: Engine, recorder: SqlRecorder) -> None:
    recorder.record([a_post(title=f"Post {number}") for number in range(40)], source="page.txt", at=NOON)
    check(engine)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_damage_is_found_where_the_first_answers_do_not_look(
    opened: Callable[..., Engine], archive_url: str, engine: Engine, recorder: SqlRecorder, tmp_path: Path
) -> None:
    posts = [a_post(title=f"Post {number}", summary=("word " * 300,)) for number in range(100)]
    recorder.record(posts, source="page.txt", at=NOON)
    engine.dispose()  # the last connection brings everything into the file itself
    file = tmp_path / "pprnet.db"
    with file.open("r+b") as pages:
        pages.seek(file.stat().st_size // 2)
        pages.write(b"\x5a" * 60_000)
    damaged = opened(archive_url)
    assert SqlArchive(damaged).facts().posts == len(posts)
    with pytest.raises(StoreDamagedError):
        check(damaged)


def test_a_database_that_is_not_there_is_told(opened: Callable[..., Engine], tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachableError):
        check(opened(f"sqlite:///{tmp_path}"))
