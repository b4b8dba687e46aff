"""Whether a worker that ran on this machine still does."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.announcing.identity import names

A_NAME = "from bot.announcing.identity import names; print(names().fresh(), flush=True); input()"


def test_no_two_names_are_the_same() -> None:
    ours = names()

    assert len({ours.fresh() for _ in range(100)}) == 100


def test_whoever_runs_is_alive_and_whoever_was_killed_is_dead() -> None:
    ours = names()
    with subprocess.Popen(
        [sys.executable, "-c", A_NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        alive = ours.is_dead(name)
        process.kill()
        process.wait()

    assert not alive
    assert ours.is_dead(name)
    assert not ours.is_dead(ours.fresh())


@pytest.mark.parametrize("name", ["", "worker-1", "elsewhere:1.1:abc", "otherboot-1:1.1:abc", "x:y.z:w"])
def test_of_others_nothing_is_known(name: str) -> None:
    assert not names().is_dead(name)


def test_a_number_that_was_given_to_another_process_is_no_sign_of_life() -> None:
    ours = names()
    machine, process, _ = ours.fresh().split(":")

    assert ours.is_dead(f"{machine}:{process.partition('.')[0]}.1:abc")


def test_a_process_that_nobody_waited_for_is_dead(tmp_path: Path) -> None:
    proc = a_proc(tmp_path)
    ours = names(proc)
    machine = ours.fresh().partition(":")[0]
    (proc / "77").mkdir()
    (proc / "77" / "stat").write_text("77 (a (name) of) Z " + " ".join("0" * 18) + " 4711 0\n")

    assert ours.is_dead(f"{machine}:77.4711:abc")
    (proc / "77" / "stat").write_text("77 (a (name) of) S " + " ".join("0" * 18) + " 4711 0\n")
    assert not ours.is_dead(f"{machine}:77.4711:abc")


def test_where_the_system_does_not_tell_nobody_is_dead(tmp_path: Path) -> None:
    ours = names(tmp_path)
    name = ours.fresh()

    assert name.startswith("elsewhere:")
    assert not ours.is_dead(name)


def a_proc(folder: Path) -> Path:
    """Return a folder like /proc."""
    (folder / "sys/kernel/random").mkdir(parents=True)
    (folder / "sys/kernel/random/boot_id").write_text("0f-1e\n")
    (folder / "self/ns").mkdir(parents=True)
    (folder / "self/ns/pid").write_text("")
    return folder
