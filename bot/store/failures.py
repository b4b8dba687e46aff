"""What can go wrong with a database, told in the core's words; drivers' errors are translated here and only here."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StoreError


class StoreBusyError(StoreError):
    """Another program is writing to the archive just now. Please try again in a minute."""


class StoreFullError(StoreError):
    """There is no space left for the archive, so nothing was written. Please free some space and try again."""


class StoreReadOnlyError(StoreError):
    """The archive may only be read here, so nothing was written. Please check who may write to its file or database."""


class StoreDamagedError(StoreError):
    """The archive's file is damaged, or is no database. Please put a backup in its place, or name another file."""


class StoreUnreachableError(StoreError):
    """The archive cannot be reached. Please check the file or the server that DATABASE_URL names."""


class StoreNotSetUpError(StoreError):
    """The archive is not set up for this version. Please run `pprnet migrate`."""


class StoreNewerError(StoreError):
    """The archive was set up by a newer version of this program. Please install that version."""


class StoreUrlError(StoreError):
    """DATABASE_URL names no database. Please write sqlite:///a/file.db or postgresql://user:password@host/name."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever SQLAlchemy raises inside into a `StoreError`.

    The driver's own words stay out, even as the cause: they can quote what a person typed or a post holds.

    Raises:
        StoreError: the subclass that fits; its log sentence names the driver's code and nothing else.
    """
    try:
        yield
    except PoolTimeoutError:
        raise StoreBusyError("no connection to the store came free in time") from None
    except DBAPIError as error:
        raise _from_driver(error) from None
    except SQLAlchemyError as error:
        raise StoreError(f"the store failed: {type(error).__name__}") from None


# The primary result codes of https://www.sqlite.org/rescode.html; the low byte of every extended code.
_SQLITE: dict[int, type[StoreError]] = {
    3: StoreUnreachableError,  # SQLITE_PERM
    5: StoreBusyError,  # SQLITE_BUSY
    6: StoreBusyError,  # SQLITE_LOCKED
    8: StoreReadOnlyError,  # SQLITE_READONLY
    10: StoreUnreachableError,  # SQLITE_IOERR
    11: StoreDamagedError,  # SQLITE_CORRUPT
    13: StoreFullError,  # SQLITE_FULL
    14: StoreUnreachableError,  # SQLITE_CANTOPEN
    26: StoreDamagedError,  # SQLITE_NOTADB
}

# SQLSTATE codes and classes of https://www.postgresql.org/docs/current/errcodes-appendix.html, the longest match first.
_POSTGRESQL: dict[str, type[StoreError]] = {
    "25006": StoreReadOnlyError,  # read_only_sql_transaction
    "3D000": StoreUnreachableError,  # invalid_catalog_name
    "40001": StoreBusyError,  # serialization_failure
    "40P01": StoreBusyError,  # deadlock_detected
    "42501": StoreReadOnlyError,  # insufficient_privilege
    "42703": StoreNotSetUpError,  # undefined_column
    "42P01": StoreNotSetUpError,  # undefined_table
    "53100": StoreFullError,  # disk_full
    "55P03": StoreBusyError,  # lock_not_available
    "57014": StoreBusyError,  # query_canceled, by a time limit
    "08": StoreUnreachableError,  # connection exceptions
    "28": StoreUnreachableError,  # invalid authorization
    "53": StoreUnreachableError,  # insufficient resources, too many connections among them
    "57": StoreUnreachableError,  # operator intervention: shutting down, starting up
    "58": StoreUnreachableError,  # system errors of the server
    "XX": StoreDamagedError,  # internal errors, corrupted data and indexes among them
}


def _from_driver(error: DBAPIError) -> StoreError:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return _from_sqlite(number, error)
    return _from_postgresql(getattr(error.orig, "sqlstate", None), error)


def _from_sqlite(number: int, error: DBAPIError) -> StoreError:
    kind = _SQLITE.get(number & 0xFF)
    if kind is None:
        # SQLite has no code of its own for a missing table or column.
        kind = StoreNotSetUpError if str(error.orig).startswith("no such ") else StoreError
    return kind(f"the store failed: {getattr(error.orig, 'sqlite_errorname', number)}")


def _from_postgresql(state: str | None, error: DBAPIError) -> StoreError:
    if state is None:  # the server never answered
        return StoreUnreachableError(f"the store failed: {type(error.orig).__name__} without a code")
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) or StoreError
    return kind(f"the store failed: SQLSTATE {state}")
