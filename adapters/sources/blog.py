"""The grammar of the blog: from the lines of a page to its posts.

    Month YYYY
    Title
    Citation
    summary, one line a paragraph
    Practice Implications
    implications, one line a paragraph

A month heading may stand above one post or above several. Directly below it stands a title, whatever it looks like.
Further titles under the same heading are found by these rules, the surest first:

1. A short line followed by a citation (with a note or the title's repetition between them, or not) is a title.
2. Between two `Practice Implications` lines there is a title: the likeliest short line that has a paragraph of
   implications before it and a paragraph of summary after it.
3. After finished implications, a short line that ends no sentence, followed by a long paragraph, is a title.

Short lines at the end of a post that end no sentence (`Back to top`) are not its text; they are reported.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.sources.bodies import post_of
from adapters.sources.furniture import Stretch, is_pager, stretches
from adapters.sources.heads import Head, Trust, head_at, is_evident
from adapters.sources.lines import Line
from adapters.sources.shapes import LONG, implications, is_finished, is_sentence, month_heading, title_shaped
from bot.citations import looks_like_citation
from bot.errors import SourceError
from bot.model import Month, Post, Reading, Unplaced

Memory = dict[tuple[str, ...], "Section"]
"""What was read before, by its lines: the same post stands on many pages of a site, on each of its topics' pages."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands from one month heading to the next: posts, and by their places the lines that fit no rule."""

    posts: tuple[Post, ...]
    unplaced: tuple[tuple[int, str], ...]


def read_page(name: str, lines: Sequence[Line], month: Month | None = None, memory: Memory | None = None) -> Reading:
    """Read one page of the blog.

    Args:
        name: what to call the page in reports.
        lines: the page; see `adapters.sources.lines`.
        month: the month of the posts above the first month heading, for pages that have no heading.
        memory: what earlier pages held; it is added to. Headings part a page into sections that are read each by
            itself, so that one that was read before need not be read again.

    Raises:
        SourceError: the page holds no post.
    """
    memory = {} if memory is None else memory
    posts: list[Post] = []
    unplaced: list[Unplaced] = []
    for start, end in _sections(lines):
        part = lines[start:end]
        key = (str(month) if start == 0 else "", *(line.text for line in part))
        section = memory.get(key) or memory.setdefault(key, _read_section(part, month))
        posts += section.posts
        unplaced += (Unplaced(part[place].number, part[place].text, why) for place, why in section.unplaced)
    if not posts:
        raise SourceError("a page holds no post", _what_was_expected(name, stretches(lines, month)))
    return Reading(name, tuple(posts), tuple(unplaced))


def _sections(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where each section begins and ends: one above the first month heading, and one for each heading.

    The page numbers at the end are left out: they say nothing, and differ where the same posts end two lists.
    """
    end = len(lines)
    while end and is_pager(lines[end - 1].text):
        end -= 1
    starts = [0, *(place for place, line in enumerate(lines[:end]) if place and month_heading(line.text))]
    return zip(starts, [*starts[1:], end], strict=True)


def _read_section(lines: Sequence[Line], month: Month | None) -> Section:
    posts: list[Post] = []
    unplaced: list[Unplaced] = []
    for part in stretches(lines, month):
        _read_stretch(part, posts, unplaced)
    places = {line.number: place for place, line in enumerate(lines)}
    return Section(tuple(posts), tuple(sorted((places[line.line], line.why) for line in unplaced)))


def _what_was_expected(name: str, parts: Sequence[Stretch]) -> str:
    if any(part.month is None and list(_heads(part)) for part in parts):
        return f"{name} does not say which month its posts are of: a line such as July 2021 is missing above them."
    return (
        f"{name} holds no post of the blog: a month heading such as July 2021 was expected, then a title, a citation "
        "and a summary, each on a line of its own."
    )


def _read_stretch(part: Stretch, posts: list[Post], unplaced: list[Unplaced]) -> None:
    heads = list(_heads(part)) if part.month else []
    ends = [head.start for head in heads[1:]] + [len(part.lines)]
    why = "it stands outside of any post" if part.month else "no month heading stands above it"
    unplaced += [Unplaced(line.number, line.text, why) for line in part.lines[: heads[0].start if heads else None]]
    read = [post_of(part, head, end, unplaced) for head, end in zip(heads, ends, strict=False)]
    found = [post for post in read if post]
    if part.heading and not found:
        unplaced.append(Unplaced(part.heading.number, part.heading.text, "no post stands under this month heading"))
    posts += found


def _heads(part: Stretch) -> Iterator[Head]:
    """Yield the heads of the posts of a stretch, in order."""
    lines, at, is_open = part.lines, 0, False
    if part.heading and lines and _is_title_under_heading(lines):
        head = head_at(lines, 0, Trust.HEADING)
        yield head
        at, is_open = head.body, True
    evident = -1
    while at < len(lines):
        if evident < at:
            evident = next((i for i in range(at, len(lines)) if is_evident(lines, i)), len(lines))
        bare = _bare_title(lines, at, evident, is_open=is_open)
        start = evident if bare is None else bare
        if start == len(lines):
            return
        head = head_at(lines, start, Trust.SHAPE)
        yield head
        at, is_open = head.body, True


def _is_title_under_heading(lines: Sequence[Line]) -> bool:
    """Say whether the first line is a title: it need only be short, and no citation unless one follows."""
    first = lines[0].text
    if not title_shaped(first):
        return False
    return not looks_like_citation(first) or (len(lines) > 1 and looks_like_citation(lines[1].text))


def _bare_title(lines: Sequence[Line], start: int, end: int, *, is_open: bool) -> int | None:
    """Return where between two places a post begins that nothing but its shape gives away: rules 2 and 3."""
    marks = [at for at in range(start, end) if implications(lines[at].text) is not None]
    floor = start
    if is_open:
        if not marks:
            return None
        first = marks.pop(0)
        floor = first + (1 if implications(lines[first].text) else 2)
    if marks:
        likely = [at for at in range(floor, marks[0] - 1) if title_shaped(lines[at].text)]
        return min(likely, key=lambda at: _unlikeliness(lines, at), default=None)
    return next((at for at in range(floor, end - 1) if _stands_out(lines, at)), None)


def _unlikeliness(lines: Sequence[Line], at: int) -> tuple[bool, bool, int]:
    text = lines[at].text
    return is_sentence(text), len(lines[at + 1].text) < LONG, len(text)


def _stands_out(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    opens = at == 0 or is_finished(lines[at - 1].text)
    named = title_shaped(text) and not is_sentence(text) and not text[0].islower() and len(text.split()) >= 3
    return opens and named and len(lines[at + 1].text) >= LONG and month_heading(lines[at + 1].text) is None
