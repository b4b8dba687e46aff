"""Opening the database that an address names, and its transactions."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_READONLY, DatabaseError, OperationalError
from sqlite3 import Connection as SqliteConnection
from sqlite3 import connect as connect_sqlite
from time import monotonic, sleep
from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from bot.store.failures import StoreUnreachableError, StoreUrlError, translated

PATIENCE = 5.0
"""Seconds that a writer waits for another one."""


def open_engine(url: str, *, patience: float = PATIENCE) -> Engine:
    """Return the engine for a database address; nothing is opened before the first use.

    Args:
        url: `sqlite:///a/file.db`, `postgresql://user:password@host/name` or the same with `postgres://`; the drivers
            are ours, whatever the address says.
        patience: seconds that a writer waits for another one.

    Raises:
        StoreUrlError: the address is of no such form.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StoreUrlError("the address of the database cannot be read") from None
    match address.get_backend_name():
        case "sqlite" if address.database and address.database != ":memory:":
            return _sqlite(address, patience)
        case "postgres" | "postgresql":
            return _postgresql(address, patience)
        case other:
            raise StoreUrlError(f"the address of the database names {other}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which everything is read as of one moment.

    Raises:
        StoreError: the database cannot be read.
    """
    with translated(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, what: str = "archive") -> Iterator[Connection]:
    """Give the connection of the one writer; what it wrote is kept when the block ends well, and else is not there.

    Everything is seen as of one moment, which comes after all that earlier writers did.

    Args:
        engine: the database.
        what: the table that writers of the same subject take turns at; SQLite has one writer whatever the subject.

    Raises:
        StoreError: nothing was written.
    """
    with translated(), engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        with connection.begin():
            if connection.dialect.name == "postgresql":
                _lock(connection, what)
            yield connection


@contextmanager
def updating(engine: Engine) -> Iterator[Connection]:
    """Give a connection that writes beside others, where rows and not the archive are at stake.

    The archive is not locked: an import may go on meanwhile. On PostgreSQL every statement sees what others have kept
    before it, so that whoever waited for a row finds it as it is then; SQLite has one writer at a time.

    Raises:
        StoreError: nothing was written.
    """
    with translated(), engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                _limit_waiting(connection)
            yield connection


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give the connection of the one process that changes the tables; another one waits until it is done.

    Raises:
        StoreError: nothing was changed.
    """
    with translated(), engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        if connection.dialect.name == "postgresql":
            # What the other process did while this one waited for the lock has to be seen.
            connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATIONS})
            yield connection


_WRITES = "pprnet_writes"
_PATIENCE = "pprnet_patience"
_FROZEN = "pprnet_frozen"
_CANNOT_WRITE = {SQLITE_READONLY, SQLITE_CANTOPEN}  # which of them depends on what forbids it
_MIGRATIONS = 0x707072_6E6574  # "pprnet": an advisory lock is known by a number only
_to_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def _sqlite(address: URL, patience: float) -> Engine:
    engine = create_engine(address.set(drivername="sqlite"), json_serializer=_to_json, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, record: Any, arguments: list[Any], keywords: dict[str, Any]) -> SqliteConnection:
        try:
            return _connected(arguments[0], keywords, patience)
        except OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE or not _is_whole(arguments[0]):
                raise
        record.info[_FROZEN] = True
        return _frozen(arguments[0], keywords)

    @event.listens_for(engine, "checkin")
    def look_again(_connection: Any, record: Any) -> None:
        # Nobody tells of a change under a file that is taken for unchanging: the next reader opens it anew.
        if record.info.get(_FROZEN):
            record.invalidate()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer half-way cannot wait for another writer: writers say so from the start.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connected(name: str, keywords: dict[str, Any], patience: float) -> SqliteConnection:
    if not name.startswith("file:"):
        _make_private(Path(name))
    connection: SqliteConnection = connect_sqlite(name, **keywords)
    try:
        _prepare(connection, patience)
    except DatabaseError:
        connection.close()
        raise
    return connection


def _prepare(connection: SqliteConnection, patience: float) -> None:
    # The driver must not begin transactions on its own: it would begin late, and never for a SELECT or DDL.
    connection.isolation_level = None
    _use_wal(connection, patience)
    connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    # What was reported as kept must outlive a power cut; an import is one commit.
    connection.execute("PRAGMA synchronous = FULL")


def _is_whole(name: str) -> bool:
    """Say whether a file has all that it holds in itself, and nothing in a log beside it."""
    file = _file_of(name)
    logs = [Path(f"{file}{ending}") for ending in ("-wal", "-journal")]
    return file.is_file() and not any(log.exists() and log.stat().st_size for log in logs)


def _frozen(name: str, keywords: dict[str, Any]) -> SqliteConnection:
    """Open a file where SQLite can make none beside it, for reading: a read-only disk, or somebody else's folder."""
    address = f"{_file_of(name).as_uri()}?mode=ro&immutable=1"
    connection: SqliteConnection = connect_sqlite(address, **{**keywords, "uri": True})
    connection.isolation_level = None
    return connection


def _file_of(name: str) -> Path:
    return Path(unquote(name.removeprefix("file:").partition("?")[0]) if name.startswith("file:") else name).absolute()


def _make_private(file: Path) -> None:
    """Create the file, and the folders that lead to it, for its owner alone; what exists stays as it is."""
    try:
        for folder in reversed(file.absolute().parents):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))
    except OSError as error:
        raise StoreUnreachableError(f"the store's file cannot be opened: {type(error).__name__}") from None


def _use_wal(connection: SqliteConnection, patience: float) -> None:
    """Turn on the write-ahead log, under which readers and the writer never wait for one another.

    SQLite itself does not wait for the locks that this takes when two processes meet in a new file, or in one whose log
    the first of them still reads after a crash.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    until = monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY or monotonic() >= until:
                raise
            sleep(0.01)
        else:
            return


def _postgresql(address: URL, patience: float) -> Engine:
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={} if "connect_timeout" in address.query else {"connect_timeout": 5},
        execution_options={_PATIENCE: patience},
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        json_serializer=_to_json,
        pool_pre_ping=True,
    )


def _lock(connection: Connection, table: str) -> None:
    """Become the one writer; readers go on. Nothing may be read before: reading would fix the moment that is seen."""
    _limit_waiting(connection)
    connection.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))


def _limit_waiting(connection: Connection) -> None:
    patience = connection.get_execution_options()[_PATIENCE]
    connection.execute(text(f"SET LOCAL lock_timeout = {round(patience * 1000)}"))
