"""Bringing a database's tables up to this version. Alembic is loaded only to change them."""

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.engine import migrating, reading
from bot.store.failures import StoreNewerError, StoreNotSetUpError

SCHEMA = "0006"
"""The newest migration. Migrations are numbered, so that an older database is told from a newer one."""


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them up to `SCHEMA`; a database that is there already stays as it is.

    It is one transaction on both stores; of several processes one migrates, the others wait and find it done.

    Raises:
        StoreNewerError: a newer version made the tables.
        StoreError: the database cannot be written; it is as it was.
    """
    with migrating(engine) as connection:
        _refuse_newer(_revision(connection))
        _upgrade(connection, SCHEMA)


def revision_of(engine: Engine) -> str | None:
    """Return the migration that a database is at; `None` for one without any.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(engine) as connection:
        return _revision(connection)


def is_current(engine: Engine) -> bool:
    """Say whether the tables are those of this version; raises what `revision_of` raises."""
    return revision_of(engine) == SCHEMA


def require_current(engine: Engine) -> None:
    """Make sure that the tables are those of this version.

    Raises:
        StoreNotSetUpError: there are none yet, or an older version made them: `migrate` helps.
        StoreNewerError: a newer version made them.
        StoreError: the database cannot be read.
    """
    revision = revision_of(engine)
    _refuse_newer(revision)
    if revision != SCHEMA:
        raise StoreNotSetUpError(f"the store is at migration {revision}, this version needs {SCHEMA}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _refuse_newer(revision: str | None) -> None:
    if revision and revision > SCHEMA:
        raise StoreNewerError(f"the store is at migration {revision}, this version knows {SCHEMA}")


def _upgrade(connection: Connection, revision: str) -> None:
    # Loaded here: it takes as long as the first answer of the day, and only a migration needs it.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.store:migrations")
    command.upgrade(config, revision)
