"""Words that were meant, behind words with a typing error."""

from collections.abc import Iterable

ENOUGH = 0.8
"""The least similarity of a near word: one error in five letters."""

_SHORTEST = 4  # letters; among shorter words every other one is near


def nearest(typed: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates most like a typed word, if they are like enough and begin with the same letter.

    Similarity is one minus the optimal string alignment distance over the longer length: an exchanged, a missing,
    an added letter or two neighbours swapped is one error. Several are returned only if they are equally near.
    """
    if len(typed) < _SHORTEST:
        return []
    from rapidfuzz.distance import OSA  # 5 ms that only typing errors have to wait for

    best, found = ENOUGH, list[str]()
    for candidate in candidates:
        if candidate[:1] != typed[:1]:
            continue
        similarity = OSA.normalized_similarity(typed, candidate, score_cutoff=best)
        if similarity > best:
            best, found = similarity, [candidate]
        elif similarity == best:
            found.append(candidate)
    return found
