"""What the tests of subscribing and announcing have in common.

They are many and leave the tables as they are, so that on PostgreSQL one database is migrated once and emptied for each
of them: that takes a tenth of the time.
"""

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, make_url

from bot.store.engine import open_engine
from bot.store.migrate import migrate
from tests.desk import Desk


@pytest.fixture(scope="session")
def postgresql_desk(postgresql_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables."""
    name = sql.Identifier(f"pprnet_desk_{os.getpid()}")
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            url = make_url(postgresql_server).set(database=f"pprnet_desk_{os.getpid()}")
            engine = open_engine(url.render_as_string(hide_password=False))
            migrate(engine)
            engine.dispose()
            yield url.render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def desk_url(store: str, request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables and nothing in them, on each store."""
    if store == "sqlite":
        url: str = request.getfixturevalue("archive_url")
        return url
    url = request.getfixturevalue("postgresql_desk")
    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [sql.Identifier(name) for (name,) in names if name not in {"agenda", "archive", "alembic_version"}]
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))
        connection.execute("UPDATE agenda SET settled = NULL, begun = NULL, looked_at = NULL")
        connection.execute("UPDATE archive SET revision = 0, posts = 0, starters = 0, source_read_at = NULL")
    return url


@pytest.fixture
def desk(opened: Callable[..., Engine], desk_url: str) -> Desk:
    """Everything that announcing keeps, on each store."""
    return Desk(opened(desk_url))
