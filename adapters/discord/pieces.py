"""A view as pieces of a message: what it says as Markdown, its buttons, and what is attached, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from adapters.discord import limits, names
from adapters.discord.escaping import fits_fence, on_one_line, printable, shortened, size
from adapters.discord.message import TextFile
from adapters.discord.spans import is_blank, levelled, markdown, split
from bot.requests import Request
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
from bot.wording import TOKEN_LIMIT, fits, write


@dataclass(frozen=True, slots=True)
class Words:
    """Running text.

    Attributes:
        text: Markdown.
        after: what goes between it and running text before it: nothing if it continues that.
    """

    text: str
    after: str = "\n\n"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button.

    Attributes:
        label: what stands on it.
        token: the request that it carries.
        about: the title of what it is for, where it stands beside that.
        kind: what it does, one of `names`.
        number: the part that it shows, for `names.MORE`; others are numbered by their place.
    """

    label: str
    token: str
    about: str = ""
    kind: str = names.ASK
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons side by side, at most five."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Text, as Markdown, with a button beside it."""

    text: str
    choice: Choice


Part = Words | Row | Beside | TextFile
Piece = tuple[Part, ...]
"""What stays together, such as a heading and what it heads."""


def pieces_of(view: View) -> list[Piece]:
    """Return everything a view says, in order; none of it measures more than a fraction of a message."""
    pieces = _heading("## ", view.title)
    headed = len(pieces) == 1  # whether the last piece is a heading that waits for what it heads
    for block in view.blocks:
        said = list(_pieces(block))
        if not said:
            continue
        if headed and not isinstance(block, Heading):
            said[0] = _headed(pieces.pop(), said[0])
        headed = isinstance(block, Heading)
        pieces += said
    return _numbered(pieces) or [(Words(_NOTHING),)]


def carries(request: Request) -> bool:
    """Say whether a button of Discord's can carry a request."""
    return fits(request) and size(write(request)) <= TOKEN_LIMIT


_NOTHING = "There is nothing to say."
_LINE_WITH_WORDS = re.compile(r"^(?=.*\S)", re.MULTILINE)


def _headed(heading: Piece, piece: Piece) -> Piece:
    """Put a heading over a piece: in the same text where there is one, so that no gap parts them."""
    [over], [first, *below] = heading, piece
    if isinstance(over, Words) and isinstance(first, Words):
        return (replace(over, text=f"{over.text}\n{first.text}"), *below)
    return (over, first, *below)


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Heading(text):
            yield from _heading("### ", text)
        case Paragraph(spans):
            yield from _paragraph(spans)
        case Quote(text):
            yield from _lines((Text(text),), "> ")
        case Context(spans):
            yield from _lines(spans, "-# ")
        case Code(text):
            yield from _code(printable(text).strip("\n"))
        case Bullets(items):
            for item in items:
                yield from _item(levelled(item))
        case Entry():
            yield from _entry(block)
        case Buttons(buttons):
            yield from _rows(buttons)


def _heading(mark: str, text: str) -> list[Piece]:
    line = markdown(levelled((Text(text.strip()),)))
    if size(line) > limits.HEADING:
        return list(_paragraph((Strong(text),)))
    return [(Words(f"{mark}{line}", "\n"),)] if line.strip() else []


def _paragraph(spans: Sequence[Span], mark: str = "", after: str = "\n\n") -> Iterator[Piece]:
    if is_blank(spans):
        return
    for part in split(spans):
        yield (Words(f"{mark}{markdown(part)}", after),)
        mark = after = ""


def _item(spans: Sequence[Span]) -> Iterator[Piece]:
    return _paragraph(spans, "- ", "\n")


def _lines(spans: Sequence[Span], mark: str) -> Iterator[Piece]:
    """Yield text in which every line is marked; a line with nothing on it must not be, Discord would show the mark."""
    for part in split(spans):
        if not is_blank(part):
            yield (Words(_LINE_WITH_WORDS.sub(mark, markdown(part).strip()), "\n"),)


def _code(text: str) -> Iterator[Piece]:
    """Yield a text to copy in a block, attached where a block would not show it to the letter or be too long."""
    if not text.strip():
        return
    if fits_fence(text) and size(text) <= limits.CODE:
        yield (Words(f"```\n{text}\n```", "\n"),)
    else:
        yield (TextFile("", text),)


def _entry(entry: Entry) -> Iterator[Piece]:
    spoken = (levelled(line) for line in ((Strong(entry.title),), *entry.lines))
    lines = [markdown(part).strip() for line in spoken for part in split(line) if not is_blank(part)]
    *above, last = _packed(lines) or [""]
    yield from ((Words(text),) for text in above)
    if last and carries(entry.button.request):
        yield (Beside(last, _choice(entry.button, entry.title)),)
    else:
        yield from ([(Words(last),)] if last else [])
        yield from _rows((entry.button,))


def _rows(buttons: Sequence[Button]) -> Iterator[Piece]:
    """Yield buttons in rows; a request that no button can carry is named as its command."""
    carried = [_choice(each) for each in buttons if carries(each.request)]
    for start in range(0, len(carried), limits.BUTTONS_IN_A_ROW):
        yield (Row(tuple(carried[start : start + limits.BUTTONS_IN_A_ROW])),)
    for each in buttons:
        if not carries(each.request):
            yield from _paragraph((Text(f"{each.label}: {_command(each)}"),))


def _choice(button: Button, about: str = "") -> Choice:
    """Return a button as Discord shows it; one without a label shows its command."""
    label = button.label if button.label.strip() else _command(button)
    return Choice(shortened(on_one_line(label), limits.BUTTON_LABEL), button.token, on_one_line(about))


def _command(button: Button) -> str:
    return f"/pprnet {write(button.request)}"


def _packed(lines: Sequence[str]) -> list[str]:
    """Join lines, in order, to texts that are as long as a piece may be."""
    texts: list[str] = []
    for line in lines:
        if texts and size(texts[-1]) + len("\n") + size(line) <= limits.PIECE:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return texts


def _numbered(pieces: Sequence[Piece]) -> list[Piece]:
    """Give every attached text a name of its own."""
    numbers = count(1)
    return [
        tuple(replace(part, name=f"text{next(numbers)}.txt") if isinstance(part, TextFile) else part for part in piece)
        for piece in pieces
    ]
