"""Both stores, real ones, for every test that asks."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, make_url

from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.migrate import migrate
from bot.store.recorder import SqlRecorder
from tests.postgres import running

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a database of a PostgreSQL on which databases may be made: the one that
    PPRNET_TEST_DATABASE_URL names, else one that runs as long as the tests.
    """
    if given := os.environ.get("PPRNET_TEST_DATABASE_URL"):
        yield given
    else:
        with running() as url:
            yield url


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: str) -> Iterator[tuple[str, str]]:
    """The addresses of two PostgreSQL databases for each test in turn: making one takes longer than emptying it."""
    with _database(postgresql_server) as bare, _database(postgresql_server) as archive:
        yield bare, archive


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them, to copy."""
    file = tmp_path_factory.mktemp("template") / "pprnet.db"
    with _opened(f"sqlite:///{file}") as engine:
        migrate(engine)
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'pprnet.db'}"


@pytest.fixture
def postgresql_url(postgresql_databases: tuple[str, str]) -> str:
    """The address of a PostgreSQL database without any tables."""
    return _emptied(postgresql_databases[0])


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that asks, by whatever name, is run on each."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(store: str, request: pytest.FixtureRequest) -> str:
    """The address of a database without any tables, on each store."""
    url: str = request.getfixturevalue(f"{store}_url")
    return url


@pytest.fixture
def archive_url(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables and nothing in them, on each store."""
    if store == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path / 'pprnet.db')}"
    url = _emptied(request.getfixturevalue("postgresql_databases")[1])
    with _opened(url) as engine:
        migrate(engine)
    return url


@pytest.fixture
def engine(archive_url: str) -> Iterator[Engine]:
    """An engine on a database with all tables and nothing in them, on each store."""
    with _opened(archive_url) as engine:
        yield engine


@pytest.fixture
def opened() -> Iterator[Callable[..., Engine]]:
    """Opens engines, as `bot.store.engine.open_engine` does, that are closed when the test is over."""
    with ExitStack() as engines:
        yield lambda url, **given: engines.enter_context(_opened(url, **given))


@pytest.fixture
def archive(engine: Engine) -> SqlArchive:
    """An empty archive, on each store."""
    return SqlArchive(engine)


@pytest.fixture
def recorder(engine: Engine) -> SqlRecorder:
    """The recorder of `archive`."""
    return SqlRecorder(engine)


@contextmanager
def _opened(url: str, **given: float) -> Iterator[Engine]:
    engine = open_engine(url, **given)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"pprnet_test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _emptied(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(  # a test that failed may have left a connection, and it a lock
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url
