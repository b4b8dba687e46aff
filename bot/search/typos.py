"""Mistyped words and what was meant: the nearest word that the documents have.

Only a word that no document knows is corrected. Looking for near words of every word instead (a fuzzy query) was tried
and lost a third of the relevance: "form" finds "from", "mood" finds "food".
"""

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 4
"""Words of fewer letters have too many neighbours to guess among."""


class Vocabulary:
    """The words of all documents, to look for near ones."""

    def __init__(self, frequencies: Iterable[tuple[str, int]]) -> None:
        """Take the folded words, each with the number of documents that have it."""
        self._frequency = dict(frequencies)
        self._of_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._frequency:
            if word.isalpha():
                self._of_length[len(word)].append(word)

    def nearest(self, word: str) -> str | None:
        """Return what a folded word was meant to be; nothing when it is too short or no word is near enough.

        Near is an optimal string alignment distance (letters added, left out, changed, or swapped with the next) of
        one, from eight letters on of two. Of equally near words one with the same first letter is the likelier, for
        few people get that wrong, then the one that more documents have.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        near = self._near(word, 1 if len(word) < _LONG else 2)
        return min(near, key=lambda other: self._unlikelihood(word, *other))[0] if near else None

    def _near(self, word: str, most: int) -> list[tuple[str, int]]:
        from rapidfuzz.distance import OSA  # here, because most questions have no typing error
        from rapidfuzz.process import extract

        return [
            (other, int(distance))
            for length in range(len(word) - most, len(word) + most + 1)
            for other, distance, _ in extract(
                word, self._of_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=None
            )
        ]

    def _unlikelihood(self, word: str, other: str, distance: int) -> tuple[int, bool, int, str]:
        return distance, word[0] != other[0], -self._frequency[other], other


_LONG = 8
