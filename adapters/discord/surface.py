"""Layouts as wholes: what is above and below an answer, and what becomes of an answer that is too long for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.discord import limits, names
from adapters.discord.escaping import escape, on_one_line, printable, shortened
from adapters.discord.layout import framed, row, text
from adapters.discord.load import ROOM, Load, sheets
from adapters.discord.message import Json, Message, TextFile
from adapters.discord.pieces import Choice, Piece, Row, Words, carries, pieces_of
from bot.requests import Request
from bot.views import View, as_text
from bot.wording import encode


@dataclass(frozen=True, slots=True)
class Surface:
    """What an answer is laid out on.

    Attributes:
        asked: what was asked, to turn the parts of a long answer by.
        head: Markdown that stands above it, if any.
        foot: buttons that stand below it.
    """

    asked: Request | None
    head: str = ""
    foot: tuple[Choice, ...] = ()

    def carry(self, view: View, part: int = 1) -> Message:
        """Return a view laid out: all of it, else the part wanted with buttons to the others, else with a file."""
        pieces = pieces_of(view)
        spread = sheets(pieces, self._room(self.foot))
        if len(spread) == 1:
            return self._message(spread[0], self.foot)
        return self._part(pieces, part, view.title) or self._with_all_attached(pieces, view)

    def _part(self, pieces: Sequence[Piece], part: int, title: str) -> Message | None:
        """Return one part of an answer; `None` where there is nothing to turn the parts by, or too many of them."""
        if self.asked is None or not carries(self.asked):
            return None
        token = encode(self.asked)
        room = self._room((*_turns(token, limits.PARTS - 1, limits.PARTS), *self.foot))
        spread = sheets(pieces, room.less(_continued(title, limits.PARTS, limits.PARTS)))
        if len(spread) > limits.PARTS:
            return None
        number = min(max(part, 1), len(spread))
        again = [_continued(title, number, len(spread))] if number > 1 else []
        return self._message([*again, *spread[number - 1]], (*_turns(token, number, len(spread)), *self.foot))

    def _with_all_attached(self, pieces: Sequence[Piece], view: View) -> Message:
        """Return the beginning of an answer, with all of it as a text."""
        attached: Piece = (Words(_TOO_MUCH), TextFile(_ALL, printable(as_text(view))))
        spread = sheets(pieces, self._room(self.foot).less(attached))
        return self._message([*spread[0], attached], self.foot)

    def _room(self, foot: Sequence[Choice]) -> Load:
        return ROOM.less([*([Words(self.head)] if self.head else []), *([Row(tuple(foot))] if foot else [])])

    def _message(self, pieces: Sequence[Piece], foot: Sequence[Choice]) -> Message:
        above: list[Json] = [text(self.head)] if self.head else []
        below = [row(foot)] if foot else []
        files = tuple(part for piece in pieces for part in piece if isinstance(part, TextFile))
        return Message((*above, framed(pieces), *below), files=files)


_TOO_MUCH = "-# This is more than one message holds. The attached text has all of it."
_ALL = "all.txt"


def _continued(title: str, number: int, parts: int) -> Piece:
    """Return what stands above a part that is not the first: what it is a part of."""
    what = shortened(on_one_line(title), limits.CONTINUED_TITLE)
    return (Words(f"-# Part {number} of {parts}{f': {escape(what)}' if what else ''}"),)


def _turns(token: str, number: int, parts: int) -> list[Choice]:
    """Return the buttons that turn from one part of an answer to those beside it."""
    back = Choice(f"Back ({number - 1} of {parts})", token, kind=names.MORE, number=number - 1)
    on = Choice(f"Read on ({number + 1} of {parts})", token, kind=names.MORE, number=number + 1)
    return [*([back] if number > 1 else []), *([on] if number < parts else [])]
