"""The small turns of phrase that answers share."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.model import ArchiveFacts, Month
from bot.subscriptions import Filter
from bot.views import Context, Text

_LABEL_LIMIT = 66
"""The longest piece of a person's text or of a title that a button repeats, in characters; platforms carry 75."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 summary`, `4 summaries`, `1,204 summaries`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def summaries(count: int) -> str:
    """Return `1 summary` or `4 summaries`."""
    return counted(count, "summary", "summaries")


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return items as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def quoted(text: str) -> str:
    """Return a person's own words in quotation marks."""
    return f"“{text}”"


def wanted(filter_: Filter, most: int = 0) -> str:
    """Say what a filter takes, as the end of “This channel gets …”.

    Args:
        filter_: what a channel asked for.
        most: how many topics are named, each way; all when 0.
    """
    wants = f"what is new about {_either(filter_.topics, most)}" if filter_.topics else "every new summary"
    return f"{wants}, but nothing about {_either(filter_.without, most)}" if filter_.without else wants


def shortened(text: str, limit: int = _LABEL_LIMIT) -> str:
    """Cut a text for a button at a blank, with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return f"{head.rpartition(' ')[0] or head}…"


def on_day(moment: datetime) -> str:
    """Return the day of an aware time, in UTC: `25 November 2026`."""
    day = moment.astimezone(UTC)
    return f"{day.day} {Month(day.year, day.month).label}"


def at_time(moment: datetime) -> str:
    """Return an aware time to the minute, in its own zone: `Monday 7 December 2026, 9:00 EST`."""
    name = moment.tzname() or ""
    zone = name if name.isalpha() else f"UTC{name}"
    day = f"{_WEEKDAYS[moment.weekday()]} {moment.day} {Month(moment.year, moment.month).label}"
    return f"{day}, {moment.hour}:{moment.minute:02} {zone}"


def span_of(facts: ArchiveFacts) -> str:
    """Return how far the archive reaches: `September 2020 to November 2023`; empty when it holds nothing."""
    if facts.oldest is None or facts.newest is None:
        return ""
    if facts.oldest == facts.newest:
        return facts.newest.label
    return f"{facts.oldest.label} to {facts.newest.label}"


def freshness(facts: ArchiveFacts) -> str:
    """Return one sentence about when a source was last read."""
    if facts.source_read_at is None:
        return "No source has been read yet: this is the starter archive."
    return f"Source last read on {on_day(facts.source_read_at)}."


def rests_on(facts: ArchiveFacts) -> Context:
    """Return the small print under a list: which archive was looked through."""
    return Context((Text(f"From {summaries(facts.posts)}, {span_of(facts)}."),))


def _either(names: Sequence[str], most: int) -> str:
    """Return names of topics as a sentence lists them; several are quoted, as names may hold an “and” of their own."""
    if len(names) < 2:
        return "".join(names)
    named = [quoted(name) for name in names[: most or len(names)]]
    rest = len(names) - len(named)
    return listed([*named, *([f"{rest} more"] if rest else [])], "or")
