"""What pieces take of a message, and how they are spread over several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.discord import limits
from adapters.discord.escaping import size
from adapters.discord.message import TextFile
from adapters.discord.pieces import Beside, Part, Piece, Row, Words


@dataclass(frozen=True, slots=True)
class Load:
    """What parts take of a message, or what room there is for them.

    Attributes:
        components: how many.
        text: characters, those on buttons included.
        files: how many.
        in_words: the last of it is running text, which other running text can join without a component of its own.
    """

    components: int = 0
    text: int = 0
    files: int = 0
    in_words: bool = False

    def plus(self, parts: Iterable[Part]) -> "Load":
        """Return the load with some parts more."""
        load = self
        for part in parts:
            load = load._plus(part)
        return load

    def holds(self, other: "Load") -> bool:
        """Say whether there is room for the other load."""
        return other.components <= self.components and other.text <= self.text and other.files <= self.files

    def less(self, parts: Iterable[Part]) -> "Load":
        """Return what room is left beside some parts."""
        taken = Load().plus(parts)
        return Load(self.components - taken.components, self.text - taken.text, self.files - taken.files)

    def _plus(self, part: Part) -> "Load":
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


ROOM = Load(limits.COMPONENTS - 1, limits.TEXT, limits.FILES)
"""What a message holds within its frame, which is a component."""


def sheets(pieces: Sequence[Piece], room: Load) -> list[list[Piece]]:
    """Spread pieces, in order, over as many messages as they need; each of them has something."""
    spread: list[list[Piece]] = []
    load = Load()
    for piece in pieces:
        joined = load.plus(piece)
        if not spread or not room.holds(joined):
            spread.append([])
            joined = Load().plus(piece)
        spread[-1].append(piece)
        load = joined
    return spread
