"""A folder of finished indexes: each is made apart, sealed, and put in its place by one atomic rename.

No reader ever sees an unfinished index and none is disturbed by a new one. Two processes that make the same index at
the same time are safe without any lock: the later one throws its own away. A lock file only spares them the double
work.
"""

import hashlib
import json
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

if sys.platform != "win32":  # pragma: no branch - Windows has no such locks and does without taking turns
    import fcntl


@dataclass(frozen=True, slots=True)
class Sealed:
    """A finished folder and what its files looked like when it was found intact: name, size, time of last change."""

    path: Path
    files: tuple[tuple[str, int, int], ...]

    def untouched(self) -> bool:
        """Say whether no file has changed since.

        It guards a reader that has the files mapped into memory: to read beyond the new end of a file that was cut
        short in place would end the process. A file that is gone does no harm: while mapped its contents live on.
        """
        return all(self._unchanged(name, size, changed) for name, size, changed in self.files)

    def _unchanged(self, name: str, size: int, changed: int) -> bool:
        try:
            found = (self.path / name).stat()
        except OSError:
            return True
        return (found.st_size, found.st_mtime_ns) == (size, changed)


class Shelf:
    """The finished folders, one for each name."""

    def __init__(self, folder: Path, patience: float = 60.0) -> None:
        """Use a folder that is for nothing else; it is made when it is missing.

        Args:
            folder: where the finished folders are.
            patience: how many seconds to wait for another process to finish the same work.
        """
        self._folder = folder
        self._patience = patience

    def fetch(self, name: str, fill: Callable[[Path], None]) -> Sealed:
        """Return the folder of a name; one that is missing or damaged is made, and all others are removed.

        Args:
            name: any text.
            fill: puts files into an empty folder.

        Raises:
            OSError: nothing can be written here; whatever `fill` raises comes through too.
        """
        place = self._place(name)
        if found := _intact(place):
            return found
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._turn():
            return _intact(place) or self._made(place, fill)

    def discard(self, sealed: Sealed) -> None:
        """Remove a folder; whoever has it open keeps what it has."""
        shutil.rmtree(sealed.path, ignore_errors=True)

    def _place(self, name: str) -> Path:
        return self._folder / f"{_FINISHED}{hashlib.sha256(name.encode()).hexdigest()[:20]}"

    def _made(self, place: Path, fill: Callable[[Path], None]) -> Sealed:
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self._folder))
        try:
            fill(making)
            _seal(making)
            shutil.rmtree(place, ignore_errors=True)  # a damaged one
            with suppress(OSError):  # another process was quicker: its folder is as good
                making.rename(place)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        if made := _intact(place):
            self._sweep(place)
            return made
        raise OSError("a finished index was gone or damaged at once")

    def _sweep(self, kept: Path) -> None:
        """Remove every other folder of ours; a process still making one then makes do without."""
        for each in self._folder.iterdir():
            if each != kept and each.name.startswith((_FINISHED, _MAKING)):
                shutil.rmtree(each, ignore_errors=True)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for whoever is at work here, but not for ever."""
        with (self._folder / "lock").open("a") as file:
            _take(file, time.monotonic() + self._patience)
            yield


_FINISHED, _MAKING, _SEAL = "index-", "making-", "seal.json"
_BLOCK, _BLOCKS = 1 << 14, 64
"""At most this many blocks of this many bytes are read of a file: all of a small one, a megabyte of any other."""


def _take(file: IO[str], until: float) -> None:
    """Lock a file; the lock goes with the file's closing, so it cannot outlive its process."""
    if sys.platform == "win32":  # pragma: no cover
        return
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(0.02)
        except OSError:  # pragma: no cover - a file system without locks
            return
        else:
            return


def _seal(folder: Path) -> None:
    """Write down what the finished files look like."""
    looks = {path.name: _look(path) for path in folder.iterdir() if path.suffix != ".lock"}
    (folder / _SEAL).write_text(json.dumps(looks), encoding="utf-8")


def _intact(folder: Path) -> Sealed | None:
    """Return a folder all of whose files look as they were sealed; else nothing."""
    try:
        looks = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        if all(_look(folder / name) == look for name, look in looks.items()):
            stats = ((name, (folder / name).stat()) for name in looks)
            return Sealed(folder, tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats))
    except (OSError, ValueError, AttributeError):  # missing; no JSON; JSON, but not ours
        pass
    return None


def _look(path: Path) -> list[int]:
    """Return a file's size and a checksum of blocks spread evenly over it, the first and the last among them."""
    size, checksum = path.stat().st_size, 0
    step = max(_BLOCK, -(-(size - _BLOCK) // (_BLOCKS - 1)))
    with path.open("rb") as file:
        for start in range(0, size, step):
            file.seek(min(start, max(0, size - _BLOCK)))
            checksum = zlib.crc32(file.read(_BLOCK), checksum)
    return [size, checksum]
