"""Answers in quotes: the sentences of posts that come nearest to answering a question, word for word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot import reading
from bot.meaning.directions import cosines
from bot.meaning.passages import key, passages, quotable
from bot.model import Post
from bot.ports.archive import Archive
from bot.ports.meaning import Vector, Vectors
from bot.search.analysis import read_words

MOST = 3
"""How many sentences are quoted at most."""

ANSWERING = 0.5
"""How near a sentence has to be, taken together with its post, to be an answer. Of real questions asked of real posts
those that had no answer stayed at 0.45 and below."""

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

    def __init__(self, vectors: Vectors, archive: Archive | None = None) -> None:
        """Quote by these vectors.

        Args:
            vectors: those of passages and sentences.
            archive: the posts as their vectors were made of, where those to quote from may be shown in part only.
        """
        self._vectors = vectors
        self._archive = archive

    def quote(self, question: str, vector: Vector, posts: Sequence[Post]) -> tuple[Quotation, ...] | None:
        """Return the sentences of some posts that answer a question best, the best first; at most two of one post.

        Args:
            question: its words.
            vector: where it points.
            posts: those that were found for it, with no more of each than may be quoted.

        Returns:
            Nothing when the posts' sentences have no vectors yet, or when none of those that may be shown comes close
            and others might; no sentence when none comes close at all.
        """
        whole = self._whole(posts)
        said = {sentence: post for post in posts for sentence in _telling(post, whole[post.id])}
        beside = (text for post in whole.values() for text in passages(post))
        found = self._vectors.fetch(map(key, (*said, *beside)))
        if any(key(sentence) not in found for sentence in said):
            return None
        near = dict(zip(said, cosines(vector, [found[key(sentence)] for sentence in said]), strict=True))
        about = {post.id: _nearest(vector, post, found) for post in whole.values()}
        wanted = _terms(question)
        weighed = [
            (together + WORDS_WEIGHT * len(wanted & _terms(sentence)) / max(len(wanted), 1), Quotation(sentence, post))
            for sentence, post in said.items()
            if (together := (near[sentence] + about[post.id]) / 2) >= ANSWERING
        ]
        best = tuple(islice(_best(weighed), MOST))
        return best if best or self._archive is None else None

    def _whole(self, posts: Sequence[Post]) -> Mapping[str, Post]:
        read = self._archive.get([post.id for post in posts]) if self._archive else posts
        return {post.id: post for post in (*posts, *read)}


_OPEN = re.compile(
    r"\b(?:few|no|little)\b(?: \w+){0,3} (?:stud(?:y|ies)|research|attention)\b|"
    r"\b(?:is|are) (?:largely |still )?unknown\b|\b(?:was|were) interested in\b",
    re.IGNORECASE,
)
"""Sentences about what was not known yet, or was to be found out: near to the question, and no answer."""


def _telling(post: Post, whole: Post) -> Iterator[str]:
    """Yield the sentences that could answer something: of a post as it is shown, those that are in the whole one."""
    studied, its_own = reading.studied(whole), frozenset(quotable(whole))
    for sentence in filter(its_own.__contains__, quotable(post)):
        fits = len(sentence) <= LONGEST and len(sentence.split()) >= SHORTEST
        if fits and sentence != studied and not sentence.endswith("?") and not _OPEN.search(sentence):
            yield sentence


def _nearest(vector: Vector, post: Post, found: Mapping[str, Vector]) -> float:
    """Return the cosine of the nearest of a post's passages; 0 when none has a vector."""
    there = [found[name] for name in map(key, passages(post)) if name in found]
    return max(cosines(vector, there), default=0.0)


def _terms(text: str) -> frozenset[str]:
    return frozenset(word.term for word in read_words(text) if word.telling)


def _best(found: Iterable[tuple[float, Quotation]]) -> Iterator[Quotation]:
    ordered = sorted(found, key=lambda each: -each[0])
    taken: list[str] = []
    for worth, one in ordered:
        if worth >= ordered[0][0] - FALLING_OFF and taken.count(one.post.id) < MOST - 1:
            taken.append(one.post.id)
            yield one
