"""A view as pieces of a message: blocks in reading order, those together that belong together."""

from collections.abc import Iterator, Sequence
from itertools import count

from adapters.slack import limits, names
from adapters.slack.blocks import (
    actions,
    bullets,
    button,
    code,
    context,
    fits_header,
    header,
    packed,
    quote,
    rich_text,
    section,
)
from adapters.slack.measuring import Piece
from adapters.slack.spans import is_blank, split
from bot.views import (
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    Context,
    Entry,
    Heading,
    Paragraph,
    Quote,
    Span,
    Strong,
    Text,
    View,
)
from bot.wording import fits, write


def pieces_of(view: View, numbers: Iterator[int] | None = None) -> list[Piece]:
    """Return everything a view says, in order; a piece never holds more than a few thousand characters.

    Args:
        view: what to say.
        numbers: what to number the buttons by, where other views share the surface.
    """
    numbers = numbers or count(1)
    pieces = _title(view.title)
    headed = False  # whether the last piece is a heading that waits for what it heads
    for block in view.blocks:
        said = list(_pieces(block, numbers))
        if not said:
            continue
        if headed and not isinstance(block, Heading):
            said[0] = _headed(pieces.pop(), said[0])
        headed = isinstance(block, Heading)
        pieces += said
    return pieces or _paragraphs((Text("There is nothing to say."),))


def _title(text: str) -> list[Piece]:
    if fits_header(text) and not is_blank((Text(text),)):
        return [[header(text)]]
    return _paragraphs((Strong(text),))


def _headed(heading: Piece, piece: Piece) -> Piece:
    """Put a heading over a piece: in the same block where that is running text, so that no gap parts them."""
    first, *below = piece
    if first["type"] != "rich_text":
        return [*heading, *piece]
    return [rich_text([*heading[0]["elements"], *first["elements"]]), *below]


def _pieces(block: Block, numbers: Iterator[int]) -> Iterator[Piece]:
    match block:
        case Heading(text):
            yield from _paragraphs((Strong(text),))
        case Paragraph(spans):
            yield from _paragraphs(spans)
        case Quote(text):
            yield from ([rich_text([quote(part)])] for part in _texts(text))
        case Code(text):
            yield from ([rich_text([code(part)])] for part in _texts(text))
        case Bullets(items):
            yield from _list(items)
        case Entry():
            yield from _entry(block, numbers)
        case Context(spans):
            yield from ([small] for small in context(spans))
        case Buttons(buttons):
            yield from _rows(buttons, numbers)


def _paragraphs(spans: Sequence[Span]) -> list[Piece]:
    return [[rich_text([section(part)])] for part in _parts(spans)]


def _list(items: Sequence[Sequence[Span]]) -> Iterator[Piece]:
    lines = [part for item in items for part in _parts(item)]
    for group in packed(section(line) for line in lines):
        yield [rich_text([bullets(group)])]


def _entry(entry: Entry, numbers: Iterator[int]) -> Iterator[Piece]:
    lines = [part for line in ((Strong(entry.title),), *entry.lines) for part in _parts(line)]
    *above, last = [[rich_text(group)] for group in packed(section(line) for line in lines)] or [[]]
    yield from above
    row, *further = [*_rows((entry.button,), numbers, entry.title)]
    yield [*last, *row]
    yield from further


def _rows(buttons: Sequence[Button], numbers: Iterator[int], about: str = "") -> Iterator[Piece]:
    """Yield buttons in rows; a request that no button can carry is named as its command."""
    carried = [button(each, names.request(next(numbers)), about) for each in buttons if fits(each.request)]
    for start in range(0, len(carried), limits.BUTTONS_IN_A_ROW):
        yield [actions(carried[start : start + limits.BUTTONS_IN_A_ROW])]
    for each in buttons:
        if not fits(each.request):
            yield from _paragraphs((Text(f"{each.label}: {names.COMMAND} {write(each.request)}"),))


def _texts(text: str) -> list[str]:
    return ["".join(span.text for span in part) for part in _parts((Text(text),))]


def _parts(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    return [part for part in split(spans) if not is_blank(part)]
