"""The command about the search by meaning, what `doctor` says of it, and what is loaded when."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli.main import main
from bot.meaning import extra, minilm

pytestmark = pytest.mark.usefixtures("database")

Said = pytest.CaptureFixture[str]

WHY = "/pprnet search why do people become so tired"


class Terminal(io.StringIO):
    """Standard error where a person looks."""

    def isatty(self) -> bool:
        return True


def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "_NEEDED", ("a_package_that_is_not_there",))


def test_everything_is_made_ready_at_once(page: Path, capsys: Said) -> None:
    main(["import", str(page)])
    main(["doctor"])
    assert "search by meaning: 0 of" in capsys.readouterr().out

    assert main(["embed"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("texts can be searched by meaning.\n")
    assert said.err.count("embed.step") > 5

    assert main(["embed"]) == 0
    assert "embed.step" not in capsys.readouterr().err
    main(["doctor"])
    assert "search by meaning: in order; all of" in capsys.readouterr().out


def test_a_person_sees_a_bar(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["import", str(page)])
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("LOG_FORMAT", "off")

    assert main(["embed"]) == 0
    assert "100%" in terminal.getvalue() or "━" in terminal.getvalue()


def test_without_the_extra_it_is_told_how_to_get_it(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    without_the_extra(monkeypatch)
    main(["import", str(page)])

    assert main(["embed"]) == 1
    assert "pip install pprnet-bot[semantic]" in capsys.readouterr().err
    assert main(["doctor"]) == 0
    assert "ok   search by meaning: " in (said := capsys.readouterr().out)
    assert "make run SEMANTIC=1" in said


def test_a_broken_model_is_found_by_the_doctor(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    main(["import", str(page)])
    (tmp_path / "model.onnx").write_bytes(b"broken")
    monkeypatch.setattr(minilm, "installed_model", lambda: tmp_path / "model.onnx")

    assert main(["doctor"]) == 1
    assert "BAD  search by meaning: The search by meaning cannot be loaded." in capsys.readouterr().out


LOADED = """
import sys
from adapters.cli.main import main
main(["ask", sys.argv[1]])
print([name for name in ("numpy", "onnxruntime", "tokenizers", "bot.meaning.minilm") if name in sys.modules])
"""


def loaded(text: str) -> str:
    done = subprocess.run([sys.executable, "-c", LOADED, text], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_nothing_is_loaded_before_it_is_needed(page: Path) -> None:
    main(["import", str(page)])
    assert loaded("/pprnet latest") == "[]"
    assert loaded(WHY) == "['bot.meaning.minilm']"
    main(["embed"])
    assert loaded("/pprnet latest") == "[]"
    assert loaded("/pprnet search year:2021") == "['bot.meaning.minilm']"
    assert loaded(WHY) == "['numpy', 'onnxruntime', 'tokenizers', 'bot.meaning.minilm']"
