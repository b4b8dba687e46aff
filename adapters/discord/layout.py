"""Pieces as the components of a layout, and how many of them a message holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from adapters.discord import limits, names
from adapters.discord.escaping import size
from adapters.discord.message import Json, TextFile
from adapters.discord.pieces import Beside, Choice, Part, Piece, Row, Words


@dataclass(frozen=True, slots=True)
class Load:
    """What pieces take of a message, or what room there is for them.

    Attributes:
        components: how many.
        text: characters, those on buttons included.
        files: how many.
        in_words: the last of it is running text, which running text can join without a component of its own.
    """

    components: int = 0
    text: int = 0
    files: int = 0
    in_words: bool = False

    def plus(self, part: Part) -> "Load":
        """Return the load with one part more."""
        match part:
            case Words(text, after):
                own = 0 if self.in_words and after else 1
                return Load(self.components + own, self.text + size(text) + len(after), self.files, in_words=True)
            case Row(choices):
                labels = sum(size(each.label) for each in choices)
                return Load(self.components + 1 + len(choices), self.text + labels, self.files)
            case Beside(text, choice):
                beside = len(("separator", "section", "text", "button"))
                return Load(self.components + beside, self.text + size(text) + size(choice.label), self.files)
            case TextFile():
                return Load(self.components + 1, self.text, self.files + 1)

    def holds(self, other: "Load") -> bool:
        """Say whether there is room for the other load."""
        return other.components <= self.components and other.text <= self.text and other.files <= self.files

    def less(self, parts: Iterable[Part]) -> "Load":
        """Return what room is left beside some parts."""
        taken = load_of(parts)
        return Load(self.components - taken.components, self.text - taken.text, self.files - taken.files)


ROOM = Load(limits.COMPONENTS - 1, limits.TEXT, limits.FILES)
"""What a message holds within its frame, which is a component."""


def load_of(parts: Iterable[Part]) -> Load:
    """Return what parts take."""
    return load_with(Load(), parts)


def sheets(pieces: Sequence[Piece], room: Load) -> list[list[Piece]]:
    """Spread pieces, in order, over as many messages as they need."""
    spread: list[list[Piece]] = []
    load = room
    for piece in pieces:
        joined = load_with(load, piece)
        if not spread or not room.holds(joined):
            spread.append([])
            joined = load_with(Load(), piece)
        spread[-1].append(piece)
        load = joined
    return spread


def load_with(load: Load, parts: Iterable[Part]) -> Load:
    """Return a load with some parts more."""
    for part in parts:
        load = load.plus(part)
    return load


def framed(pieces: Sequence[Piece]) -> Json:
    """Return pieces in a frame: what belongs to the answer, apart from what is above and below it."""
    return {"type": 17, "components": list(_components(pieces, count(1)))}


def text(markdown: str) -> Json:
    """Return a text; blanks at its ends, which Discord takes away, are left out."""
    return {"type": 10, "content": markdown.strip()}


def row(choices: Iterable[Choice], numbers: Iterator[int] | None = None) -> Json:
    """Return buttons side by side.

    Args:
        choices: the buttons.
        numbers: what to number them by, where there are others of their kind in the message.
    """
    numbers = numbers or count(1)
    return {"type": 1, "components": [_button(choice, numbers) for choice in choices]}


_SEPARATOR: Json = {"type": 14, "divider": True, "spacing": 1}


def _components(pieces: Sequence[Piece], numbers: Iterator[int]) -> Iterator[Json]:
    words: list[Words] = []
    for number, piece in enumerate(pieces):
        if number and any(isinstance(part, Beside) for part in piece):
            yield from _texts(words)
            words = []
            yield _SEPARATOR
        for part in piece:
            if isinstance(part, Words):
                words.append(part)
            else:
                yield from _texts(words)
                words = []
                yield _component(part, numbers)
    yield from _texts(words)


def _component(part: Row | Beside | TextFile, numbers: Iterator[int]) -> Json:
    match part:
        case Row(choices):
            return row(choices, numbers)
        case Beside(said, choice):
            return {"type": 9, "components": [text(said)], "accessory": _button(choice, numbers)}
        case TextFile(name):
            return {"type": 13, "file": {"url": f"attachment://{name}"}}


def _button(choice: Choice, numbers: Iterator[int]) -> Json:
    name = names.name(choice.kind, choice.token, choice.number or next(numbers))
    return {"type": 2, "style": 2, "label": choice.label, "custom_id": name}


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
