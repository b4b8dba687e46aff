"""The command about the search by meaning: `embed`."""

import argparse
import logging
import sys
from collections.abc import Iterator
from datetime import datetime

from adapters.wiring.app import open_app
from bot.meaning.filling import Progress
from bot.pages.phrases import counted
from bot.ports.meaning import MeaningError
from bot.settings import Settings

_log = logging.getLogger("pprnet")

_LOG_LINES = 10
"""Into how many parts the log divides the work."""


def embed(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Make everything ready for the search by meaning, and tell how far it is."""
    app = open_app(settings, at=now)
    if app.filler is None:
        raise MeaningError("the extra semantic is not installed", NOT_INSTALLED)
    steps = app.filler.steps()
    last = _drawn(steps) if sys.stderr.isatty() else _logged(steps)
    print(f"{counted(last.total, 'text')} can be searched by meaning.")
    return True


NOT_INSTALLED = (
    "The search by meaning is not installed: `pip install pprnet-bot[semantic]`, or `make run SEMANTIC=1`. With it,"
    " questions find summaries that share no word with them, and are answered in quotes."
)


def _drawn(steps: Iterator[Progress]) -> Progress:
    """Show a bar on the terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    last = next(steps)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("texts", total=last.total, completed=last.done)
        for last in steps:
            bar.update(task, completed=last.done)
    return last


def _logged(steps: Iterator[Progress]) -> Progress:
    """Write a log line for every tenth of the work."""
    last = next(steps)
    told = last.done
    for last in steps:
        if (last.done - told) * _LOG_LINES >= last.total or last.done == last.total:
            told = last.done
            _log.info("%d of %d texts", last.done, last.total, extra={"action": "embed.step"})
    return last
