"""Pieces as a message without a layout: its content is the whole text, its buttons stand below."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from adapters.discord import limits
from adapters.discord.escaping import shortened, size
from adapters.discord.layout import row
from adapters.discord.message import Json, Message
from adapters.discord.pieces import Beside, Choice, Piece, Row, Words


def plain(pieces: Sequence[Piece]) -> Message | None:
    """Return pieces as a message without a layout; `None` if none holds them, or would part what belongs together."""
    content, rows = _content(pieces), _rows(pieces)
    fits = 0 < size(content) <= limits.CONTENT and len(rows) <= limits.ROWS
    return Message(rows, content) if fits and all(map(_is_whole, pieces)) else None


def _is_whole(piece: Piece) -> bool:
    """Say whether a piece stays what it is with its buttons at the end: not a heading over buttons, nor a file."""
    return all(isinstance(part, Words | Beside) for part in piece) or all(isinstance(part, Row) for part in piece)


def _content(pieces: Sequence[Piece]) -> str:
    said = ""
    for piece in pieces:
        for part in piece:
            match part:
                case Words(text, after):
                    said += f"{after}{text}" if said else text
                case Beside(text):
                    said += f"\n\n{text}" if said else text
                case _:
                    pass
    return said


def _rows(pieces: Sequence[Piece]) -> tuple[Json, ...]:
    """Return the buttons: those of entries, whose titles are on them, then the others as they stand together."""
    parts = [part for piece in pieces for part in piece]
    beside = [_titled(part.choice) for part in parts if isinstance(part, Beside)]
    step = limits.BUTTONS_IN_A_ROW
    groups = [tuple(beside[start : start + step]) for start in range(0, len(beside), step)]
    groups += [part.choices for part in parts if isinstance(part, Row)]
    numbers = count(1)
    return tuple(row(group, numbers) for group in groups)


def _titled(choice: Choice) -> Choice:
    """Return a button with the title on it that it stood beside."""
    label = f"{choice.label}: {choice.about}" if choice.about.strip() else choice.label
    return replace(choice, label=shortened(label, limits.BUTTON_LABEL))
