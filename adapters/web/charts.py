"""Charts: bars in SVG, drawn without any script or style of their own, each with its figures in a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.pages.phrases import shortened

_HEIGHT, _WIDTH, _TOP, _FOOT, _SIDE = 160, 720, 18, 22, 8
"""The sizes of a drawing, in its own units: the bars' height, the whole width, and the margins."""

_WIDEST = 60
"""The most that a bar's place takes, so that a few bars stay bars."""

_GAP = 0.25
"""The part of a bar's place that is left free."""

_ROW, _NAMES, _FIGURE = 22, 250, 50
"""Of lying bars: the height of each with its gap, and the widths of the labels and of the figures."""

_LONGEST_NAME = 36
"""How many characters of a label there is room for; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it stands for.
        parts: how high each part of it is, from the bottom, in the order of the chart's kinds.
    """

    label: str
    parts: tuple[int, ...]

    @property
    def height(self) -> int:
        """How high the bar is."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side.

    Attributes:
        title: what it shows.
        about: what the bars stand for, the head of the table's first column.
        kinds: the parts of each bar; every one is a class of the stylesheet as well.
        bars: from left to right, or from top to bottom.
        lying: the bars lie, as their labels are long.
    """

    title: str
    about: str
    kinds: tuple[str, ...]
    bars: Sequence[Bar]
    lying: bool = False

    @property
    def highest(self) -> int:
        """The height of the highest bar, at least 1."""
        return max((bar.height for bar in self.bars), default=0) or 1

    def drawing(self) -> Markup:
        """Return the bars as SVG; a screen reader is given the table instead."""
        if self.lying:
            return _picture(_ROW * len(self.bars) + _SIDE, map(self._row, range(len(self.bars))))
        base = _TOP + _HEIGHT
        axis = _LINE.format(_SIDE, base, _WIDTH - _SIDE, base)
        return _picture(base + _FOOT, (*map(self._column, range(len(self.bars))), axis))

    def _column(self, number: int) -> Markup:
        bar, place = self.bars[number], min(_WIDEST, (_WIDTH - 2 * _SIDE) / len(self.bars))
        left, base, drawn = _SIDE + number * place, float(_TOP + _HEIGHT), Markup()
        for kind, part in zip(self.kinds, bar.parts, strict=True):
            height = _HEIGHT * part / self.highest
            base -= height
            drawn += _rectangle(kind, left + place * _GAP / 2, base, place * (1 - _GAP), height)
        middle = left + place / 2
        label = _word("middle", middle, _TOP + _HEIGHT + 15, bar.label)
        return drawn + _word("middle", middle, base - 4, f"{bar.height:,}") + label

    def _row(self, number: int) -> Markup:
        bar, top, end, drawn = self.bars[number], _SIDE + number * _ROW, float(_NAMES), Markup()
        for kind, part in zip(self.kinds, bar.parts, strict=True):
            width = (_WIDTH - _NAMES - _FIGURE) * part / self.highest
            drawn += _rectangle(kind, end, top, width, _ROW * (1 - _GAP))
            end += width
        line = top + _ROW / 2 + 1
        name = _word("end", _NAMES - 6, line, shortened(bar.label, _LONGEST_NAME))
        return name + drawn + _word("start", end + 5, line, f"{bar.height:,}")


def _picture(height: float, drawn: Iterable[Markup]) -> Markup:
    svg = Markup('<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>')
    return svg.format(_WIDTH, height, Markup().join(drawn))


def _rectangle(kind: str, left: float, top: float, width: float, height: float) -> Markup:
    return _RECTANGLE.format(kind, *(f"{number:.1f}" for number in (left, top, width, height)))


def _word(anchor: str, left: float, line: float, text: str) -> Markup:
    return _WORD.format(f"{left:.1f}", f"{line:.1f}", anchor, text)


_RECTANGLE = Markup('<rect class="bar {}" x="{}" y="{}" width="{}" height="{}"/>')
_WORD = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
_LINE = Markup('<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>')
