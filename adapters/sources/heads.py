"""The head of a post: its title, editorial notes and its citation, in whatever order a page has them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from adapters.sources.lines import Line
from adapters.sources.shapes import (
    LONG,
    continues,
    implications,
    is_address,
    may_continue,
    note_shaped,
    plainer,
    same_title,
    title_shaped,
)
from bot.citations import looks_like_citation

_NOTE_LIMIT = 4
"""How many lines of a note may stand between the title and the citation, or the title's second printing."""

_PIECES_LIMIT = 8
"""How many pieces a head has at most; five were seen: title, citation, note, the title again, address."""


class Trust(IntEnum):
    """How sure it is that a line is a title, and so how freely the lines after it are read."""

    SHAPE = 0
    """Nothing says so but the line itself and those that follow."""
    HEADING = 1
    """A month heading stands directly above it."""
    NAMED = 2
    """The source says so, and that it is all of the title."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a post.

    Attributes:
        start: where its title stands, an index into the lines.
        body: where its first paragraph stands.
        title: as printed; the two lines of a parted title joined by a blank.
        citation: as printed; empty when there is none.
        note: paragraphs of an editorial note.
        repeated: whether the title was printed twice.
    """

    start: int
    body: int
    title: str
    citation: str = ""
    note: tuple[str, ...] = ()
    repeated: bool = False


def head_at(lines: Sequence[Line], start: int, trust: Trust) -> Head:
    """Read the head of a post whose title stands at `start`.

    Args:
        lines: a stretch of a page.
        start: an index into it.
        trust: how sure it is that it is a title.
    """
    head = _parted(lines, Head(start, start + 1, lines[start].text), trust)
    for _ in range(_PIECES_LIMIT):
        if head.body == len(lines):
            break
        further = _extended(lines, head, trust)
        if further is None:
            break
        head = further
    return head


def is_evident(lines: Sequence[Line], start: int) -> bool:
    """Say whether a post begins at a line by its citation or its repeated title, without a heading above it.

    A list of references at the end of a post has a short line above a citation too, but no body below.
    """
    text = lines[start].text
    if not title_shaped(text) or looks_like_citation(text):
        return False
    head = head_at(lines, start, Trust.SHAPE)
    return bool(head.citation or head.repeated) and _has_body(lines, head.body)


def _parted(lines: Sequence[Line], head: Head, trust: Trust) -> Head:
    """Join a title that is parted into two lines."""
    if trust is Trust.NAMED or head.body + 1 >= len(lines):
        return head
    second, third = lines[head.body].text, lines[head.body + 1].text
    cited = looks_like_citation(third)
    if not title_shaped(second) or same_title(head.title, second) or note_shaped(second) or looks_like_citation(second):
        return head
    plain = continues(head.title, second) and (cited or len(third) >= LONG)
    if plain or (trust and cited and may_continue(head.title, second)):
        return replace(head, body=head.body + 1, title=f"{head.title} {second}")
    return head


def _extended(lines: Sequence[Line], head: Head, trust: Trust) -> Head | None:
    """Return the head with one more piece; `None` where the body begins."""
    at, text = head.body, lines[head.body].text
    if same_title(text, head.title):
        return replace(head, body=at + 1, title=plainer(head.title, text), repeated=True)
    if not head.citation and looks_like_citation(text):
        address = " " + lines[at + 1].text if at + 1 < len(lines) and is_address(lines[at + 1].text) else ""
        return replace(head, body=at + 1 + bool(address), citation=text + address)
    end = _note_end(lines, head, trust)
    if end is None:
        return None
    return replace(head, body=end, note=head.note + tuple(line.text for line in lines[at:end]))


def _note_end(lines: Sequence[Line], head: Head, trust: Trust) -> int | None:
    """Return where the head goes on after a note; `None` where no note stands."""
    at = head.body
    for end in range(at + 1, min(at + 1 + _NOTE_LIMIT, len(lines))):
        if implications(lines[end - 1].text) is not None:
            break
        if same_title(lines[end].text, head.title):
            return end
        if not head.citation and _is_cited_after(lines, at, end, trust):
            return end
    is_note = note_shaped(lines[at].text) and _is_paragraph(lines, at + 1)
    return at + 1 if is_note else None


def _is_cited_after(lines: Sequence[Line], at: int, end: int, trust: Trust) -> bool:
    """Say whether a citation at `end` belongs to this title although lines stand between the two.

    Unless it is a single line directly under the title, the line above the citation must not be a title, which would
    be the next post's; and a summary must follow, or the lines between would be the summary.
    """
    if not looks_like_citation(lines[end].text) or not _is_paragraph(lines, end + 1):
        return False
    notes = [note_shaped(line.text) for line in lines[at:end]]
    single = len(notes) == 1
    parted = single or notes[-1] or not title_shaped(lines[end - 1].text)
    return all(notes) or trust is Trust.NAMED or (trust is Trust.HEADING and parted)


def _is_paragraph(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and implications(lines[at].text) is None


def _has_body(lines: Sequence[Line], at: int) -> bool:
    """Say whether the first line that is no citation is a paragraph, not the title of the next post."""
    while at < len(lines) and looks_like_citation(lines[at].text):
        at += 1
    next_is_cited = at + 1 < len(lines) and looks_like_citation(lines[at + 1].text)
    return _is_paragraph(lines, at) and not (next_is_cited and title_shaped(lines[at].text))
