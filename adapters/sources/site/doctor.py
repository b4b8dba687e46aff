"""One page, and how each of its lines was read."""

from collections.abc import Iterator, Sequence

from adapters.sources.blog import read_page
from adapters.sources.files import month_of_name
from adapters.sources.lines import Line
from adapters.sources.site.explaining import Explained, Role, explain
from adapters.sources.site.lists import lines_of
from adapters.sources.site.menus import menu_of
from adapters.sources.site.pages import Page
from adapters.sources.sniffing import Kind, kind_of
from bot.errors import SourceError
from bot.model import Reading, Unplaced
from bot.pages.phrases import counted

_SHOWN = 90
"""How much of a line is shown, in characters."""


def explained(page: Page) -> tuple[Explained, ...]:
    """Return how each line of a page was read; on a page without any post every line is left over."""
    lines = lines_of(page)
    return explain(lines, _reading(page, lines)[0])


def told(page: Page) -> Iterator[str]:
    """Yield a report on a page: its lines with their roles, then the filters that it offers; of a feed its entries.

    Raises:
        SourceError: it is a feed that cannot be read.
    """
    if kind_of(page.text) is Kind.FEED:
        yield from _of_feed(page)
        return
    lines = lines_of(page)
    reading, wrong = _reading(page, lines)
    for one in explain(lines, reading):
        shown = one.line.text if len(one.line.text) <= _SHOWN else f"{one.line.text[:_SHOWN]}…"
        yield f"{one.line.number:>5}  {one.role.value:<24}{shown}{f' ({one.why})' if one.why else ''}"
    yield wrong or f"{_counted(reading)}."
    menu = menu_of(page.text)
    yield f"Topics offered: {len(menu.topics)}. Types of research offered: {', '.join(menu.kinds.values()) or 'none'}."


def _reading(page: Page, lines: Sequence[Line]) -> tuple[Reading, str]:
    """Read a page; one that holds no post is all left over, and a sentence says what was expected."""
    try:
        return read_page(page.url, lines, month_of_name(page.url)), ""
    except SourceError as error:
        left = [Unplaced(line.number, line.text, "the page holds no post") for line in lines]
        return Reading(page.url, (), left), error.human


def _counted(reading: Reading) -> str:
    left = f"{counted(len(reading.unplaced), 'line')} left over" if reading.unplaced else "no line left over"
    return f"{counted(len(reading.posts), 'post')}, {left}"


def _of_feed(page: Page) -> Iterator[str]:
    from adapters.sources.feeds import read_feed  # the feed library costs its time only where there is a feed

    reading = read_feed(page.url, page.body)
    for post in reading.posts:
        yield f"{'':5}  {'post':<24}{post.month.label}  {post.title}"
    for line in reading.unplaced:
        yield f"{line.line:>5}  {Role.LEFT.value:<24}{line.text} ({line.why})"
    yield f"{_counted(reading)}."
