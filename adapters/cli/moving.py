"""Commands that move posts in and out: `import` and `export`."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from adapters import wiring
from adapters.cli.printing import print_json
from adapters.sources import files, jsonlines
from bot.errors import SourceError
from bot.importing import Report
from bot.model import Effect, Month
from bot.pages.phrases import counted, listed
from bot.settings import Settings


def import_(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Bring posts in, all or nothing, and report every one of them and every line that fitted nowhere."""
    app = wiring.open_app(settings, at=now, furnished=False)
    month = _month(asked.month)
    readings = chain.from_iterable(files.read_path(path, month, topics=app.topics) for path in asked.paths)
    report = app.importer.take(readings, source=_names(asked.paths), at=now, keep=not asked.dry_run)
    if asked.json:
        print_json(_report_data(report))
    else:
        print("\n".join(_report_lines(report)))
    return True


def export(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Write the archive out, so that importing it gives the same archive."""
    app = wiring.open_app(settings, at=now)
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


_WORDS = {
    Effect.ADDED: "added",
    Effect.REPLACED: "replaced (the starter archive's words by the blog's)",
    Effect.REVISED: "revised",
    Effect.UNCHANGED: "unchanged",
}


def _report_lines(report: Report) -> Iterator[str]:
    counts = Counter(change.effect for change in report.changes)
    told = [f"{counts[effect]:,} {_WORDS[effect]}" for effect in Effect if counts[effect] or effect is Effect.ADDED]
    yield f"{counted(len(report.changes), 'post')} read: {listed(told)}."
    if not report.kept:
        yield "This was a trial: the archive is as it was."
    for change in report.changes:
        yield f"  {change.effect:<9}  {change.post.month.label:<14}  {change.post.title}"
    if report.unplaced:
        yield f"{counted(len(report.unplaced), 'line')} fitted no rule and stayed out:"
    for name, line in report.unplaced:
        yield f"  {name}:{line.line}: {line.text} ({line.why})"


def _report_data(report: Report) -> dict[str, object]:
    return {
        "kept": report.kept,
        "counts": {effect.value: report.count(effect) for effect in Effect},
        "posts": [
            {"effect": change.effect, "id": change.post.id, "month": str(change.post.month), "title": change.post.title}
            for change in report.changes
        ],
        "unplaced": [
            {"file": name, "line": line.line, "text": line.text, "why": line.why} for name, line in report.unplaced
        ],
    }
