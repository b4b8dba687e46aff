"""An archive that may only be read answers as any other."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.model import Where
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.failures import StoreReadOnlyError, StoreUnreachableError
from bot.store.migrate import is_current, migrate
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOBODY = 65534

Opened = Callable[..., Engine]


@pytest.fixture
def folder(sqlite_template: Path) -> Iterator[Path]:
    """A folder that everybody may enter, which `tmp_path` is not, with an archive of one post in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copy(sqlite_template, folder / "pprnet?.db")
        record(folder)
        yield folder


def record(folder: Path, month: str = "2021-07") -> None:
    engine = open_engine(url_of(folder))
    SqlRecorder(engine).record([a_post(month)], source="page.txt", at=NOON)
    engine.dispose()  # the last connection brings everything into the file itself


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder}/pprnet%3F.db"


@contextmanager
def only_readable(folder: Path) -> Iterator[None]:
    """Forbid every writing in a folder, to root as well by being somebody else for a while."""
    user = os.geteuid()
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


def test_look_ups_are_answered_from_a_file_that_may_only_be_read(opened: Opened, folder: Path) -> None:
    with only_readable(folder):
        engine = opened(url_of(folder))
        archive = SqlArchive(engine)
        assert is_current(engine)
        assert archive.facts().posts == archive.page(Where()).total == len(list(archive.posts())) == 1
        assert [file.name for file in folder.iterdir()] == ["pprnet?.db"]


def test_nothing_is_written_to_a_file_that_may_only_be_read(opened: Opened, folder: Path) -> None:
    with only_readable(folder):
        engine = opened(url_of(folder))
        recorder = SqlRecorder(engine)
        for act in (
            lambda: recorder.record([a_post("2022-01")], source="page.txt", at=NOON),
            lambda: recorder.relabel(lambda _: (), "anew"),
        ):
            with pytest.raises(StoreReadOnlyError):
                act()
        migrate(engine)  # there is nothing to change
        assert SqlArchive(engine).facts().posts == 1


def test_an_address_that_asks_for_reading_only_is_answered_as_well(opened: Opened, folder: Path) -> None:
    with only_readable(folder):
        engine = opened(f"sqlite:///file:{folder}/pprnet%253F.db?mode=ro&uri=true")
        assert SqlArchive(engine).facts().posts == 1


def test_what_somebody_else_writes_is_seen_by_the_next_reader(opened: Opened, folder: Path) -> None:
    with only_readable(folder):
        archive = SqlArchive(opened(url_of(folder)))
        assert archive.facts().posts == 1
    (folder / "pprnet?.db").chmod(0o644)
    record(folder, "2022-01")
    with only_readable(folder):
        assert archive.facts().posts == 2


def test_a_file_whose_last_posts_are_in_a_log_beside_it_is_not_read_without_them(opened: Opened, folder: Path) -> None:
    (folder / "pprnet?.db-wal").write_bytes(b"posts")
    with only_readable(folder):
        with pytest.raises(StoreUnreachableError) as caught:
            SqlArchive(opened(url_of(folder))).facts()
        assert "running" not in caught.value.human
