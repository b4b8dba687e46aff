"""The archive, written to the database."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, select, update

from bot.merging.addresses import shared_addresses
from bot.merging.batches import merge
from bot.model import Change, Effect, Month, Post, PostOrigin, TopicLabel, TopicOrigin, identify
from bot.store import tables
from bot.store.engine import reading, writing
from bot.store.known import ids_in_use, known_posts, only_derived, posts_at, posts_of
from bot.store.lookups import CHUNK
from bot.store.rows import storable, storable_post
from bot.store.sightings import deserted, lose_sight, lost, sight, withdraw
from bot.store.writes import count_anew, log_import, note_news, source_read, write, write_topics


class SqlRecorder:
    """The posts in a database, to write: `bot.ports.archive.Recorder`.

    Every method raises `StoreError` when nothing could be written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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

        Returns:
            One change for each different post, month by month as the months come up, in reading order within each.
        """
        opened = writing if keep else reading
        with opened(self._engine) as connection:
            changes = tuple(_record(connection, [storable_post(post) for post in posts], at, keep=keep))
            if keep:
                log_import(connection, changes, storable(source), at)
            if keep and news:
                note_news(connection, changes, at)
            if keep and any(change.effect is not Effect.UNCHANGED for change in changes):
                count_anew(connection)
            if keep and any(post.origin is PostOrigin.IMPORTED for post in posts):
                source_read(connection, at)
        return changes

    def attribute(
        self, ids: Collection[str], *, source: str, among: Collection[str], whole: bool, keep: bool = True
    ) -> tuple[Post, ...]:
        """Note which posts a source holds; those that no source holds any more are withdrawn.

        Args:
            ids: the posts that it was seen to hold.
            source: the source.
            among: the sources that there are; what any other one once held does not count.
            whole: whether these are all that it holds; else nothing is withdrawn.
            keep: false to find out what would happen.

        Returns:
            The posts that are withdrawn now and were not before, newest first.
        """
        name = storable(source)
        opened = writing if keep else reading
        with opened(self._engine) as connection:
            gone = lost(connection, name, ids) if whole else ()
            withdrawn = deserted(connection, gone, {storable(other) for other in among} - {name})
            if keep:
                sight(connection, name, ids)
                lose_sight(connection, name, gone)
                withdraw(connection, withdrawn)
        return withdrawn

    def disown(self, ids: Collection[str], derive: Callable[[Post], tuple[TopicLabel, ...]]) -> int:
        """Take the site's topics from posts, and derive others where none is left; return how many posts had any."""
        with writing(self._engine) as connection:
            held = posts_of(connection, ids)
            left = [post for before in held if (post := _without_site(before)) != before]
            write_topics(connection, [post if post.topics else replace(post, topics=derive(post)) for post in left])
            count_anew(connection)
        return len(left)

    def catalogue(self) -> str:
        """Return the fingerprint of the topic catalogue that the derived topics were derived by."""
        with reading(self._engine) as connection:
            catalogue: str = connection.execute(select(tables.archive.c.catalogue)).scalar_one()
        return catalogue

    def relabel(self, derive: Callable[[Post], tuple[TopicLabel, ...]], catalogue: str) -> int:
        """Derive the topics anew of every post that has only derived ones, or none; return how many changed."""
        with writing(self._engine) as connection:
            changed = 0
            for some in only_derived(connection):
                relabelled = list(_relabelled(some, derive))
                write_topics(connection, relabelled)
                changed += len(relabelled)
            if changed:
                count_anew(connection)
            connection.execute(update(tables.archive).values(catalogue=storable(catalogue)))
        return changed


def _record(connection: Connection, posts: Sequence[Post], at: datetime, *, keep: bool) -> Iterator[Change]:
    """Merge the posts into the archive, a few months at a time.

    A post that left its month for one that came before is not met again, not even when nothing is kept.
    """
    given: set[str] = set()
    shared = shared_addresses({identify(post.month, post.title): post for post in posts}.values())
    for some in _month_by_month(posts):
        months = {post.month for post in some}
        known = [*known_posts(connection, months), *posts_at(connection, some, months)]
        known = [one for one in known if one.post.id not in given]
        batch = merge(known, some, ids_in_use(connection, some) | given, posts[0].month, shared)
        given.update(one.change.post.id for one in batch.merged)
        if keep:
            write(connection, batch, at)
        yield from (one.change for one in batch.merged)


def _month_by_month(posts: Iterable[Post]) -> Iterator[list[Post]]:
    """Yield the posts of whole months together, in lists of `CHUNK` posts or a little more."""
    months: dict[Month, list[Post]] = {}
    for post in posts:
        months.setdefault(post.month, []).append(post)
    some: list[Post] = []
    for month in months.values():
        some += month
        if len(some) >= CHUNK:
            yield some
            some = []
    if some:
        yield some


def _without_site(post: Post) -> Post:
    return replace(post, topics=tuple(label for label in post.topics if label.origin is not TopicOrigin.SITE))


def _relabelled(posts: Iterable[Post], derive: Callable[[Post], tuple[TopicLabel, ...]]) -> Iterator[Post]:
    for post in posts:
        anew = storable_post(replace(post, topics=derive(post)))
        if anew != post:
            yield anew
