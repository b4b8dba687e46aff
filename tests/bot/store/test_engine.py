"""Addresses, files and transactions."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.errors import StoreError
from bot.model import TopicLabel, TopicOrigin
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine, reading, updating, writing
from bot.store.failures import StoreUnreachableError, StoreUrlError, translated
from bot.store.migrate import migrate
from bot.store.recorder import SqlRecorder
from bot.store.registrations import SqlRegistrations
from tests.builders import a_post
from tests.desk import together

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

Opened = Callable[..., Engine]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestAddresses:
    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+other"])
    def test_postgresql_is_reached_by_every_name(self, opened: Opened, postgresql_url: str, scheme: str) -> None:
        with reading(opened(postgresql_url.replace("postgresql", scheme, 1))) as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "pprnet.db",
            "mysql://secret@host/name",
            "postgresql://host:secret/name",
            "sqlite://",
            "sqlite:///:memory:",
        ],
    )
    def test_an_address_of_no_database_is_refused_without_repeating_it(self, url: str) -> None:
        with pytest.raises(StoreUrlError) as caught:
            open_engine(url)
        assert "secret" not in f"{caught.value} {caught.value.human}"
        assert "DATABASE_URL" in caught.value.human

    def test_a_given_time_limit_for_connecting_is_kept(self, opened: Opened, postgresql_url: str) -> None:
        with opened(f"{postgresql_url}&connect_timeout=7").connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            assert driver.info.get_parameters()["connect_timeout"] == "7"


class TestSqliteFiles:
    def test_nothing_is_made_before_the_first_use(self, tmp_path: Path) -> None:
        open_engine(f"sqlite:///{tmp_path / 'pprnet.db'}")
        assert not list(tmp_path.iterdir())

    def test_the_file_and_its_folders_are_their_owners_alone(self, opened: Opened, tmp_path: Path) -> None:
        migrate(opened(f"sqlite:///{tmp_path / 'home' / 'pprnet' / 'pprnet.db'}"))
        made = {path.name: mode_of(path) for path in (tmp_path / "home", *(tmp_path / "home").rglob("*"))}
        assert made.pop("home") == made.pop("pprnet") == 0o700
        assert set(made) == {"pprnet.db", "pprnet.db-wal", "pprnet.db-shm"}
        assert set(made.values()) == {0o600}

    def test_a_file_that_is_there_keeps_its_mode(self, opened: Opened, tmp_path: Path) -> None:
        file = tmp_path / "pprnet.db"
        file.touch()
        file.chmod(0o640)
        migrate(opened(f"sqlite:///{file}"))
        assert mode_of(file) == 0o640

    def test_a_file_that_cannot_be_made_is_unreachable(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreUnreachableError), reading(open_engine(f"sqlite:///{tmp_path}/file/pprnet.db")):
            pass

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnreachableError), reading(open_engine(f"sqlite:///{tmp_path}")):
            pass

    def test_connections_are_set_up_for_several_processes(self, opened: Opened, sqlite_url: str) -> None:
        with reading(opened(sqlite_url, patience=1.25)) as connection:
            names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
            settings = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
        assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 1250, "synchronous": 2}

    def test_whoever_opens_a_file_waits_while_another_program_recovers_it(
        self, opened: Opened, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine = opened(sqlite_url)
        migrate(engine)
        engine.dispose()
        # The locks of https://www.sqlite.org/walformat.html#wal_locks: to write is byte 120, to recover is byte 122; a
        # shared one of byte 128 says that the index of the log is in use, and so not to be emptied.
        script = (
            "import fcntl, sys\n"
            "with open(sys.argv[1], 'w+b') as file:\n"
            "    file.write(bytes(32768))\n"
            "    file.flush()\n"
            "    fcntl.lockf(file, fcntl.LOCK_EX, 3, 120)\n"
            "    fcntl.lockf(file, fcntl.LOCK_SH, 1, 128)\n"
            "    print('locked', flush=True)\n"
            "    sys.stdin.read()\n"
        )
        command = [sys.executable, "-c", script, f"{tmp_path / 'pprnet.db'}-shm"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout
            assert other.stdout.readline() == "locked\n"
            monkeypatch.setattr("bot.store.engine.sleep", lambda _: other.communicate())
            assert SqlArchive(engine).facts().posts == 0
            assert other.returncode == 0


class TestTransactions:
    def test_a_reader_sees_one_moment(self, engine: Engine, archive: SqlArchive, recorder: SqlRecorder) -> None:
        with reading(engine) as connection:
            count = text("SELECT count(*) FROM posts")
            before = connection.execute(count).scalar()
            recorder.record([a_post()], source="page.txt", at=NOON)
            assert connection.execute(count).scalar() == before == 0
        assert archive.facts().posts == 1

    def test_a_writer_that_fails_leaves_nothing(self, engine: Engine) -> None:
        with pytest.raises(ZeroDivisionError), writing(engine) as connection:
            assert connection.execute(text("UPDATE archive SET posts = 7")).rowcount / 0
        assert SqlArchive(engine).facts().posts == 0

    @pytest.mark.parametrize("store", ["postgresql"], indirect=True)
    def test_rows_are_updated_while_the_archive_is_written(self, engine: Engine) -> None:
        with writing(engine), updating(engine) as connection:
            connection.execute(text("INSERT INTO registrations VALUES ('discord:1', 'abc')"))
        assert SqlRegistrations(engine).registered("discord:1") == "abc"

    def test_an_update_that_waited_for_a_row_finds_it_as_the_other_left_it(self, engine: Engine) -> None:
        def add() -> None:
            for _ in range(20):
                with updating(engine) as connection:
                    before = connection.execute(text("SELECT fingerprint FROM registrations")).scalar()
                    assert before is not None
                    connection.execute(text("UPDATE registrations SET fingerprint = fingerprint || '+'"))

        SqlRegistrations(engine).register("discord:1", "")
        together(add, add, add)
        assert SqlRegistrations(engine).registered("discord:1") == "+" * 60

    def test_an_update_that_fails_leaves_nothing(self, engine: Engine) -> None:
        with pytest.raises(ZeroDivisionError), updating(engine) as connection:
            assert connection.execute(text("INSERT INTO registrations VALUES ('discord:1', 'abc')")).rowcount / 0
        assert SqlRegistrations(engine).registered("discord:1") == ""

    def test_readers_see_one_moment_after_an_update_on_the_same_connection(
        self, engine: Engine, recorder: SqlRecorder
    ) -> None:
        with updating(engine) as connection:
            connection.execute(text("INSERT INTO registrations VALUES ('discord:1', 'abc')"))
        with reading(engine) as connection:
            count = text("SELECT count(*) FROM posts")
            assert connection.execute(count).scalar() == 0
            recorder.record([a_post()], source="page.txt", at=NOON)
            assert connection.execute(count).scalar() == 0

    def test_a_connection_that_was_closed_is_told(self, engine: Engine) -> None:
        with reading(engine) as connection:
            pass
        with pytest.raises(StoreError, match="ResourceClosedError"), translated():
            connection.execute(text("SELECT 1"))

    def test_a_process_that_dies_while_it_writes_leaves_nothing(
        self, archive_url: str, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        recorder.record([a_post()], source="page.txt", at=NOON)
        before = archive.facts()
        script = (
            "import os, sys\n"
            "from bot.store.engine import open_engine\n"
            "from bot.store.recorder import SqlRecorder\n"
            "SqlRecorder(open_engine(sys.argv[1])).relabel(lambda post: os._exit(7), 'lost')\n"
        )
        assert subprocess.run([sys.executable, "-c", script, archive_url], check=False).returncode == 7
        assert (archive.facts(), recorder.catalogue()) == (before, "")
        assert recorder.relabel(lambda _: (TopicLabel("Empathy", TopicOrigin.DERIVED),), "") == 1


def test_a_sqlite_reader_goes_on_while_another_program_writes(opened: Opened, sqlite_url: str, tmp_path: Path) -> None:
    engine = opened(sqlite_url, patience=0)
    migrate(engine)
    with closing(sqlite3.connect(tmp_path / "pprnet.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM archive")
        assert SqlArchive(engine).facts().posts == 0


def test_reading_needs_no_more_than_sqlalchemy() -> None:
    script = "import sys, bot.store.archive, bot.store.migrate; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not {"alembic", "psycopg", "rapidfuzz", "sqlalchemy.orm"} & set(done.stdout.split())
