"""Having an index of the documents as they are now: found on disk, made there, or made in memory."""

from functools import partial
from pathlib import Path

from bot.search.documents import Documents
from bot.search.index import FORMAT, Index, SurvivingDamage, build, open_index
from bot.search.shelf import Shelf

TRIES = 3
"""How often to begin again when the documents change, or the index is damaged, while it is being made."""


class Keeper:
    """Brings an index up whenever one is asked for; it remembers nothing."""

    def __init__(self, documents: Documents, folder: Path | None) -> None:
        """Keep the index of these documents in a folder that is for this alone, or in memory."""
        self._documents = documents
        self._shelf = Shelf(folder) if folder else None

    def fetch(self) -> Index:
        """Return an index of the documents as they are now.

        Raises:
            StoreError: whatever reading the documents raises.
        """
        with SurvivingDamage():
            if self._shelf and (index := self._on_disk(self._shelf)):
                return index
        return self._in_memory()

    def discard(self, index: Index) -> None:
        """Throw a damaged index away."""
        if self._shelf and index.sealed:
            self._shelf.discard(index.sealed)

    def _on_disk(self, shelf: Shelf) -> Index | None:
        """Return the index from the shelf; nothing when the disk is full or read-only, or the documents never rest."""
        for _ in range(TRIES):
            stamp = self._documents.stamp()
            try:
                sealed = shelf.fetch(f"{FORMAT} {stamp}", partial(self._fill, stamp))
            except _ChangedError:
                continue
            with SurvivingDamage():
                return open_index(sealed, stamp)
            shelf.discard(sealed)
        return None

    def _fill(self, stamp: str, folder: Path) -> None:
        """Make the index in a folder; nothing goes on the shelf under a stamp that it is not true to."""
        build(self._documents.documents(), folder)
        if self._documents.stamp() != stamp:
            raise _ChangedError

    def _in_memory(self) -> Index:
        stamp = self._documents.stamp()  # taken first: at worst the next search makes the index once more
        return Index(stamp, build(self._documents.documents()))


class _ChangedError(Exception):
    """The documents changed while their index was being made."""
