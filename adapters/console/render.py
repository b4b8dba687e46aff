"""Views on a terminal: plain text where it is piped, styled where a person looks."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from bot.views import (
    Block,
    Bullets,
    Button,
    Buttons,
    Choice,
    Code,
    Context,
    Entry,
    Heading,
    Link,
    Marked,
    Paragraph,
    Quote,
    Span,
    Strong,
    Text,
    View,
    as_text,
    command,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Styled

WIDEST = 88
"""The longest line, in columns: longer ones are hard to read."""


def show(view: View, out: TextIO, choice: Choice | None = None) -> None:
    """Write a view: styled and wrapped on a terminal, its plain text form anywhere else.

    Args:
        view: what to say.
        out: where to.
        choice: how to write a button; its label and command when not given.
    """
    if out.isatty():
        _show_styled(view, out, choice or command)
    else:
        out.write(_printable(as_text(view, choice)))


def numbered(number: int, button: Button) -> str:
    """Write a button as a numbered choice."""
    return f"[{number}] {button.label}"


_CONTROL = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"}
"""What could move the cursor or ring the bell: a source may hold anything, and a terminal obeys."""

_INDENT = (0, 0, 0, 2)
"""Two columns on the left; the other sides as they are."""

_SPAN_STYLES: dict[type[Span], str] = {Text: "", Strong: "bold", Marked: "bold yellow"}


def _printable(text: str) -> str:
    return text.translate(_CONTROL)


def _show_styled(view: View, out: TextIO, choice: Choice) -> None:
    from rich.console import Console  # a pipe need not wait for it

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    written = iter([_printable(choice(number, button)) for number, button in enumerate(view.buttons, start=1)])
    console.print(_styled((Strong(view.title),)))
    for block in view.blocks:
        console.print()
        console.print(_renderable(block, written))
    console.print()


def _renderable(block: Block, choices: Iterator[str]) -> "RenderableType":
    from rich.padding import Padding

    match block:
        case Heading(text):
            return _styled((Text(text),), "bold cyan")
        case Paragraph(spans):
            return _styled(spans)
        case Quote(text):
            return Padding(_styled((Text(text),), "italic"), _INDENT)
        case Bullets(items):
            return _joined([_styled((Text("- "), *item)) for item in items])
        case Entry(title, lines):
            below = [*(_styled(line) for line in lines), _chosen(next(choices))]
            return _joined([_styled((Strong(title),)), *(Padding(line, _INDENT) for line in below)])
        case Context(spans):
            return _styled(spans, "dim")
        case Code(text):
            return Padding(_styled((Text(text),), "green"), _INDENT)
        case Buttons(buttons):
            return _joined([_chosen(next(choices)) for _ in buttons])


def _joined(lines: "Sequence[RenderableType]") -> "RenderableType":
    from rich.console import Group

    return Group(*lines)


def _chosen(text: str) -> "Styled":
    return _styled((Text(text),), "cyan")


def _styled(spans: tuple[Span, ...], style: str = "") -> "Styled":
    from rich.text import Text as Styled

    line = Styled(style=style)
    for span in spans:
        if isinstance(span, Link):
            line.append(_printable(span.text), f"underline link {_printable(span.url)}")
            if span.text != span.url:
                line.append(f" <{_printable(span.url)}>", "dim")
        else:
            line.append(_printable(span.text), _SPAN_STYLES[type(span)])
    return line
