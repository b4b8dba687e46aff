"""A folder that one process at a time works in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.ports.syncing import BusyError

if sys.platform != "win32":  # pragma: no branch - Windows has no such locks and does without taking turns
    import fcntl

_LOCK = ".lock"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep a folder, which exists, for this process as long as the context lasts.

    The lock goes with its file's closing, so that it cannot outlive its process.

    Raises:
        BusyError: another process has it, or another part of this one.
        OSError: nothing can be written there.
    """
    with (folder / _LOCK).open("a") as file:
        if not _is_free(file):
            raise BusyError("another process reads a source")
        yield


def _is_free(file: IO[str]) -> bool:
    """Lock a file, and say whether nobody else has; a file system without locks does without."""
    if sys.platform == "win32":  # pragma: no cover - see above
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # pragma: no cover - some network file systems
        pass
    return True
