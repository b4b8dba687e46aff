"""How close in meaning the posts are to a question, and to one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from bot.meaning.directions import rows, unit
from bot.meaning.passages import key, passages
from bot.ports.archive import Corpus
from bot.ports.meaning import Vector, Vectors

if TYPE_CHECKING:
    from bot.meaning.directions import Matrix

ENOUGH = 0.95
"""The share of the passages that must have vectors. Below, what has none would be passed over too often; above, the few
posts of this month need not make everybody wait: they are found by their words until they have theirs."""


class Closeness:
    """Compares posts by the vectors of their passages. Any number of threads may ask at once.

    What is compared is kept in memory, 1.5 KB a passage, and read again when the archive has changed.
    """

    def __init__(self, corpus: Corpus, vectors: Vectors) -> None:
        """Compare the posts of an archive by these vectors."""
        self._corpus = corpus
        self._vectors = vectors
        self._space: _Space | None = None
        self._reading = Lock()

    def ready(self) -> bool:
        """Say whether enough passages have vectors; while not, this is quick."""
        return bool(self._vectors.count()) and self._current().enough

    def to(self, vector: Vector) -> Mapping[str, float]:
        """Return for each post the cosine of a vector and the nearest of its passages; newest post first."""
        import numpy as np

        space = self._current()
        if not space.ids:
            return {}
        each = space.passages @ rows([vector])[0]
        return dict(zip(space.ids, np.maximum.reduceat(each, space.starts).tolist(), strict=True))

    def like(self, post_id: str, limit: int) -> tuple[str, ...] | None:
        """Return the posts whose passages point, taken together, most like those of one post, the likest first.

        Returns:
            Nothing when the post has no vectors.
        """
        import numpy as np

        space = self._current()
        if post_id not in space.ids:
            return None
        itself = space.ids.index(post_id)
        together = unit(np.add.reduceat(space.passages, space.starts))
        order = np.argsort(-(together @ together[itself]), kind="stable").tolist()
        return tuple(space.ids[place] for place in order if place != itself)[: max(limit, 0)]

    def _current(self) -> "_Space":
        if (space := self._held()) is not None:
            return space
        with self._reading:
            self._space = space = self._held() or self._read()  # another thread may have read it meanwhile
            return space

    def _held(self) -> "_Space | None":
        """Return what is in memory, unless something has happened that could change an answer."""
        space = self._space
        if space is None or space.stamp != self._corpus.stamp():
            return None
        unchanged = not space.missing or space.count <= self._vectors.count() < space.count + space.awaited
        return space if unchanged else None

    def _read(self) -> "_Space":
        stamp, count = self._corpus.stamp(), self._vectors.count()  # taken first: at worst it is read once more
        keys = {post.id: [key(text) for text in passages(post)] for post in self._corpus.posts()}
        found = self._vectors.fetch(each for some in keys.values() for each in some)
        return _space(stamp, count, keys, found)


@dataclass(frozen=True, slots=True)
class _Space:
    """The passages of all posts, as they were read.

    Attributes:
        stamp: the archive's, when it was read.
        count: how many vectors there were.
        total: how many passages there are.
        missing: how many of them have no vector.
        ids: the posts that have vectors, newest first.
        passages: a row for each passage, those of a post together, in the order of `ids`.
        starts: the first row of each post.
    """

    stamp: str
    count: int
    total: int
    missing: int
    ids: tuple[str, ...]
    passages: "Matrix"
    starts: list[int]

    @property
    def enough(self) -> bool:
        return bool(self.ids) and self.missing <= self.total * (1 - ENOUGH)

    @property
    def awaited(self) -> int:
        """How many more vectors there have to be, at the least, before it is worth to read again."""
        return self.missing if self.enough else max(1, self.missing - int(self.total * (1 - ENOUGH)))


def _space(stamp: str, count: int, keys: Mapping[str, list[str]], found: Mapping[str, Vector]) -> _Space:
    ids: list[str] = []
    starts: list[int] = []
    vectors: list[Vector] = []
    for post_id, some in keys.items():
        if there := [found[each] for each in some if each in found]:
            ids.append(post_id)
            starts.append(len(vectors))
            vectors += there
    total = sum(map(len, keys.values()))
    return _Space(stamp, count, total, total - len(vectors), tuple(ids), rows(vectors), starts)
