"""Searching by words and by meaning at once.

Lexical scores are divided by the best one, positive cosines by the best one, and the two count half and half. Adding up
the reciprocals of the two ranks instead was worse: ranks forget how far ahead the first is. Where no post has some of
the question's words, scores say little of the question, even the best one, and so count less.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.meaning.closeness import Closeness
from bot.ports.meaning import Meaning, MeaningError
from bot.search.analysis import read_words
from bot.search.engine import Hit, Results, SearchEngine
from bot.search.query import Query

_log = logging.getLogger("pprnet")

MOST_BY_WORDS = 1000
"""How many of the best posts by words are looked at."""

CLOSE = 0.35
"""The cosine from which on a post is found by its meaning alone; of two texts about different things it is below."""


class MeaningSearch:
    """Finds posts by words and meaning; by words alone until enough posts have vectors.

    It answers what `bot.search.engine.SearchEngine` answers, and raises what that and the model raise.
    """

    def __init__(self, engine: SearchEngine, closeness: Closeness, meaning: Meaning) -> None:
        self._engine = engine
        self._closeness = closeness
        self._meaning = meaning
        self._broken = False

    def search(self, query: Query, *, offset: int = 0, limit: int = 5, verbatim: bool = False) -> Results:
        """Return what a query finds; see `SearchEngine.search`.

        The total is that of the best `MOST_BY_WORDS` posts by words, and of those that are close in meaning.
        """
        if (query.words or query.phrases) and self._ready():
            try:
                found = self._by_both(query, verbatim=verbatim)
                return replace(found, hits=found.hits[max(offset, 0) :][: max(limit, 0)])
            except MeaningError as error:  # words still find what they find
                _log.error("%s", error, extra={"action": "meaning.failed"})
                self._broken = True
        return self._engine.search(query, offset=offset, limit=limit, verbatim=verbatim)

    def related(self, document_id: str, limit: int = 5) -> tuple[str, ...]:
        """Return the ids of the posts nearest in meaning to one, the nearest first; see `SearchEngine.related`."""
        near = self._closeness.like(document_id, limit) if self._ready() else None
        return self._engine.related(document_id, limit) if near is None else near

    def knows(self, word: str) -> bool:
        """Say whether any post has all the words of a text, in some form of each."""
        return self._engine.knows(word)

    def _ready(self) -> bool:
        return not self._broken and self._closeness.ready()

    def _by_both(self, query: Query, *, verbatim: bool) -> Results:
        spelled = self._meaning.spells
        by_words = self._engine.search(query, limit=MOST_BY_WORDS, verbatim=verbatim, spelled=spelled)
        vector = self._meaning.embed(" ".join((*by_words.query.words, *by_words.query.phrases)))
        cosines = self._kept_by_filters(by_words.query, self._closeness.to(vector))
        close = max(cosines.values(), default=0.0) >= CLOSE
        share = self._engine.familiarity(by_words.query) / 2
        hits = tuple(blend(by_words.hits, cosines, share)) if close or _telling(by_words.query) else ()
        return replace(by_words, hits=hits, total=len(hits), vector=vector, close=close)

    def _kept_by_filters(self, query: Query, cosines: Mapping[str, float]) -> Mapping[str, float]:
        """Return the cosines of those posts that filters let through and that have every phrase."""
        narrowing = replace(query, words=())
        if narrowing.empty:
            return cosines
        total = self._engine.search(narrowing, limit=0, verbatim=True).total
        kept = {hit.id for hit in self._engine.search(narrowing, limit=total, verbatim=True).hits}
        return {post_id: cosine for post_id, cosine in cosines.items() if post_id in kept}


def blend(by_words: Sequence[Hit], cosines: Mapping[str, float], share: float = 0.5) -> Sequence[Hit]:
    """Return the posts that have a word or are close in meaning, ordered by both.

    Args:
        by_words: hits by words, the best first.
        cosines: how close each post is, the newest first.
        share: how much the words count, from 0 to 1; the rest is for meaning.
    """
    most = max((hit.score for hit in by_words), default=0.0) or 1.0
    nearest = max(cosines.values(), default=0.0)
    scores = {hit.id: share * hit.score / most for hit in by_words}
    for post_id, cosine in cosines.items():
        if cosine >= CLOSE or (cosine > 0 and post_id in scores):
            scores[post_id] = scores.get(post_id, 0.0) + (1 - share) * (cosine / nearest)
    return sorted((Hit(post_id, score) for post_id, score in scores.items()), key=lambda hit: -hit.score)


def _telling(query: Query) -> bool:
    """Say whether a query has a phrase, or a word that can tell one post from another."""
    return bool(query.phrases) or any(word.telling for each in query.words for word in read_words(each))
