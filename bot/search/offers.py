"""Posts and months to offer while someone is still typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from bot.folding import words
from bot.model import ArchiveFacts, Month, Post, Where
from bot.ports.archive import Archive
from bot.search.engine import SearchEngine
from bot.search.query import Query

_MOST_KEPT = 2_000
"""How many of the newest posts are looked through by title: fifty years of the blog. A search finds the others."""

_SHORTEST_ID = 4
"""From so many characters on, what was typed may be the beginning of an id, as everywhere."""


@dataclass(frozen=True, slots=True)
class _Titles:
    """The newest posts as they are compared, for as long as the archive does not change."""

    stamp: str
    posts: tuple[tuple[Post, str, tuple[str, ...]], ...]
    months: tuple[Month, ...]


class Offers:
    """What of the archive can be meant by the beginning of something. Any number of threads may ask at once."""

    def __init__(self, archive: Archive, search: SearchEngine) -> None:
        self._archive = archive
        self._search = search
        self._kept: _Titles | None = None
        self._renewing = Lock()

    def posts(self, typed: str, limit: int = 25) -> tuple[Post, ...]:
        """Return posts to offer, the likeliest first: for empty text the newest.

        What begins so comes first, then what has words that begin so, in any order; a search, which forgives
        slips, comes in where there is nothing of the kind.

        Args:
            typed: the beginning of a title, words of it, or the beginning of an id.
            limit: how many at most.

        Raises:
            StoreError: the archive could not be reached.
        """
        begun, typed_words = " ".join(words(typed)), words(typed)
        if typed.strip() and not typed_words:
            return ()
        ranked = [
            (rank, place, post)
            for place, (post, title, title_words) in enumerate(self._titles().posts)
            if (rank := _rank(post.id, title, title_words, begun, typed_words)) is not None
        ]
        found = tuple(post for _, _, post in sorted(ranked, key=lambda each: each[:2])[:limit])
        return found or self._searched(typed_words, limit)

    def months(self, typed: str, limit: int = 25) -> tuple[Month, ...]:
        """Return months that have posts, the newest first: those whose written form has words that begin so.

        Args:
            typed: the beginning of `2021-07` or of `July 2021`; when it is empty, every month fits.
            limit: how many at most.

        Raises:
            StoreError: the archive could not be reached.
        """
        asked = words(typed)
        fitting = (month for month in self._titles().months if _begin(asked, words(f"{month.label} {month}")))
        return tuple(month for _, month in zip(range(limit), fitting, strict=False))

    def _searched(self, asked: Sequence[str], limit: int) -> tuple[Post, ...]:
        hits = self._search.search(Query(words=tuple(asked)), limit=limit).hits if asked else ()
        return self._archive.get([hit.id for hit in hits])

    def _titles(self) -> _Titles:
        facts = self._archive.facts()
        with self._renewing:
            if self._kept is None or self._kept.stamp != facts.stamp:
                self._kept = self._read(facts)
            return self._kept

    def _read(self, facts: ArchiveFacts) -> _Titles:
        posts = self._archive.page(Where(), limit=_MOST_KEPT).posts
        compared = tuple((post, " ".join(words(post.title)), tuple(words(post.title))) for post in posts)
        return _Titles(facts.stamp, compared, tuple(dict.fromkeys(post.month for post in posts)))


def _rank(id_: str, title: str, title_words: Sequence[str], begun: str, asked: Sequence[str]) -> int | None:
    if title.startswith(begun) or (len(begun) >= _SHORTEST_ID and id_.startswith(begun)):
        return 0
    return 1 if _begin(asked, title_words) else None


def _begin(asked: Sequence[str], said: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in said) for beginning in asked)
