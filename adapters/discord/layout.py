"""Pieces as the components of a layout.

https://docs.discord.com/developers/components/reference
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

from discord import ButtonStyle, ComponentType

from adapters.discord import names
from adapters.discord.message import Json, TextFile
from adapters.discord.pieces import Beside, Choice, Part, Piece, Row, Words


def framed(pieces: Sequence[Piece]) -> Json:
    """Return pieces in a frame: what belongs to the answer, apart from what is above and below it."""
    return _made(ComponentType.container, components=list(_components(pieces, count(1))))


def text(markdown: str) -> Json:
    """Return a text; blanks at its ends, which Discord takes away, are left out."""
    return _made(ComponentType.text_display, content=markdown.strip())


def row(choices: Iterable[Choice], numbers: Iterator[int] | None = None) -> Json:
    """Return buttons side by side.

    Args:
        choices: the buttons.
        numbers: what to number them by, where there are others of their kind in the message.
    """
    numbers = numbers or count(1)
    return _made(ComponentType.action_row, components=[_button(choice, numbers) for choice in choices])


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line across, above an entry that is not the first thing there."""


def _components(pieces: Sequence[Piece], numbers: Iterator[int]) -> Iterator[Json]:
    for _, group in groupby(_ruled(pieces), lambda part: isinstance(part, Words)):
        run = list(group)
        yield from _texts([part for part in run if isinstance(part, Words)])
        yield from (_component(part, numbers) for part in run if not isinstance(part, Words))


def _ruled(pieces: Sequence[Piece]) -> Iterator[Part | _Rule]:
    for number, piece in enumerate(pieces):
        if number and any(isinstance(part, Beside) for part in piece):
            yield _Rule()
        yield from piece


def _component(part: Row | Beside | TextFile | _Rule, numbers: Iterator[int]) -> Json:
    match part:
        case Row(choices):
            return row(choices, numbers)
        case Beside(said, choice):
            return _made(ComponentType.section, components=[text(said)], accessory=_button(choice, numbers))
        case TextFile(name):
            return _made(ComponentType.file, file={"url": f"attachment://{name}"})
        case _Rule():
            return _made(ComponentType.separator, divider=True, spacing=1)


def _button(choice: Choice, numbers: Iterator[int]) -> Json:
    name = names.name(choice.kind, choice.token, choice.number or next(numbers))
    return _made(ComponentType.button, style=ButtonStyle.secondary.value, label=choice.label, custom_id=name)


def _made(kind: ComponentType, **what: object) -> Json:
    return {"type": kind.value, **what}


def _texts(words: Sequence[Words]) -> Iterator[Json]:
    """Yield running text as one text. What goes on in the middle of a word begins another: it is escaped apart."""
    said = ""
    for each in words:
        if said and not each.after and not said[-1].isspace():
            yield text(said)
            said = ""
        said = f"{said}{each.after}{each.text}" if said else each.text
    if said:
        yield text(said)
