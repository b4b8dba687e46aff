"""Commands that keep house: `migrate`, `topics` and `doctor`."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from adapters.cli.main import main

pytestmark = pytest.mark.usefixtures("database")

Said = pytest.CaptureFixture[str]


def test_migrating_says_what_it_did(capsys: Said) -> None:
    assert main(["migrate"]) == 0
    assert "was brought up to date" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "is up to date" in capsys.readouterr().out


def test_the_topics_are_listed_with_their_counts(capsys: Said) -> None:
    assert main(["topics"]) == 0
    assert "    4  Burnout (ours)\n" in capsys.readouterr().out

    assert main(["topics", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert next(row for row in rows if row["name"] == "Adherance")["posts"] == 0


def test_a_doctor_finds_a_fresh_installation_wanting_and_says_what_to_do(capsys: Said) -> None:
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "BAD  migrations: Run `pprnet migrate`" in said


def test_a_doctor_is_content_after_an_import(page: Path, capsys: Said) -> None:
    main(["import", str(page)])
    capsys.readouterr()

    assert main(["doctor", "--json"]) == 0
    findings = {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert all(finding["well"] for finding in findings.values())
    assert findings["archive"]["said"] == "2 summaries, July 2021 to November 2023"
    assert findings["last import"]["said"].startswith("Source last read on ")
    assert findings["web page"]["said"].endswith("/operate is for whoever is at this machine")


def test_a_doctor_says_what_the_web_page_shows_and_to_whom(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPRNET_PUBLIC_URL", "https://pprnet.example.org")
    main(["doctor"])
    page = "https://pprnet.example.org shows of each summary as much as may be quoted; /operate is for nobody until"
    assert f"ok   web page: {page} PPRNET_ADMIN_TOKEN is set\n" in capsys.readouterr().out


def test_a_doctor_names_an_empty_archive(capsys: Said) -> None:
    main(["migrate"])

    assert main(["doctor"]) == 1
    assert "BAD  archive: It is empty." in capsys.readouterr().out


def test_the_archive_is_private(database: Path) -> None:
    main(["migrate"])

    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_doctor_names_a_cause_once(database: Path, capsys: Said) -> None:
    database.parent.mkdir()
    database.write_bytes(b"no database " * 1000)

    assert main(["doctor"]) == 1
    assert [line[:4] for line in capsys.readouterr().out.splitlines()] == ["ok  ", "ok  ", "ok  ", "BAD "]


def test_a_doctor_finds_damage_before_a_question_does(page: Path, database: Path, capsys: Said) -> None:
    main(["import", str(page)])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096 * 6)
    capsys.readouterr()

    assert main(["doctor"]) == 1
    assert "BAD  database: The archive's file is damaged" in capsys.readouterr().out


def test_a_topic_catalogue_that_changed_is_followed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    main(["import", str(page)])
    (tmp_path / "topics.yaml").write_text("- name: Tiredness\n  ours: true\n  aliases: [burnout]\n")
    monkeypatch.setattr("bot.topics.loading.resources.files", lambda _package: tmp_path)
    capsys.readouterr()

    assert main(["migrate"]) == 0
    assert "The topics of 1 post were derived anew." in capsys.readouterr().out
    main(["export", "--json"])
    assert '"Tiredness"' in capsys.readouterr().out
