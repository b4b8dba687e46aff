"""Giving texts their vectors while the bot runs, without anybody having to wait for it."""

import logging
import os
import sys
from threading import Event, Thread, get_native_id

from bot.errors import PprnetError
from bot.meaning.filling import Filler
from bot.ports.meaning import MeaningError

_log = logging.getLogger("pprnet")

INTERVAL = 60.0
"""Seconds between two looks at whether the archive has changed."""


class Background:
    """A thread that follows the archive as long as a `with` block runs.

    It has to end before Python does: a thread that is inside the model then would take the process with it.
    """

    def __init__(self, filler: Filler, interval: float = INTERVAL) -> None:
        self._filler = filler
        self._interval = interval
        self._ended = Event()
        self._thread = Thread(target=self._run, name="meaning", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        """Wait for what is in hand: a third of a second at most."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        _give_way()
        while not self._ended.is_set():
            try:
                self._follow()
            except MeaningError as error:
                _log.error("%s", error, extra={"action": "meaning.failed"})
                return
            except PprnetError as error:
                _log.warning("%s", error, extra={"action": "meaning.postponed"})
            self._ended.wait(self._interval)

    def _follow(self) -> None:
        if self._filler.due() and self._fill():
            _log.info("every text has its vector", extra={"action": "meaning.done"})

    def _fill(self) -> bool:
        """Return whether it came to an end before it was told to end."""
        for progress in self._filler.steps():
            _log.debug("%d of %d", progress.done, progress.total, extra={"action": "meaning.step"})
            if self._ended.is_set():
                return False
        return True


def _give_way() -> None:
    """Let every other thread go first; only Linux has threads of different priorities in one process."""
    if sys.platform == "linux":  # pragma: no branch
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
