"""What is set, where it may be set, and that every mistake is told."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import LogFormat, read_settings


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
