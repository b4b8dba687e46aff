"""What can go wrong with a command, and how it is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli.main import main

pytestmark = pytest.mark.usefixtures("database")

Said = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", [["export", "--json"], ["topics"]])
def test_a_reader_that_goes_away_ends_the_command_quietly(command: list[str]) -> None:
    program = [sys.executable, "-m", "adapters.cli.main", *command]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(program, env=environ, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert ended.returncode == 1
    assert ended.stderr == b""


def test_wrong_settings_are_told_all_at_once(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nobody")
    monkeypatch.setenv("LOG_FORMAT", "loud")

    assert main(["ask", "latest"]) == 1
    said = capsys.readouterr().err
    assert "DATABASE_URL must begin with" in said
    assert "LOG_FORMAT must be off, text or json" in said
    assert said.startswith("pprnet: ")


def test_a_database_that_is_none_gives_one_sentence_and_no_traceback(database: Path, capsys: Said) -> None:
    database.parent.mkdir()
    database.write_bytes(b"This is a shopping list and no database. " * 200)

    assert main(["ask", "latest"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("pprnet: ")
    assert said.count("\n") == 1


def test_what_fails_is_logged_without_what_was_typed(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    database.parent.mkdir()
    database.write_bytes(b"no database " * 1000)
    monkeypatch.setenv("LOG_FORMAT", "json")

    assert main(["ask", "search my secret worry"]) == 1
    line = json.loads(capsys.readouterr().err.splitlines()[0])
    assert line["action"] == "ask.failed"
    assert "secret" not in json.dumps(line)


@pytest.mark.parametrize("arguments", [["ask", "search \udcff\udcfe"], ["import", "no\udcffk.txt"]])
def test_bytes_that_are_no_text_end_in_no_traceback(arguments: list[str]) -> None:
    program = [sys.executable, "-m", "adapters.cli.main", *arguments]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    ended = subprocess.run(program, env=environ, capture_output=True, check=False)

    assert b"Traceback" not in ended.stderr
    assert ended.stdout + ended.stderr


def test_an_answer_that_cannot_be_written_is_told() -> None:
    program = [sys.executable, "-m", "adapters.cli.main", "ask", "latest"]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(program, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)

    assert ended.returncode == 1
    assert ended.stderr == b"pprnet: The answer could not be written: No space left on device.\n"


def test_misuse_leaves_with_two(capsys: Said) -> None:
    with pytest.raises(SystemExit) as left:
        main(["frobnicate"])

    assert left.value.code == 2
    assert "frobnicate" in capsys.readouterr().err


def test_the_settings_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (tmp_path / ".env").write_text(f"DATABASE_URL=sqlite:///{tmp_path / 'from-file.db'}\n")

    assert main(["migrate"]) == 0
    assert (tmp_path / "from-file.db").exists()
    assert os.environ.get("DATABASE_URL") is None
