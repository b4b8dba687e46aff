"""Commands that move posts in and out: `import` and `export`."""

import argparse
from datetime import datetime
from itertools import chain
from pathlib import Path

from adapters.cli.printing import print_json
from adapters.cli.reporting import report_data, report_lines
from adapters.sources import files, jsonlines
from adapters.wiring.app import open_app
from bot.errors import SourceError
from bot.model import Month
from bot.pages.phrases import counted
from bot.settings import Settings


def import_(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Bring posts in, all or nothing, and report every one of them and every line that fitted nowhere."""
    app = open_app(settings, at=now, furnished=False)
    month = _month(asked.month)
    readings = chain.from_iterable(files.read_path(path, month, topics=app.topics) for path in asked.paths)
    report = app.importer.take(readings, source=_names(asked.paths), at=now, keep=not asked.dry_run)
    if asked.json:
        print_json(report_data(report))
    else:
        print("\n".join(report_lines(report)))
    return True


def export(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Write the archive out, so that importing it gives the same archive."""
    app = open_app(settings, at=now)
    if asked.json:
        for line in jsonlines.write_posts(app.archive.everything()):
            print(line)
        return True
    if asked.folder is None:
        raise SourceError("no folder was given to export to", "Name a folder to write to, or use --json.")
    written = files.export_folder(app.archive.everything(), asked.folder)
    print(f"Wrote {counted(len(written), 'post')} to {asked.folder}.")
    return True


def _month(text: str | None) -> Month | None:
    if text is None:
        return None
    try:
        return Month.parse(text)
    except ValueError as error:
        raise SourceError("the month option is no month", "Write the month like 2014-01.") from error


def _names(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
