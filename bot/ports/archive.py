"""The posts, to read and to write."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import ArchiveFacts, Change, Page, Post, TopicLabel, Where


class Archive(Protocol):
    """The posts, to read. Every method raises `StoreError` when the store cannot be reached."""

    def facts(self) -> ArchiveFacts:
        """Return what the archive holds at this moment."""
        ...

    def get(self, ids: Sequence[str]) -> tuple[Post, ...]:
        """Return the posts with these ids, in the order asked for; unknown ids are passed over."""
        ...

    def page(self, where: Where, offset: int = 0, limit: int = 5) -> Page:
        """Return posts, newest first: by month, then by sequence, then by id.

        Those that are withdrawn are left out, unless an id is asked for.
        """
        ...

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """Return the posts that stand right before and right after a post in the list of all, newest first."""
        ...

    def topic_counts(self) -> Mapping[str, int]:
        """Return how many posts each topic has; topics without posts are left out."""
        ...


class Census(Protocol):
    """How the posts are spread. Every method raises `StoreError` when the store cannot be reached."""

    def years(self) -> Mapping[int, int]:
        """Return how many posts each year has; years without posts are left out."""
        ...

    def spread(self) -> Mapping[tuple[str, int], int]:
        """Return how many posts each topic has in each year; where there are none is left out."""
        ...


class Corpus(Protocol):
    """All posts at once, for a search index that has to follow them."""

    def stamp(self) -> str:
        """Return the present stamp; see `ArchiveFacts.stamp`."""
        ...

    def posts(self) -> Iterator[Post]:
        """Yield every post but those withdrawn, newest first, as one consistent view."""
        ...


class Recorder(Protocol):
    """The posts, to write. Every method raises `StoreError` when nothing could be written."""

    def record(
        self, posts: Sequence[Post], *, source: str, at: datetime, keep: bool = True, news: bool = True
    ) -> tuple[Change, ...]:
        """Write posts in one transaction, all or nothing.

        Args:
            posts: in reading order, newest first.
            source: where they come from, for the record.
            at: when they were read, an aware time.
            keep: false to find out what would happen and leave the archive as it was.
            news: whether posts that are new to the archive are to be announced.
        """
        ...

    def attribute(
        self, ids: Collection[str], *, source: str, among: Collection[str], whole: bool, keep: bool = True
    ) -> tuple[Post, ...]:
        """Note which posts a source holds; those that no source holds any more are withdrawn.

        A post that no source was seen to hold, such as a starter, is never withdrawn.

        Args:
            ids: the posts that it was seen to hold.
            source: the source.
            among: the sources that there are.
            whole: whether these are all that it holds; else nothing is withdrawn.
            keep: false to find out what would happen.

        Returns:
            The posts that are withdrawn now and were not before, newest first.
        """
        ...

    def disown(self, ids: Collection[str], derive: Callable[[Post], tuple[TopicLabel, ...]]) -> int:
        """Take the site's topics from posts, and derive others where none is left; return how many posts had any."""
        ...

    def catalogue(self) -> str:
        """Return the fingerprint of the topic catalogue that the derived topics were derived by."""
        ...

    def relabel(self, derive: Callable[[Post], tuple[TopicLabel, ...]], catalogue: str) -> int:
        """Derive the topics anew of every post that has only derived ones; return how many changed."""
        ...
