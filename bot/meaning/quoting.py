"""Answers in quotes: the sentences of posts that come nearest to answering a question, word for word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import reading
from bot.meaning.directions import cosines
from bot.meaning.passages import key, quotable
from bot.model import Post
from bot.ports.meaning import Vector, Vectors
from bot.search.analysis import read_words

MOST = 3
"""How many sentences are quoted at most."""

ANSWERING = 0.5
"""The cosine from which on a sentence may answer a question. Sentences about the same field but another matter reach
0.45; on real questions nothing below was an answer."""

WORDS_WEIGHT = 0.1
"""What a sentence gains, beside its cosine, that has every telling word of the question."""

FALLING_OFF = 0.15
"""How far below the best sentence another one may be."""

SHORTEST = 9
"""Sentences of fewer words are too general to answer anything, and therefore near to every question."""

LONGEST = 400
"""The longest sentence that is quoted, in characters."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, word for word as it stands in a post."""

    sentence: str
    post: Post


class Quoter:
    """Finds what to quote, by the vectors of sentences."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def quote(self, question: str, vector: Vector, posts: Sequence[Post]) -> tuple[Quotation, ...] | None:
        """Return the sentences of some posts that answer a question best, the best first; at most two of one post.

        Args:
            question: its words.
            vector: where it points.
            posts: those that were found for it.

        Returns:
            Nothing when the posts' sentences have no vectors yet; no sentence when none comes close.
        """
        said = list({text: Quotation(text, post) for post in posts for text in _telling(post)}.values())
        found = self._vectors.fetch(key(one.sentence) for one in said)
        there = [one for one in said if key(one.sentence) in found]
        if len(there) < len(said):
            return None
        near = cosines(vector, [found[key(one.sentence)] for one in there])
        wanted = _terms(question)
        close = [
            (cosine + WORDS_WEIGHT * len(wanted & _terms(one.sentence)) / max(len(wanted), 1), one)
            for cosine, one in zip(near, there, strict=True)
            if cosine >= ANSWERING
        ]
        return tuple(islice(_best(close), MOST))


_GAP = re.compile(
    r"\b(?:few|no|little)\b(?: \w+){0,3} (?:stud(?:y|ies)|research|attention)\b|"
    r"\b(?:is|are) (?:largely |still )?unknown\b",
    re.IGNORECASE,
)
"""Sentences about what was not known before the study: near to the question, and no answer."""


def _telling(post: Post) -> Iterator[str]:
    """Yield the sentences that could answer something."""
    studied = reading.studied(post)
    for sentence in quotable(post):
        fits = len(sentence) <= LONGEST and len(sentence.split()) >= SHORTEST
        if fits and sentence != studied and not sentence.endswith("?") and not _GAP.search(sentence):
            yield sentence


def _terms(text: str) -> frozenset[str]:
    return frozenset(word.term for word in read_words(text) if word.telling)


def _best(found: Iterable[tuple[float, Quotation]]) -> Iterator[Quotation]:
    ordered = sorted(found, key=lambda each: -each[0])
    taken: list[str] = []
    for worth, one in ordered:
        if worth >= ordered[0][0] - FALLING_OFF and taken.count(one.post.id) < MOST - 1:
            taken.append(one.post.id)
            yield one
