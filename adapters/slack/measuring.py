"""What blocks weigh, and how many of them a message or a view can carry."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from adapters.slack import limits
from adapters.slack.escaping import size

Json = dict[str, Any]
Piece = list[Json]
"""Blocks that stay together, such as an entry and its button."""


def characters_of(value: Any) -> int:
    """Return the characters of a payload as JSON, its texts escaped."""
    return size(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def bytes_of(value: Any) -> int:
    """Return the bytes of a payload as JSON in ASCII."""
    return len(json.dumps(value))


@dataclass(frozen=True, slots=True)
class Surface:
    """What blocks can be put on.

    Attributes:
        blocks: how many at most.
        size: what they may weigh together.
        weigh: how that is measured.
    """

    blocks: int
    size: int
    weigh: Callable[[Any], int]

    def carry(self, pieces: Sequence[Piece], foot: Piece, more: Piece) -> list[Json]:
        """Return the blocks of as many pieces as there is room for, in order, with the foot below.

        Args:
            pieces: what to carry.
            foot: what comes last, whatever there is room for.
            more: what comes before the foot if pieces have to be left out: how to read the rest.
        """
        if self._fitting([foot, *pieces]) == len(pieces) + 1:
            return list(chain(*pieces, foot))
        kept = max(0, self._fitting([more, foot, *pieces]) - 2)
        return list(chain(*pieces[:kept], more, foot))

    def _fitting(self, pieces: Iterable[Piece]) -> int:
        """Return how many of the pieces there is room for, from the first on."""
        blocks, weight, fitting = 0, len("[]"), 0
        for piece in pieces:
            blocks += len(piece)
            weight += sum(self.weigh(block) + len(", ") for block in piece)
            if blocks > self.blocks or weight > self.size:
                break
            fitting += 1
        return fitting


MESSAGE = Surface(limits.MESSAGE_BLOCKS, limits.MESSAGE_SIZE, characters_of)
VIEW = Surface(limits.VIEW_BLOCKS, limits.VIEW_BYTES, bytes_of)
"""A modal or an App Home."""
