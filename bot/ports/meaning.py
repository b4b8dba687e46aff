"""Meaning as a direction: texts that mean alike point alike, whatever their words."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from bot.errors import PprnetError

Vector = bytes
"""Where a text points: signed bytes, one for each dimension. Only the direction counts, not the length."""


class MeaningError(PprnetError):
    """The search by meaning cannot be loaded. Please install it anew: `pip install pprnet-bot[semantic]`."""


class Meaning(Protocol):
    """A model that turns texts into vectors."""

    @property
    def model(self) -> str:
        """Which model it is, to the last bit: vectors of two models cannot be compared."""
        ...

    def embed(self, text: str) -> Vector:
        """Return where a text points; what stands beyond the first 256 pieces of words does not count.

        Raises:
            MeaningError: the model cannot be loaded.
        """
        ...

    def spells(self, word: str) -> bool:
        """Say whether a folded word is one that the model has met whole: then it is no typing error.

        Raises:
            MeaningError: the model cannot be loaded.
        """
        ...


class Vectors(Protocol):
    """The vectors of texts, to read. Every method raises `StoreError` when the store cannot be reached."""

    def count(self) -> int:
        """Return how many there are; asked before searches, so it has to be cheap."""
        ...

    def fetch(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        """Return the vectors that are there, by the keys of their texts."""
        ...


class VectorKeeper(Protocol):
    """The vectors of texts, to write. Every method raises `StoreError` when nothing could be written."""

    def known(self, keys: Iterable[str]) -> Collection[str]:
        """Return those of some keys that have a vector."""
        ...

    def keep(self, vectors: Mapping[str, Vector]) -> None:
        """Write vectors by the keys of their texts; where there is one already, it stays."""
        ...

    def keep_only(self, keys: Collection[str]) -> int:
        """Remove the vectors of all other keys, and those of any other model; return how many."""
        ...
