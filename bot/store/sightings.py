"""Which source holds which posts; always inside a transaction of `bot.store.engine`."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from bot.model import Post
from bot.store import tables
from bot.store.lookups import NEWEST_FIRST, chunks, with_topics
from bot.store.syncing import sightings
from bot.store.writes import count_anew


def lost(connection: Connection, source: str, held: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the posts that a source was seen to hold and is not any more, in order."""
    return tuple(sorted(_seen(connection, source) - set(held)))


def deserted(connection: Connection, gone: Collection[str], others: Collection[str]) -> tuple[Post, ...]:
    """Return those of some posts that none of the other sources holds and that are not withdrawn yet, newest first."""
    values = ({"others": sorted(others), "ids": some} for some in chunks(gone))
    return tuple(post for some in values for post in with_topics(connection, connection.execute(_DESERTED, some).all()))


def sight(connection: Connection, source: str, held: Collection[str]) -> None:
    """Note that a source holds some posts."""
    if fresh := sorted(set(held) - _seen(connection, source)):
        connection.execute(insert(sightings), [{"source": source, "post_id": post_id} for post_id in fresh])


def lose_sight(connection: Connection, source: str, gone: Collection[str]) -> None:
    """Note that a source does not hold some posts any more."""
    if gone:
        connection.execute(_FORGET, [{"where": source, "which": post_id} for post_id in gone])


def withdraw(connection: Connection, posts: Sequence[Post]) -> None:
    """Take posts out of every list; they stay in the archive."""
    if posts:
        named = [{"which": post.id} for post in posts]
        connection.execute(_WITHDRAW, named)
        connection.execute(_WITHDRAW_TOPICS, named)
        count_anew(connection)


_SEEN = select(sightings.c.post_id).where(sightings.c.source == bindparam("source"))
_DESERTED = (
    select(tables.posts)
    .where(
        tables.posts.c.id.in_(bindparam("ids", expanding=True)),
        tables.posts.c.withdrawn.is_(False),
        ~exists().where(
            sightings.c.post_id == tables.posts.c.id, sightings.c.source.in_(bindparam("others", expanding=True))
        ),
    )
    .order_by(*NEWEST_FIRST)
)
_FORGET = delete(sightings).where(sightings.c.source == bindparam("where"), sightings.c.post_id == bindparam("which"))
_WITHDRAW = update(tables.posts).where(tables.posts.c.id == bindparam("which")).values(withdrawn=True)
_WITHDRAW_TOPICS = (
    update(tables.post_topics).where(tables.post_topics.c.post_id == bindparam("which")).values(withdrawn=True)
)


def _seen(connection: Connection, source: str) -> set[str]:
    return set(connection.scalars(_SEEN, {"source": source}))
