"""Commands that answer: `ask`, `chat` and `run`."""

import io
import json
import os
import pty
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.cli.main import main

pytestmark = pytest.mark.usefixtures("database")

Said = pytest.CaptureFixture[str]


def test_the_first_question_finds_the_starter_archive(capsys: Said) -> None:
    assert main(["ask", "/pprnet latest"]) == 0

    assert capsys.readouterr().out.startswith("Therapist Qualities That Lead to Treatment Failure or Termination\n")


def test_words_need_no_quotes(capsys: Said) -> None:
    assert main(["ask", "/pprnet", "topic", "burnout"]) == 0

    assert capsys.readouterr().out.startswith("Burnout: 4 summaries\n")


def test_an_answer_can_be_had_as_json(capsys: Said) -> None:
    assert main(["ask", "--json", "topic burnout"]) == 0

    view = json.loads(capsys.readouterr().out)
    assert view["title"] == "Burnout: 4 summaries"
    assert {block["kind"] for block in view["blocks"]} >= {"entry", "paragraph", "context"}


def test_run_that_cannot_serve_the_page_prints_the_newest_month(tmp_path: Path, capsys: Said) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (tmp_path / ".env").write_text(f"PORT={taken.getsockname()[1]}\n")
        assert main(["run"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("The archive holds 6 summaries.")
    assert "The web server cannot listen on port" in said
    assert "Therapist Qualities That Lead to Treatment Failure or Termination" in said


def test_a_conversation_goes_on_until_the_input_ends(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("topic burnuot\n1\n"))

    assert main(["chat"]) == 0
    said = capsys.readouterr().out
    assert "I read “burnuot” as Burnout" in said
    assert said.index("[1] Read") < said.rindex("Emotional Experiences of Psychotherapists")


def test_a_conversation_outlives_a_database_that_fails(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def lines() -> Iterator[str]:
        yield "about"
        with closing(sqlite3.connect(database)) as other:
            other.execute("DROP TABLE archive")
        yield "latest"
        yield "help"

    monkeypatch.setattr("sys.stdin", Typed(lines()))

    assert main(["chat"]) == 0
    said = capsys.readouterr().out
    assert "That did not work" in said
    assert said.rindex("How to ask") > said.index("That did not work")


class Typed:
    """Lines that come one after another, as a person types them into a pipe."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def isatty(self) -> bool:
        return False


def test_on_a_terminal_run_is_a_prompt(database: Path) -> None:
    """The whole program as its user starts it: on a terminal, typing."""
    (database.parent.parent / ".env").write_text("PORT=0\n")
    environ = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    program = [sys.executable, "-m", "adapters.cli.main", "run"]
    ours, theirs = pty.openpty()
    environ["PYTHONPATH"] = str(Path(__file__).parents[3])
    with subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, b"topic burnuot\rquit\r")
        screen = b"".join(_read(ours))

    assert process.returncode == 0
    assert "The web page: http://127.0.0.1:" in screen.decode()
    assert "I read “burnuot” as Burnout" in screen.decode()


def _read(terminal: int) -> Iterator[bytes]:
    """Yield what appears on a terminal until the program has left it."""
    while True:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            return
        if not shown:
            return
        yield shown


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    def interrupted() -> Iterator[str]:
        yield "about"
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Typed(interrupted()))

    assert main(["chat"]) == 130
    assert capsys.readouterr().err == ""
