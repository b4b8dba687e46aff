"""What an import did, for people and for scripts."""

from collections import Counter
from collections.abc import Iterator

from bot.importing import Report
from bot.model import Effect
from bot.pages.phrases import counted, listed

_WORDS = {
    Effect.ADDED: "added",
    Effect.REPLACED: "replaced (the starter archive's words by the blog's)",
    Effect.REVISED: "revised",
    Effect.UNCHANGED: "unchanged",
}


def report_lines(report: Report, *, unchanged: bool = True) -> Iterator[str]:
    """Yield what became of every post, and the lines that fitted nowhere.

    Args:
        report: the report.
        unchanged: whether to name the posts, too, to which nothing happened.
    """
    counts = Counter(change.effect for change in report.changes)
    told = [f"{counts[effect]:,} {_WORDS[effect]}" for effect in Effect if counts[effect] or effect is Effect.ADDED]
    yield f"{counted(len(report.changes), 'post')} read: {listed(told)}."
    if not report.kept:
        yield "This was a trial: the archive is as it was."
    shown = [change for change in report.changes if unchanged or change.effect is not Effect.UNCHANGED]
    for change in shown:
        yield f"  {change.effect:<9}  {change.post.month.label:<14}  {change.post.title}"
    if report.unplaced:
        yield f"{counted(len(report.unplaced), 'line')} fitted no rule and stayed out:"
    for name, line in report.unplaced:
        yield f"  {name}:{line.line}: {line.text} ({line.why})"


def report_data(report: Report) -> dict[str, object]:
    """Return the same as data."""
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
