"""The vectors of texts, in the database."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Engine, bindparam, delete, func, select

from bot.ports.meaning import Vector
from bot.store.engine import reading, updating
from bot.store.lookups import chunks
from bot.store.tables import vectors
from bot.store.upserts import insert_missing


class SqlVectors:
    """The vectors of one model: `bot.ports.meaning.Vectors` and `VectorKeeper`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine, model: str) -> None:
        """Keep vectors.

        Args:
            engine: the database.
            model: what computes them; those of any other model are as good as not there.
        """
        self._engine = engine
        self._model = model

    def count(self) -> int:
        """Return how many there are."""
        with reading(self._engine) as connection:
            count: int = connection.execute(_COUNT, {"model": self._model}).scalar_one()
        return count

    def fetch(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        """Return the vectors that are there, by the keys of their texts."""
        with reading(self._engine) as connection:
            return {
                key: vector
                for some in chunks(keys)
                for key, vector in connection.execute(_FETCH, {"model": self._model, "keys": some})
            }

    def known(self, keys: Iterable[str]) -> Collection[str]:
        """Return those of some keys that have a vector."""
        with reading(self._engine) as connection:
            asked = ({"model": self._model, "keys": some} for some in chunks(keys))
            return {key for some in asked for key in connection.scalars(_KNOWN, some)}

    def keep(self, found: Mapping[str, Vector]) -> None:
        """Write vectors by the keys of their texts; where there is one already, it stays."""
        with updating(self._engine) as connection:
            for key in sorted(found):  # in one order, so that of two writers none waits for the other in a circle
                insert_missing(connection, vectors, {"model": self._model, "key": key}, {"vector": found[key]})

    def keep_only(self, keys: Collection[str]) -> int:
        """Remove the vectors of all other keys, and those of any other model; return how many."""
        with updating(self._engine) as connection:
            removed = connection.execute(_FORGET_OTHERS, {"model": self._model}).rowcount
            gone = set(connection.scalars(_ALL, {"model": self._model})).difference(keys)
            for some in chunks(sorted(gone)):
                removed += connection.execute(_FORGET, {"model": self._model, "keys": some}).rowcount
        return removed


_OURS = vectors.c.model == bindparam("model")
_THESE = vectors.c.key.in_(bindparam("keys", expanding=True))
_COUNT = select(func.count()).select_from(vectors).where(_OURS)
_ALL = select(vectors.c.key).where(_OURS)
_FETCH = select(vectors.c.key, vectors.c.vector).where(_OURS, _THESE)
_KNOWN = select(vectors.c.key).where(_OURS, _THESE)
_FORGET = delete(vectors).where(_OURS, _THESE)
_FORGET_OTHERS = delete(vectors).where(vectors.c.model != bindparam("model"))
