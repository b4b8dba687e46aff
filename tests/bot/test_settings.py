"""What is set, where it may be set, and that every mistake is told."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import EVERYWHERE, LogFormat, Managers, read_settings


def test_without_settings_the_archive_is_in_the_users_own_folder() -> None:
    settings = read_settings({})

    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("pprnet.db")
    assert settings.index_folder.name == "pprnet.db.index"
    assert settings.log_format is None


def test_the_index_stands_beside_a_sqlite_file() -> None:
    assert read_settings({"DATABASE_URL": "sqlite:////a/b.db?timeout=1"}).index_folder == Path("/a/b.db.index")


def test_the_index_of_a_hosted_archive_is_on_this_machine_and_gives_no_password_away() -> None:
    one = read_settings({"DATABASE_URL": "postgres://me:secret@host/one"}).index_folder
    two = read_settings({"DATABASE_URL": "postgresql://me:secret@host/two"}).index_folder

    assert one != two
    assert "secret" not in str(one)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:////file.db\nLOG_FORMAT=json\nEMPTY\n")
    settings = read_settings({"DATABASE_URL": "sqlite:////environment.db"}, tmp_path)

    assert settings.database_url == "sqlite:////environment.db"
    assert settings.log_format is LogFormat.JSON


def test_every_mistake_is_told_and_none_is_logged(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"DATABASE_URL": "oracle://secret", "LOG_FORMAT": "loud"}, tmp_path)

    assert caught.value.human.count("\n") == 1
    assert "secret" not in str(caught.value)


SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-2", "SLACK_SIGNING_SECRET": "3"}


def test_slack_is_not_set_up_unless_somebody_does() -> None:
    slack = read_settings({}).slack

    assert slack.api_url == "https://slack.com/api/"
    assert len(slack.missing) == 2


def test_an_app_token_makes_it_socket_mode_and_a_signing_secret_http() -> None:
    both = read_settings(SLACK).slack
    http = read_settings(SLACK | {"SLACK_APP_TOKEN": " "}).slack

    assert (both.socket_mode, both.missing) == (True, ())
    assert (http.socket_mode, http.missing) == (False, ())


def test_no_secret_shows() -> None:
    shown = repr(read_settings(SLACK | {"SLACK_SIGNING_SECRET": "hush"}))

    assert not [secret for secret in ("xoxb", "xapp", "hush") if secret in shown]


@pytest.mark.parametrize(
    "url", ["https://slack-gov.com/api", "https://slack-gov.com/api/", " https://slack-gov.com/api "]
)
def test_another_slack_may_be_named_with_or_without_a_slash(url: str) -> None:
    assert read_settings({"SLACK_API_URL": url}).slack.api_url == "https://slack-gov.com/api/"


def test_a_port_from_the_host_is_open_to_the_world_and_one_from_the_file_is_not(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=8000\n")
    own, hosts = read_settings({}, tmp_path), read_settings({"PORT": "9000"}, tmp_path)

    assert (own.port, own.host) == (8000, "127.0.0.1")
    assert (hosts.port, hosts.host) == (9000, EVERYWHERE)
    assert (read_settings({}).port, read_settings({}).host) == (None, "127.0.0.1")


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8080x", "½"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="wrong: 1"):
        read_settings({"PORT": port})


def test_every_mistake_about_slack_is_told_at_once_and_without_a_secret() -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_APP_TOKEN": "xoxb-1", "SLACK_API_URL": "slack.com", "PORT": "x"}
    with pytest.raises(SettingsError) as caught:
        read_settings(wrong)

    assert caught.value.human.count("\n") == 3
    assert not [value for value in ("xoxp-1", "xoxb-1") if value in caught.value.human]


def test_discord_needs_a_token_and_nothing_else() -> None:
    assert read_settings({}).discord.missing == ("DISCORD_TOKEN is not set",)
    given = read_settings({"DISCORD_TOKEN": " secret ", "DISCORD_API_URL": "http://127.0.0.1:9/api/v10/"}).discord
    assert (given.token, given.api_url, given.missing) == ("secret", "http://127.0.0.1:9/api/v10", ())
    assert "secret" not in repr(given)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"DISCORD_API_URL": "discord.com"}, "DISCORD_API_URL must begin with https://"),
        ({"PPRNET_MANAGERS": "me"}, "PPRNET_MANAGERS must be members or admins"),
    ],
)
def test_what_is_set_wrong_is_named(given: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(given)
    assert raised.value.human == problem


def test_managers_are_the_members_or_the_admins_only() -> None:
    assert read_settings({}).managers is Managers.MEMBERS
    assert read_settings({"PPRNET_MANAGERS": "Admins"}).managers is Managers.ADMINS
