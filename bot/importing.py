"""Taking what a source held into the archive, and telling what became of it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceError
from bot.model import Change, Effect, Post, Reading, TopicLabel, Unplaced
from bot.ports.archive import Recorder

Derive = Callable[[Post], tuple[TopicLabel, ...]]
"""Finds the topics of a post whose source names none."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do.

    Attributes:
        changes: one for each post read, in reading order.
        unplaced: the lines that fit no rule, each with the name of the page or file it stands in.
        kept: false when it was only tried and the archive is as it was.
    """

    changes: tuple[Change, ...]
    unplaced: tuple[tuple[str, Unplaced], ...]
    kept: bool

    def count(self, effect: Effect) -> int:
        """Return how many posts an effect befell."""
        return sum(change.effect is effect for change in self.changes)


class Importer:
    """Brings readings into the archive."""

    def __init__(self, recorder: Recorder, derive: Derive) -> None:
        self._recorder = recorder
        self._derive = derive

    def take(
        self, readings: Iterable[Reading], *, source: str, at: datetime, keep: bool = True, news: bool = True
    ) -> Report:
        """Record every post of the readings in one transaction, deriving the topics that no source names.

        Args:
            readings: pages or files in order, each with its posts newest first.
            source: where they come from, for the record.
            at: when they were read, an aware time.
            keep: false to find out what would happen.
            news: whether posts that are new to the archive are to be announced.

        Raises:
            StoreError: the archive could not be written; it is as it was.
            SourceError: a reading could not be made, or holds no post; the archive is as it was.
        """
        posts: list[Post] = []
        unplaced: list[tuple[str, Unplaced]] = []
        for reading in readings:
            _refuse_empty(reading)
            posts.extend(map(self._with_topics, reading.posts))
            unplaced.extend((reading.name, line) for line in reading.unplaced)
        changes = self._recorder.record(posts, source=source, at=at, keep=keep, news=news)
        return Report(changes, tuple(unplaced), keep)

    def disown(self, ids: Collection[str]) -> int:
        """Derive the topics of posts to which their site gives none any more; return how many had any of it."""
        return self._recorder.disown(ids, self._derive)

    def follow_catalogue(self, fingerprint: str) -> int:
        """Derive topics anew when the topic catalogue is not the one they were derived by; return how many changed."""
        if self._recorder.catalogue() == fingerprint:
            return 0
        return self._recorder.relabel(self._derive, fingerprint)

    def _with_topics(self, post: Post) -> Post:
        return post if post.topics else replace(post, topics=self._derive(post))


def _refuse_empty(reading: Reading) -> None:
    """Raise `SourceError` for a reading without posts, saying why its first line was left over."""
    if not reading.posts:
        why = f" Its first line: {reading.unplaced[0].why}." if reading.unplaced else ""
        raise SourceError("a reading holds no post", f"{reading.name} holds no summary.{why}")
