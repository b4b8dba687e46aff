"""The search engine: questions in, ids out, over an index that follows its documents by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from bot.search.analysis import read_words
from bot.search.correcting import Correction, corrected
from bot.search.documents import Documents
from bot.search.index import Index, SurvivingDamage
from bot.search.keeping import Keeper
from bot.search.query import Query
from bot.search.ranking import familiarity, likeness, plan

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found; scores compare hits of one search, and are 0 where filters alone were asked."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found.

    Attributes:
        hits: the asked stretch, the best first; of equally good ones the newest first.
        total: how many there are in all, exactly.
        query: the query as it was run, corrected and loosened.
        corrections: each mistyped word, and the word it was taken for.
        loosened: whether no document had a phrase and its words were searched for instead.
        vector: where the question points, of a search by meaning too; else empty.
        close: whether any document of such a search is close to the question in meaning.
    """

    hits: tuple[Hit, ...]
    total: int
    query: Query
    corrections: tuple[Correction, ...] = ()
    loosened: bool = False
    vector: bytes = b""
    close: bool = False


class SearchEngine:
    """Finds documents by words. Any number of threads may ask at once.

    Before each answer the stamp of the documents is compared with the index's. Where it differs, whoever notices first
    makes the new index; whoever asks meanwhile is answered from the old one, for an answer a moment old is better than
    a wait. Only where there is no old one do all wait.
    """

    def __init__(self, documents: Documents, folder: Path | None = None) -> None:
        """Search documents.

        Args:
            documents: what to search.
            folder: where to keep the index, for this alone; in memory when not given or when it cannot be written.
        """
        self._keeper = Keeper(documents, folder)
        self._index: Index | None = None
        self._documents = documents
        self._renewing = Lock()

    def search(
        self,
        query: Query,
        *,
        offset: int = 0,
        limit: int = 5,
        verbatim: bool = False,
        spelled: Callable[[str], bool] | None = None,
    ) -> Results:
        """Return what a query finds.

        Args:
            query: what to search for.
            offset: how many of the best hits to leave out.
            limit: how many hits to return.
            verbatim: keep the spelling as typed.
            spelled: says of a folded word that no document has whether it is a word all the same.

        Raises:
            StoreError: whatever reading the documents raises; nothing else.
        """
        return self._answer(
            lambda index: _search(_understood(index, query, verbatim, spelled), index, max(offset, 0), max(limit, 0))
        )

    def related(self, document_id: str, limit: int = 5) -> tuple[str, ...]:
        """Return the ids of documents most like one, the likest first; none for an unknown one."""
        return self._answer(lambda index: _related(index, document_id, limit))

    def knows(self, word: str) -> bool:
        """Say whether any document has all the words of a text, in some form of each."""
        return self._answer(lambda index: _knows(index, word))

    def familiarity(self, query: Query) -> float:
        """Return the share of what the words of a query tell that documents have; see `ranking.familiarity`."""
        return self._answer(lambda index: familiarity(index, query))

    def refresh(self) -> None:
        """Bring the index up to the documents now, and wait for it."""
        self._renewed()

    def _answer(self, ask: Callable[[Index], _T]) -> _T:
        index = self._current()
        with SurvivingDamage():
            return ask(index)
        return ask(self._renewed(distrusted=index))

    def _current(self) -> Index:
        index = self._index
        if index and index.sound and (index.stamp == self._documents.stamp() or self._renewing.locked()):
            return index
        return self._renewed()

    def _renewed(self, distrusted: Index | None = None) -> Index:
        with self._renewing:
            if distrusted:
                self._keeper.discard(distrusted)
            index = self._index
            if not index or index is distrusted or not index.sound or index.stamp != self._documents.stamp():
                index = self._index = self._keeper.fetch()
            return index


def _understood(
    index: Index, query: Query, verbatim: bool, spelled: Callable[[str], bool] | None
) -> tuple[Query, tuple[Correction, ...]]:
    return (query, ()) if verbatim else corrected(query, index, spelled or (lambda _: False))


def _search(understood: tuple[Query, tuple[Correction, ...]], index: Index, offset: int, limit: int) -> Results:
    better, corrections = understood
    hits, total = _run(index, better, offset, limit)
    if total or not better.phrases:
        return Results(hits, total, better, corrections)
    loose = better.loosened()
    hits, total = _run(index, loose, offset, limit)
    return Results(hits, total, loose if total else better, corrections, loosened=total > 0)


def _run(index: Index, query: Query, offset: int, limit: int) -> tuple[tuple[Hit, ...], int]:
    planned = plan(query)
    found = index.searcher.search(
        planned.compiled, limit=max(limit, 1), offset=offset, order_by_field=None if planned.ranked else "newest"
    )
    shown = found.hits[:limit]
    ids = index.ids([address for _, address in shown])
    scores = [score if planned.ranked else 0.0 for score, _ in shown]
    return tuple(map(Hit, ids, scores)), found.count  # type: ignore[attr-defined]  # forgotten in its stubs


def _related(index: Index, document_id: str, limit: int) -> tuple[str, ...]:
    found = index.searcher.search(likeness(index, document_id), limit=max(limit, 1))
    return tuple(index.ids([address for _, address in found.hits[: max(limit, 0)]]))


def _knows(index: Index, text: str) -> bool:
    said = list(read_words(text))
    return bool(said) and all(index.knows(word.surface, word.term) for word in said)
