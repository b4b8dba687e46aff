"""Words that were meant, behind words with a typing error."""

from collections import defaultdict
from collections.abc import Iterable

_LETTERS_AN_ERROR = 5  # one error in five letters: a similarity of 80 %
_SHORTEST = 4  # letters; among shorter words every other one is near


def nearest(typed: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates most like a typed word, if they are like enough and begin with the same letter.

    An exchanged, a missing or an added letter and two neighbours swapped are one error each (the optimal string
    alignment distance). The fewest errors in proportion to the length win; several win if they are equally near.
    """
    if len(typed) < _SHORTEST:
        return []
    from rapidfuzz.distance import OSA  # 5 ms that only typing errors have to wait for

    near = defaultdict[float, list[str]](list)
    for candidate in candidates:
        length = max(len(typed), len(candidate))
        errors = OSA.distance(typed, candidate, score_cutoff=length // _LETTERS_AN_ERROR)
        if candidate[:1] == typed[:1] and errors * _LETTERS_AN_ERROR <= length:
            near[errors / length].append(candidate)
    return near[min(near)] if near else []
