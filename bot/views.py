"""What can be said: a small closed set of plain elements, and their text form.

Spans hold raw text. Nothing here is escaped or marked up; each platform's renderer does that, once.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from bot.requests import Request
from bot.wording import encode, write


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out, such as a title in a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that were searched for."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address on the web."""

    text: str
    url: str


Span = Text | Strong | Marked | Link


@dataclass(frozen=True, slots=True)
class Button:
    """A request to click on."""

    label: str
    request: Request

    @property
    def token(self) -> str:
        """The encoded request, at most `bot.wording.TOKEN_LIMIT` characters."""
        return encode(self.request)


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted from a source, set off from ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A plain list."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in a list: its title, a few lines about it, and the button that opens it."""

    title: str
    lines: tuple[tuple[Span, ...], ...]
    button: Button


@dataclass(frozen=True, slots=True)
class Context:
    """Small print: where something comes from, how long it takes to read."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text to copy, to the letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """Requests to choose from."""

    buttons: tuple[Button, ...]


Block = Heading | Paragraph | Quote | Bullets | Entry | Context | Code | Buttons


Choice = Callable[[int, Button], str]
"""How to write a button as text, given its number from 1 and itself."""


@dataclass(frozen=True, slots=True)
class View:
    """One answer, as every platform says it: a title and blocks in reading order.

    Attributes:
        title: what it is about.
        blocks: what it says.
        again: what brings this very answer again, where asking the same once more would not: any post is another one
            every time.
    """

    title: str
    blocks: tuple[Block, ...]
    again: Request | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, in reading order: the order in which a terminal numbers them."""
        return tuple(button for block in self.blocks for button in _buttons(block))


def as_text(view: View, choice: Choice | None = None) -> str:
    """Return the view as plain text that loses nothing: every word, every address, every choice.

    Args:
        view: what to say.
        choice: how to write a button; its label and command when not given.
    """
    numbered = iter(enumerate(view.buttons, start=1))

    def choices(count: int) -> list[str]:
        return [(choice or command)(*next(numbered)) for _ in range(count)]

    parts = [view.title, *(_block_text(block, choices) for block in view.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_data(view: View) -> dict[str, Any]:
    """Return the view as dictionaries and lists, ready for JSON; a button is its label and its command."""
    return {"title": view.title, "blocks": [_data(block) for block in view.blocks]}


def command(_number: int, button: Button) -> str:
    """Write a button as its label and the command it stands for."""
    return f"{button.label}: /pprnet {write(button.request)}"


def plain(spans: tuple[Span, ...]) -> str:
    """Return spans as plain text; a link's address follows its words."""
    return "".join(_span_text(span) for span in spans)


def _buttons(block: Block) -> tuple[Button, ...]:
    match block:
        case Buttons(buttons):
            return buttons
        case Entry(button=button):
            return (button,)
        case Heading() | Paragraph() | Quote() | Bullets() | Context() | Code():
            return ()


def _block_text(block: Block, choices: Callable[[int], list[str]]) -> str:
    match block:
        case Heading(text) | Code(text):
            return text
        case Quote(text):
            return "\n".join(f"> {line}" for line in text.splitlines())
        case Paragraph(spans) | Context(spans):
            return plain(spans)
        case Bullets(items):
            return "\n".join(f"- {plain(item)}" for item in items)
        case Entry(title, lines):
            return "\n  ".join([title, *(plain(line) for line in lines), *choices(1)])
        case Buttons(buttons):
            return "\n".join(choices(len(buttons)))


def _span_text(span: Span) -> str:
    match span:
        case Text(text) | Strong(text) | Marked(text):
            return text
        case Link(text, url):
            return url if text == url else f"{text} <{url}>"


def _data(value: Block | Span | Button | tuple[Any, ...] | str) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if isinstance(value, Button):
        return {"label": value.label, "command": write(value.request)}
    kind = type(value).__name__.casefold()
    return {"kind": kind} | {field.name: _data(getattr(value, field.name)) for field in fields(value)}
