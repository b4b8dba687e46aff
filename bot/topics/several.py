"""Several topics in one line, the way people list them: “burnout, alliance and feedback”."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.topics.index import How, Resolution, TopicIndex


@dataclass(frozen=True, slots=True)
class Understood:
    """One piece of a list of topics, and what it stands for; `None` when it stands for no topic."""

    words: str
    resolution: Resolution | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the topics meant; none when it is not clear which."""
        if self.resolution is None or self.resolution.ambiguous:
            return ()
        return tuple(topic.name for topic in self.resolution.topics)


def read_topics(words: str, topics: TopicIndex, known: Callable[[str], bool]) -> tuple[Understood, ...]:
    """Part a list of topics at its commas and at each “and” or “or”, and resolve every piece.

    Names of topics hold commas and “and” themselves: the name of a topic, or another word for it, is not parted.

    Args:
        words: as typed.
        topics: what they can stand for.
        known: says whether the archive holds a folded word; see `TopicIndex.resolve`.
    """
    return tuple(_read(words, _pieces(words), topics, known))


_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:and|or|&)\s+)?|\s+(?:and|or|&)\s+", re.IGNORECASE)

_MOST_PIECES = 60
"""More than there are topics: a longer list is none, and reading it would take long."""

_LONGEST_NAME = 4
"""The most pieces of a name, or another word for a topic; “Attendance, Attrition, and Drop-Out” has 3."""

_CERTAIN = frozenset({How.NAME, How.ALIAS, How.JOINED})

_Piece = tuple[int, int]
"""Where a piece starts and where it ends."""


def _pieces(words: str) -> list[_Piece]:
    """Return the pieces between the separators that have anything in them; of separators alone, all of them as one."""
    separators = [match.span() for match in _SEPARATOR.finditer(words)][: _MOST_PIECES - 1]
    starts = [0, *(end for _, end in separators)]
    ends = [*(start for start, _ in separators), len(words)]
    pieces = [(start, end) for start, end in zip(starts, ends, strict=True) if words[start:end].strip()]
    return pieces or ([(0, len(words))] if words.strip() else [])


def _read(
    words: str, pieces: Sequence[_Piece], topics: TopicIndex, known: Callable[[str], bool]
) -> Iterator[Understood]:
    while pieces:
        start, end = pieces[0]
        count, resolution = _longest(words, pieces[:_LONGEST_NAME], topics)
        if resolution is None:
            count, resolution = 1, topics.resolve(words[start:end], known)
        yield Understood(words[start : pieces[count - 1][1]].strip(), resolution)
        pieces = pieces[count:]


def _longest(words: str, pieces: Sequence[_Piece], topics: TopicIndex) -> tuple[int, Resolution | None]:
    """Return how many of the first pieces certainly are one topic together, and which."""
    for count in range(len(pieces), 0, -1):
        resolution = topics.resolve(words[pieces[0][0] : pieces[count - 1][1]], _as_it_is)
        if resolution is not None and resolution.how in _CERTAIN:
            return count, resolution
    return 0, None


def _as_it_is(_word: str) -> bool:
    """Say that a word is no typing error, so that no near name is looked for."""
    return True
