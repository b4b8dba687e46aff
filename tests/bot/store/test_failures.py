"""Every way in which a database fails: a sentence for the person, one for the log, and no row lost."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, text

from bot.errors import StoreError
from bot.model import ArchiveFacts, Post
from bot.store import failures
from bot.store.archive import SqlArchive
from bot.store.engine import reading
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEWS = [a_post("2022-01", f"secret {number}", summary=("secret " * 200,)) for number in range(40)]

Opened = Callable[..., Engine]
State = tuple[ArchiveFacts, list[Post]]


@pytest.fixture
def held(archive: SqlArchive, recorder: SqlRecorder) -> State:
    """What the archive holds before the failure."""
    recorder.record([a_post(), a_post("2021-08")], source="page.txt", at=NOON)
    return state(archive)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of the SQLite archive."""
    return tmp_path / "pprnet.db"


def state(archive: SqlArchive) -> State:
    return archive.facts(), list(archive.posts())


def failure(kind: type[StoreError], act: Callable[[], object]) -> StoreError:
    """Return the error that an act fails with, after looking at both of its sentences."""
    with pytest.raises(kind) as caught:
        act()
    error = caught.value
    assert type(error) is kind
    assert error.human == kind.__doc__
    assert "secret" not in str(error)
    assert error.__context__ is None or error.__suppress_context__  # a traceback would quote the driver's words
    return error


def recording(engine: Engine) -> Callable[[], object]:
    return lambda: SqlRecorder(engine).record(NEWS, source="secret.txt", at=NOON)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
class TestSqlite:
    def test_locked(self, opened: Opened, archive_url: str, archive: SqlArchive, held: State, file: Path) -> None:
        engine = opened(archive_url, patience=0.01)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            error = failure(failures.StoreBusyError, recording(engine))
            assert state(SqlArchive(engine)) == held
        assert str(error) == "the store failed: SQLITE_BUSY"
        recording(engine)()
        assert archive.facts().posts == len(held[1]) + len(NEWS)

    def test_read_only(self, opened: Opened, held: State, file: Path) -> None:
        engine = opened(f"sqlite:///file:{file}?mode=ro&uri=true")
        error = failure(failures.StoreReadOnlyError, recording(engine))
        assert str(error) == "the store failed: SQLITE_READONLY"
        assert state(SqlArchive(engine)) == held

    @pytest.mark.usefixtures("archive_url")
    def test_a_rehearsal_needs_no_right_to_write(self, opened: Opened, file: Path) -> None:
        recorder = SqlRecorder(opened(f"sqlite:///file:{file}?mode=ro&uri=true"))
        assert len(recorder.record(NEWS, source="page.txt", at=NOON, keep=False)) == len(NEWS)

    def test_full(self, opened: Opened, archive_url: str, archive: SqlArchive, held: State) -> None:
        engine = opened(archive_url)

        @event.listens_for(engine, "connect")
        def fill(connection: sqlite3.Connection, _record: Any) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")

        error = failure(failures.StoreFullError, recording(engine))
        assert str(error) == "the store failed: SQLITE_FULL"
        assert state(SqlArchive(engine)) == state(archive) == held

    @pytest.mark.usefixtures("held")
    def test_damaged_pages(self, opened: Opened, engine: Engine, archive_url: str, file: Path) -> None:
        engine.dispose()  # the last connection brings everything into the file itself
        with file.open("r+b") as pages:
            pages.seek(4096)
            pages.write(b"garbage!" * (file.stat().st_size // 8 - 512))
        damaged = file.read_bytes()
        for act in (SqlArchive(opened(archive_url)).facts, recording(opened(archive_url))):
            failure(failures.StoreDamagedError, act)
        assert file.read_bytes() == damaged


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
class TestPostgresql:
    def test_locked(self, opened: Opened, archive_url: str, archive: SqlArchive, held: State) -> None:
        engine = opened(archive_url, patience=0.01)
        with psycopg.connect(archive_url) as other:
            other.execute("LOCK TABLE archive IN EXCLUSIVE MODE")
            error = failure(failures.StoreBusyError, recording(engine))
            assert state(SqlArchive(engine)) == held
        assert str(error) == "the store failed: SQLSTATE 55P03"
        recording(engine)()
        assert archive.facts().posts == len(held[1]) + len(NEWS)

    def test_read_only(self, opened: Opened, archive_url: str, held: State) -> None:
        engine = opened(f"{archive_url}&options=-c%20default_transaction_read_only%3Don")
        failure(failures.StoreReadOnlyError, recording(engine))
        assert state(SqlArchive(engine)) == held

    def test_full(self, archive_url: str, archive: SqlArchive, recorder: SqlRecorder, held: State) -> None:
        with psycopg.connect(archive_url) as other:
            other.execute(
                "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no space for %', NEW.title USING ERRCODE = 'disk_full'; END $$"
            )
            other.execute("CREATE TRIGGER full_disk BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION fill()")
        failure(failures.StoreFullError, lambda: recorder.record(NEWS, source="page.txt", at=NOON))
        assert state(archive) == held

    def test_no_such_database(self, opened: Opened, archive_url: str) -> None:
        failure(failures.StoreUnreachableError, SqlArchive(opened(archive_url.replace("pprnet_test", "secret"))).facts)

    def test_the_server_hangs_up_between_two_questions(
        self, archive_url: str, archive: SqlArchive, held: State
    ) -> None:
        hang_up(archive_url)
        assert state(archive) == held

    def test_the_server_hangs_up_while_posts_are_written(
        self, archive_url: str, archive: SqlArchive, recorder: SqlRecorder, held: State
    ) -> None:
        def derive(post: Post) -> tuple[()]:
            hang_up(archive_url)
            return ()

        recorder.record([replace(held[1][0], topics=())], source="page.txt", at=NOON)
        before = state(archive)
        failure(failures.StoreUnreachableError, lambda: recorder.relabel(derive, "secret"))
        assert (state(archive), recorder.catalogue()) == (before, "")

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("25006", failures.StoreReadOnlyError),
            ("40001", failures.StoreBusyError),
            ("53100", failures.StoreFullError),
            ("53300", failures.StoreUnreachableError),
            ("57P03", failures.StoreUnreachableError),
            ("XX001", failures.StoreDamagedError),
            ("22012", StoreError),
        ],
    )
    def test_what_the_server_says(self, engine: Engine, code: str, kind: type[StoreError]) -> None:
        def act() -> None:
            with reading(engine) as connection:
                connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '{code}'; END $$"))

        assert str(failure(kind, act)) == f"the store failed: SQLSTATE {code}"


