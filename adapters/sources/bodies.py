"""The body of a post: its summary and its practice implications, and what at its end is neither."""

from collections.abc import Sequence
from itertools import takewhile

from adapters.sources.furniture import Stretch
from adapters.sources.heads import Head
from adapters.sources.lines import Line
from adapters.sources.shapes import implications, is_finished, is_item
from bot.citations import looks_like_citation, parse_citation
from bot.model import Post, Unplaced, identify

_TRAILING_LIMIT = 100
"""The longest line at the end of a post, in characters, that may be no part of it."""


def post_of(part: Stretch, head: Head, end: int, unplaced: list[Unplaced]) -> Post | None:
    """Build the post of a head from the lines up to `end`; append the lines that are no part of it to `unplaced`.

    A post without a summary is none: all its lines are reported.
    """
    body, trailing = _trimmed(part.lines[head.body : end])
    summary, practical, odd = _parted(body)
    citation, note = head.citation, head.note
    if not citation and len(summary) > 1 and looks_like_citation(summary[-1]):
        citation = summary.pop()
    if not summary or part.month is None:
        unplaced += [Unplaced(line.number, line.text, _NO_SUMMARY) for line in part.lines[head.start : end]]
        return None
    unplaced += [Unplaced(line.number, line.text, _TRAILING) for line in trailing]
    unplaced += [Unplaced(line.number, line.text, _NO_PARAGRAPH) for line in odd]
    return Post(
        id=identify(part.month, head.title),
        month=part.month,
        title=head.title,
        summary=tuple(summary),
        citation=parse_citation(citation) if citation else None,
        implications=tuple(practical),
        note=note,
    )


_NO_SUMMARY = "a summary was expected after this title"
_TRAILING = "it stands after the end of a post"
_NO_PARAGRAPH = "the words Practice Implications stand here without a paragraph, or for a second time in a post"


def _trimmed(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Part off the short lines after the last sentence, but not the list that a line announces."""
    kept = len(lines)
    while kept > 1 and _may_trail(lines[kept - 1].text):
        kept -= 1
    last = lines[kept - 1].text if kept else ""
    announces = last.endswith(":") or implications(last) == ""
    listed = sum(1 for _ in takewhile(lambda line: is_item(line.text), lines[kept:])) if announces else 0
    ended = listed if announces else is_finished(last)
    return (lines[: kept + listed], lines[kept + listed :]) if ended else (lines, ())


def _may_trail(text: str) -> bool:
    short = len(text) <= _TRAILING_LIMIT and not is_finished(text) and not text.endswith(":")
    return short and implications(text) is None and not looks_like_citation(text)


def _parted(lines: Sequence[Line]) -> tuple[list[str], list[str], list[Line]]:
    """Return the summary, the implications, and the headings that announce nothing."""
    summary: list[str] = []
    practical: list[str] = []
    marks: list[Line] = []
    for line in lines:
        rest = implications(line.text)
        if rest is None:
            (practical if marks else summary).append(line.text)
            continue
        marks.append(line)
        practical += [rest] if rest else []
    return summary, practical, marks[1:] if practical else marks
