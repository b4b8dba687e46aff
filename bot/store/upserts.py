"""Rows that are written whether they are there already or not."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table


def upsert(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row in the place of the one with the same key.

    Args:
        connection: one that writes.
        table: where; it has a unique key of just the columns of `key`.
        key: the values that tell rows apart.
        values: the others.
    """
    statement = _insert(connection, table).values(**key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def insert_missing(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row unless there is one with the same key; the arguments are those of `upsert`."""
    statement = _insert(connection, table).values(**key, **values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=list(key)))


def _insert(connection: Connection, table: Table) -> Any:
    """Return the statement of the database's dialect: SQLAlchemy's general one knows no conflicts."""
    # The dialect in use is loaded already; the other one need not be.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