def hang_up(url: str) -> None:
    """End every other connection to a database, as a server does that is restarted."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_no_database_at_all(opened: Opened, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague, " * 100)
    engine = opened(f"sqlite:///{letter}")
    for act in (SqlArchive(engine).facts, recording(engine)):
        failure(failures.StoreDamagedError, act)
    assert letter.read_text() == "Dear colleague, " * 100


def test_a_file_that_another_program_keeps_to_itself(opened: Opened, sqlite_url: str, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        failure(failures.StoreBusyError, SqlArchive(opened(sqlite_url, patience=0.05)).facts)


def test_nobody_answers(opened: Opened) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))  # bound and not listening: every call is refused
        engine = opened(f"postgresql://pprnet:secret@127.0.0.1:{free.getsockname()[1]}/pprnet")
        for act in (SqlArchive(engine).facts, recording(engine)):
            failure(failures.StoreUnreachableError, act)


def test_tables_that_are_missing_are_told(opened: Opened, database_url: str) -> None:
    engine = opened(database_url)
    for act in (SqlArchive(engine).facts, recording(engine), lambda: list(SqlArchive(engine).posts())):
        failure(failures.StoreNotSetUpError, act)


def test_a_column_that_is_missing_is_told(engine: Engine, archive: SqlArchive) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE archive RENAME COLUMN mark TO secret"))
    failure(failures.StoreNotSetUpError, archive.facts)


def test_an_archive_without_its_row_is_told(engine: Engine, archive: SqlArchive) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM archive"))
    failure(failures.StoreNotSetUpError, archive.facts)


def test_a_statement_that_is_wrong_is_told(engine: Engine) -> None:
    def act() -> None:
        with reading(engine) as connection:
            connection.execute(text("SELECT secret secret secret"))

    failure(StoreError, act)


def test_too_many_at_once_are_told(engine: Engine) -> None:
    def act() -> None:
        with reading(engine):
            act()

    engine.pool._timeout = 0.01  # type: ignore[attr-defined] # thirty seconds are too long for a test
    failure(failures.StoreBusyError, act)
