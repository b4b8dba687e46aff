"""What the operator sets: read from the environment and from `.env`, every problem told at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.errors import SettingsError
from bot.sourcesettings import SourceSettings, read_sources
from bot.websettings import WebSettings, read_web

SLACK_API_URL = "https://slack.com/api/"
"""Where Slack's Web API is, unless `SLACK_API_URL` says otherwise."""

DISCORD_API_URL = "https://discord.com/api/v10"
"""Where Discord's API is, unless `DISCORD_API_URL` says otherwise."""

SCHEDULE, TIMEZONE = "0 9 * * MON#1", "America/Toronto"
"""The first Monday of the month at nine in the morning, where the blog is written."""

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - chosen only where the host environment gives a port
"""Where the web server can be reached from: this machine only, or any network that the machine is on."""

_SQLITE = "sqlite:///"
_HIGHEST_PORT = 65535
_NO_DOOR = "either SLACK_APP_TOKEN (for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) must be set"
_POSTGRESQL = ("postgres://", "postgresql://", "postgresql+psycopg://")


class LogFormat(StrEnum):
    """How log lines look; `off` says nothing."""

    OFF = "off"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What is set for Slack; what is empty is not set. No secret shows in its `repr`.

    Attributes:
        bot_token: the workspace's token for the bot, `xoxb-...`.
        app_token: the app's own token, `xapp-...`; with it Slack is reached by Socket Mode.
        signing_secret: what Slack signs its HTTP requests with; needed where there is no app token.
        api_url: where the Web API is, with a slash at its end.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API_URL

    @property
    def socket_mode(self) -> bool:
        """Whether the bot calls Slack, by Socket Mode; else Slack calls the bot, by HTTP."""
        return bool(self.app_token)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be set before Slack can be started, a sentence each."""
        return (
            *(() if self.bot_token else ("SLACK_BOT_TOKEN is not set",)),
            *(() if self.app_token or self.signing_secret else (_NO_DOOR,)),
        )


class Managers(StrEnum):
    """Who may change what a channel gets, where the platform leaves that to us."""

    MEMBERS = "members"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """What is set for Discord; what is empty is not set. No secret shows in its `repr`.

    Attributes:
        token: the bot's token.
        api_url: where the API is, without a slash at its end.
    """

    token: str = field(default="", repr=False)
    api_url: str = DISCORD_API_URL

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be set before Discord can be started, a sentence each."""
        return () if self.token else ("DISCORD_TOKEN is not set",)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    Attributes:
        database_url: where the archive is kept; a SQLite file or a PostgreSQL database.
        index_folder: where the search index is kept, on this machine's own disk.
        log_format: how log lines look; `None` leaves it to the command.
        slack: what is set for Slack.
        port: the port of the web server, 0 for any free one; `None` if none is set.
        host: the address the web server listens on.
        discord: what is set for Discord.
        schedule: when to announce, as a cron line.
        timezone: the time zone of the schedule, by its IANA name.
        managers: who may change what a channel gets in Slack.
        web: what is set for the web page.
        sources: where posts come from on their own.
    """

    database_url: str
    index_folder: Path
    log_format: LogFormat | None = None
    slack: SlackSettings = field(default_factory=SlackSettings)
    port: int | None = None
    host: str = LOOPBACK
    discord: DiscordSettings = field(default_factory=DiscordSettings)
    schedule: str = SCHEDULE
    timezone: str = TIMEZONE
    managers: Managers = Managers.MEMBERS
    web: WebSettings = field(default_factory=WebSettings)
    sources: SourceSettings = field(default_factory=SourceSettings)

    @property
    def pages_folder(self) -> Path:
        """Where pages of sources are kept, beside the index: a cache that may go at any time."""
        return self.index_folder.with_suffix(".pages")


def read_settings(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        environ: the environment.
        folder: where a `.env` file may stand; what the environment sets goes before what the file sets.
            A `PORT` in the environment is a host's way of sending the world's requests here, so the web server then
            listens on every network; a `PORT` in the file keeps it to this machine.

    Raises:
        SettingsError: with every problem, one a line.
    """
    given = {**_env_file(folder), **environ}
    problems: list[str] = []
    url = given.get("DATABASE_URL") or _SQLITE + str(_data_folder() / "pprnet.db")
    if not url.startswith((_SQLITE, *_POSTGRESQL)):
        problems.append("DATABASE_URL must begin with sqlite:/// or postgresql://")
    log_format = _log_format(given.get("LOG_FORMAT", ""), problems)
    slack = _slack(given, problems)
    discord = _discord(given, problems)
    managers = _managers(given.get("PPRNET_MANAGERS", ""), problems)
    schedule, timezone = _schedule(given, problems)
    port = _port(given.get("PORT", ""), problems)
    web = read_web(given, problems)
    sources = read_sources(given, problems)
    if problems:
        raise SettingsError(f"settings that are wrong: {len(problems)}", "\n".join(problems))
    host = EVERYWHERE if environ.get("PORT") else LOOPBACK
    return Settings(
        url, _index_folder(url), log_format, slack, port, host, discord, schedule, timezone, managers, web, sources
    )


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


