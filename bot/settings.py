"""What the operator sets: read from the environment and from `.env`, every problem told at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.errors import SettingsError

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgres://", "postgresql://", "postgresql+psycopg://")


class LogFormat(StrEnum):
    """How log lines look; `off` says nothing."""

    OFF = "off"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    Attributes:
        database_url: where the archive is kept; a SQLite file or a PostgreSQL database.
        index_folder: where the search index is kept, on this machine's own disk.
        log_format: how log lines look; `None` leaves it to the command.
    """

    database_url: str
    index_folder: Path
    log_format: LogFormat | None = None


def read_settings(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        environ: the environment.
        folder: where a `.env` file may stand; what the environment sets goes before what the file sets.

    Raises:
        SettingsError: with every problem, one a line.
    """
    given = {**_env_file(folder), **environ}
    problems: list[str] = []
    url = given.get("DATABASE_URL") or _SQLITE + str(_data_folder() / "pprnet.db")
    if not url.startswith((_SQLITE, *_POSTGRESQL)):
        problems.append("DATABASE_URL must begin with sqlite:/// or postgresql://")
    log_format = _log_format(given.get("LOG_FORMAT", ""), problems)
    if problems:
        raise SettingsError(f"{len(problems)} settings are wrong", "\n".join(problems))
    return Settings(url, _index_folder(url), log_format)


def _env_file(folder: Path | None) -> dict[str, str]:
    if folder is None or not (folder / ".env").is_file():
        return {}
    from dotenv import dotenv_values  # most machines have no .env, and then need not pay for it

    return {name: value for name, value in dotenv_values(folder / ".env").items() if value is not None}


def _log_format(text: str, problems: list[str]) -> LogFormat | None:
    if not text:
        return None
    try:
        return LogFormat(text)
    except ValueError:
        problems.append("LOG_FORMAT must be off, text or json")
        return None


def _index_folder(url: str) -> Path:
    """Return a folder beside a SQLite file, else one in this user's cache that belongs to the database alone."""
    if url.startswith(_SQLITE):
        return Path(f"{url.removeprefix(_SQLITE).partition('?')[0]}.index")
    from platformdirs import user_cache_path  # only where a database is hosted

    return user_cache_path("pprnet-bot") / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.index"


def _data_folder() -> Path:
    from platformdirs import user_data_path  # only where DATABASE_URL is not set

    return user_data_path("pprnet-bot")
