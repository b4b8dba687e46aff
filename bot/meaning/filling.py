"""Giving every text of the archive its vector, a few at a time."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.meaning.passages import key, passages, quotable
from bot.ports.archive import Corpus
from bot.ports.meaning import Meaning, VectorKeeper

AT_ONCE = 4
"""How many texts get their vectors before these are written: a quarter of a second's work on passages."""

_POSTS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: so many texts have their vectors, of so many."""

    done: int
    total: int


class Filler:
    """Computes the vectors that are missing and removes those of texts that no post has any more.

    It can be stopped at any time and goes on where it was. Several may be at work on one store: each takes the texts in
    an order of its own and passes over what another one has done meanwhile.
    """

    def __init__(self, corpus: Corpus, keeper: VectorKeeper, meaning: Meaning, besides: Sequence[str] = ()) -> None:
        """Fill in the vectors of an archive.

        Args:
            corpus: the posts.
            keeper: where the vectors are kept.
            meaning: what computes them.
            besides: further texts that are to have vectors.
        """
        self._corpus = corpus
        self._keeper = keeper
        self._meaning = meaning
        self._besides = besides
        self._finished: str | None = None

    def due(self) -> bool:
        """Say whether the archive is another one than when everything was done last."""
        return self._corpus.stamp() != self._finished

    def progress(self) -> Progress:
        """Return how far it is, and compute nothing."""
        return self._backlog().progress

    def steps(self) -> Iterator[Progress]:
        """Do the work, and yield how far it is before the first step and after each: whoever reads no further stops it.

        Raises:
            MeaningError: the model cannot be loaded.
            StoreError: the archive could not be read, or the vectors not be written; those before are kept.
        """
        stamp = self._corpus.stamp()
        backlog = self._backlog()
        done = backlog.progress.done
        yield backlog.progress
        for some in _portions(backlog):
            self._keep(some)
            done += len(some)
            yield Progress(done, len(backlog.wanted))
        if self._corpus.stamp() == stamp:
            self._keeper.keep_only(backlog.wanted)
            self._finished = stamp

    def _keep(self, texts: Mapping[str, str]) -> None:
        there = self._keeper.known(texts)
        vectors = {name: self._meaning.embed(text) for name, text in texts.items() if name not in there}
        if vectors:
            self._keeper.keep(vectors)

    def _backlog(self) -> "_Backlog":
        wanted: set[str] = set()
        first: dict[str, str] = {}
        then = self._missing({key(text): text for text in self._besides}, wanted)
        posts = self._corpus.posts()
        while some := list(islice(posts, _POSTS_AT_ONCE)):
            first |= self._missing({key(text): text for post in some for text in passages(post)}, wanted)
            then |= self._missing({key(text): text for post in some for text in quotable(post)}, wanted)
        return _Backlog(frozenset(wanted), first, then)

    def _missing(self, texts: dict[str, str], wanted: set[str]) -> dict[str, str]:
        wanted.update(texts)
        there = self._keeper.known(texts)
        return {name: text for name, text in texts.items() if name not in there}


@dataclass(frozen=True, slots=True)
class _Backlog:
    """What there is to do.

    Attributes:
        wanted: the keys of all texts that are to have vectors.
        first: by their keys, the texts without vectors that a search cannot do without.
        then: the others.
    """

    wanted: frozenset[str]
    first: Mapping[str, str]
    then: Mapping[str, str]

    @property
    def progress(self) -> Progress:
        total = len(self.wanted)
        return Progress(total - len(self.first.keys() | self.then.keys()), total)


def _portions(backlog: _Backlog) -> Iterator[Mapping[str, str]]:
    for texts in (backlog.first, {name: text for name, text in backlog.then.items() if name not in backlog.first}):
        names = list(texts)
        random.SystemRandom().shuffle(names)
        for start in range(0, len(names), AT_ONCE):
            yield {name: texts[name] for name in names[start : start + AT_ONCE]}