def _slack(given: Mapping[str, str], problems: list[str]) -> SlackSettings:
    bot_token, app_token, secret, api_url = (
        given.get(name, "").strip()
        for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")
    )
    if bot_token and not bot_token.startswith("xoxb-"):
        problems.append("SLACK_BOT_TOKEN must begin with xoxb-")
    if app_token and not app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must begin with xapp-")
    if api_url and not api_url.startswith(("https://", "http://")):
        problems.append("SLACK_API_URL must begin with https://")
    return SlackSettings(bot_token, app_token, secret, f"{(api_url or SLACK_API_URL).rstrip('/')}/")


def _discord(given: Mapping[str, str], problems: list[str]) -> DiscordSettings:
    token, api_url = (given.get(name, "").strip() for name in ("DISCORD_TOKEN", "DISCORD_API_URL"))
    if api_url and not api_url.startswith(("https://", "http://")):
        problems.append("DISCORD_API_URL must begin with https://")
    return DiscordSettings(token, (api_url or DISCORD_API_URL).rstrip("/"))


def _schedule(given: Mapping[str, str], problems: list[str]) -> tuple[str, str]:
    schedule = given.get("PPRNET_SCHEDULE", "").strip() or SCHEDULE
    timezone = given.get("PPRNET_TIMEZONE", "").strip() or TIMEZONE
    if (schedule, timezone) != (SCHEDULE, TIMEZONE):
        from bot.schedule import Schedule  # what the default is worth is known; no answer waits for cronsim

        try:
            Schedule(schedule, timezone)
        except SettingsError as error:
            problems.extend(error.human.splitlines())
    return schedule, timezone


def _managers(text: str, problems: list[str]) -> Managers:
    try:
        return Managers(text.strip().lower() or Managers.MEMBERS)
    except ValueError:
        problems.append("PPRNET_MANAGERS must be members or admins")
        return Managers.MEMBERS


def _port(text: str, problems: list[str]) -> int | None:
    if not text.strip():
        return None
    if not (text.strip().isdecimal() and int(text) <= _HIGHEST_PORT):
        problems.append(f"PORT must be a number from 0 to {_HIGHEST_PORT}")
        return None
    return int(text)


def _index_folder(url: str) -> Path:
    """Return a folder beside a SQLite file, else one in this user's cache that belongs to the database alone."""
    if url.startswith(_SQLITE):
        return Path(f"{url.removeprefix(_SQLITE).partition('?')[0]}.index")
    from platformdirs import user_cache_path  # only where a database is hosted

    return user_cache_path("pprnet-bot") / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.index"


def _data_folder() -> Path:
    from platformdirs import user_data_path  # only where DATABASE_URL is not set

    return user_data_path("pprnet-bot")
