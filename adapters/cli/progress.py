"""How far the reading of a source has come: a bar on a terminal, a log line for each page elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.pages.phrases import counted
from bot.ports.syncing import Progress, Step
from bot.syncing.refreshing import log_step


@contextmanager
def watched() -> Iterator[Progress]:
    """Give what is told of every page. It writes to standard error: the report is standard output's."""
    if not sys.stderr.isatty():
        yield log_step
        return
    from rich import progress  # only where there is a terminal to draw on
    from rich.console import Console

    columns = (progress.SpinnerColumn(), progress.TextColumn("{task.description}", markup=False), progress.BarColumn())
    with progress.Progress(
        *columns, progress.TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as drawn:
        task = drawn.add_task("asking", total=None)
        yield lambda step: drawn.update(task, description=_said(step))


def _said(step: Step) -> str:
    return f"{step.listing}: page {step.page:,}, {counted(step.posts, 'post')} so far"
