"""Whether a database is sound, as far as it can tell cheaply."""

from sqlalchemy import Engine, text

from bot.store.engine import reading
from bot.store.failures import StoreDamagedError


def check(engine: Engine) -> None:
    """Look through a whole SQLite file for damage; of PostgreSQL, whose server minds its files, ask a question.

    Quick enough for a person to wait for: SQLite's `quick_check` reads every page once and compares no index with its
    table (https://www.sqlite.org/pragma.html#pragma_quick_check).

    Raises:
        StoreDamagedError: the file is damaged.
        StoreError: the database cannot be read.
    """
    sqlite = engine.dialect.name == "sqlite"
    with reading(engine) as connection:
        found = connection.execute(text("PRAGMA quick_check(1)" if sqlite else "SELECT 'ok'")).scalar_one()
    if found != "ok":
        raise StoreDamagedError("the store failed: quick_check found damage")
