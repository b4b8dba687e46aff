"""The `pprnet` command, as its user types it."""

import io
import json
import os
import pty
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.cli.main import main
from tests.pages import CORRECTED, PAGE

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an archive of its own, in a folder without a .env file."""
    path = tmp_path / "data" / "pprnet.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


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


def test_an_import_into_an_empty_archive_adds_what_the_page_holds(page: Path, capsys: Said) -> None:
    assert main(["import", str(page)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("2 posts read: 2 added.\n")
    assert "added      November 2023   Why Clients Leave Early" in said
    main(["ask", "latest"])
    assert capsys.readouterr().out.startswith("Why Clients Leave Early\n")


def test_importing_twice_changes_nothing(page: Path, capsys: Said) -> None:
    main(["import", str(page)])
    capsys.readouterr()

    assert main(["import", str(page)]) == 0
    assert capsys.readouterr().out.startswith("2 posts read: 0 added and 2 unchanged.\n")


def test_a_corrected_title_revises_the_post(page: Path, tmp_path: Path, capsys: Said) -> None:
    main(["import", str(page)])
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(CORRECTED, encoding="utf-8")
    capsys.readouterr()

    assert main(["import", "--json", str(corrected)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"added": 0, "replaced": 0, "revised": 1, "unchanged": 1}
    main(["ask", "month 2021-07"])
    assert capsys.readouterr().out.startswith("July 2021: 1 summary\n\nTired Therapists, and Their Clients’ Outcomes\n")


def test_a_trial_import_changes_nothing(page: Path, capsys: Said) -> None:
    assert main(["import", "--dry-run", str(page)]) == 0
    assert "This was a trial: the archive is as it was." in capsys.readouterr().out

    main(["import", str(page)])
    assert "2 added" in capsys.readouterr().out


def test_a_page_without_posts_fails_and_leaves_the_archive_as_it_was(page: Path, tmp_path: Path, capsys: Said) -> None:
    empty = tmp_path / "shopping.txt"
    empty.write_text("Milk\nBread\n", encoding="utf-8")

    assert main(["import", str(page), str(empty)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("pprnet: ")
    assert "shopping.txt" in said.err
    assert main(["import", str(page)]) == 0
    assert "2 added" in capsys.readouterr().out


def test_a_line_that_fits_no_rule_is_reported(tmp_path: Path, capsys: Said) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.replace("November 2023\n", "Stray words before any month\nNovember 2023\n"), encoding="utf-8")

    assert main(["import", str(page)]) == 0
    said = capsys.readouterr().out
    assert "1 line fitted no rule and stayed out:" in said
    assert "page.txt:10: Stray words before any month" in said


def test_a_month_that_is_none_is_refused(page: Path, capsys: Said) -> None:
    assert main(["import", "--month", "soon", str(page)]) == 1
    assert "Write the month like 2014-01." in capsys.readouterr().err


def test_the_blog_takes_the_place_of_the_starter_archives_words(page: Path, tmp_path: Path, capsys: Said) -> None:
    main(["ask", "latest"])
    same = tmp_path / "same.txt"
    same.write_text(
        PAGE.replace("Tired therapists and their clients", "Psychotherapist burnout affects patient outcomes")
    )
    capsys.readouterr()

    main(["import", str(same)])
    assert (
        "2 posts read: 1 added and 1 replaced (the starter archive's words by the blog's)." in capsys.readouterr().out
    )


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_importing_an_export_gives_the_same_archive(
    form: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    main(["ask", "latest"])
    main(["import", str(page)])
    exported = tmp_path / "exported"
    if form == "markdown":
        assert main(["export", str(exported)]) == 0
    else:
        capsys.readouterr()
        assert main(["export", "--json"]) == 0
        exported.with_suffix(".jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
        exported = exported.with_suffix(".jsonl")
    capsys.readouterr()
    main(["export", "--json"])
    before = capsys.readouterr().out

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    assert main(["import", str(exported)]) == 0
    capsys.readouterr()
    main(["export", "--json"])
    assert capsys.readouterr().out == before


def test_an_export_needs_a_place(capsys: Said) -> None:
    assert main(["export"]) == 1
    assert "Name a folder to write to" in capsys.readouterr().err


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


def test_a_doctor_names_an_empty_archive(capsys: Said) -> None:
    main(["migrate"])

    assert main(["doctor"]) == 1
    assert "BAD  archive: It is empty." in capsys.readouterr().out


def test_run_without_a_terminal_prints_the_newest_month(capsys: Said) -> None:
    assert main(["run"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("The archive holds 6 summaries.")
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
    environ = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    program = [sys.executable, "-m", "adapters.cli.main", "run"]
    ours, theirs = pty.openpty()
    environ["PYTHONPATH"] = str(Path(__file__).parents[3])
    with subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, b"topic burnuot\rquit\r")
        screen = b"".join(_read(ours))

    assert process.returncode == 0
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


def test_the_archive_is_private(database: Path) -> None:
    main(["migrate"])

    assert stat.S_IMODE(database.stat().st_mode) == 0o600


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


def test_a_doctor_names_a_cause_once(database: Path, capsys: Said) -> None:
    database.parent.mkdir()
    database.write_bytes(b"no database " * 1000)

    assert main(["doctor"]) == 1
    assert [line[:4] for line in capsys.readouterr().out.splitlines()] == ["ok  ", "ok  ", "BAD "]


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


def test_a_post_under_a_topic_that_does_not_exist_is_refused(tmp_path: Path, capsys: Said) -> None:
    post = tmp_path / "post.md"
    post.write_text("---\ntitle: A study\nmonth: 2021-07\ntopics: [Nonsense]\n---\n\nA summary.\n")

    assert main(["import", str(post)]) == 1
    said = capsys.readouterr().err
    assert "post.md" in said
    assert "Nonsense" in said


def test_a_topic_may_be_named_by_another_word_in_any_case(tmp_path: Path, capsys: Said) -> None:
    post = tmp_path / "post.md"
    post.write_text("---\ntitle: A study\nmonth: 2021-07\ntopics: [burnout]\n---\n\nA summary.\n")

    main(["import", str(post)])
    main(["ask", "topic burnout"])
    assert "Burnout: 1 summary" in capsys.readouterr().out


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


def test_the_settings_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (tmp_path / ".env").write_text(f"DATABASE_URL=sqlite:///{tmp_path / 'from-file.db'}\n")

    assert main(["migrate"]) == 0
    assert (tmp_path / "from-file.db").exists()
    assert os.environ.get("DATABASE_URL") is None
