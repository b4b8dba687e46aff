"""Posts fetched whole: their rows, and their topics in a second statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, exists, select

from bot.merging import Known
from bot.model import Month, Post, TopicLabel, TopicOrigin, identify
from bot.store import tables
from bot.store.rows import month_number, post_of

CHUNK = 500
"""How many posts are in memory at once, and how many values are in one `IN`; SQLite takes 32,766, PostgreSQL 65,535."""

Item = TypeVar("Item")

NEWEST_FIRST = (tables.posts.c.month.desc(), tables.posts.c.sequence.desc(), tables.posts.c.id)
"""The order of every list of posts."""

_TOPICS = select(tables.post_topics.c.post_id, tables.post_topics.c.name, tables.post_topics.c.origin).where(
    tables.post_topics.c.post_id.in_(bindparam("ids", expanding=True))
)

_IN_USE = select(tables.posts.c.id).where(tables.posts.c.id.in_(bindparam("ids", expanding=True)))
_OF_MONTHS = (
    select(tables.posts).where(tables.posts.c.month.in_(bindparam("months", expanding=True))).order_by(*NEWEST_FIRST)
)
_FORMER = select(tables.former_identities).where(
    tables.former_identities.c.post_id == tables.posts.c.id,
    tables.posts.c.month.in_(bindparam("months", expanding=True)),
)
_ONLY_DERIVED = (
    select(tables.posts)
    .where(tables.posts.c.id > bindparam("last"))
    .where(
        ~exists().where(
            tables.post_topics.c.post_id == tables.posts.c.id,
            tables.post_topics.c.origin != TopicOrigin.DERIVED.value,
        )
    )
    .order_by(tables.posts.c.id)
    .limit(CHUNK)
)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def with_topics(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Post, ...]:
    """Return the posts of some rows of `posts`, in their order."""
    topics: dict[str, list[TopicLabel]] = {row.id: [] for row in rows}
    for ids in chunks(topics):
        for post_id, name, origin in connection.execute(_TOPICS, {"ids": ids}):
            topics[post_id].append(TopicLabel(name, TopicOrigin(origin)))
    return tuple(post_of(row, topics[row.id]) for row in rows)


def stream(connection: Connection, statement: Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[Post]:
    """Yield the posts of a statement on `posts`; at most `CHUNK` of them are in memory at once."""
    result = connection.execute(statement, values, execution_options={"yield_per": CHUNK})
    for rows in result.partitions():
        yield from with_topics(connection, rows)


def known_posts(connection: Connection, months: Iterable[Month]) -> list[Known]:
    """Return every post of some months, with the identities it had before."""
    wanted = {"months": [month_number(month) for month in months]}
    former: dict[str, set[str]] = {}
    for post_id, identity in connection.execute(_FORMER, wanted):
        former.setdefault(post_id, set()).add(identity)
    posts = stream(connection, _OF_MONTHS, wanted)
    return [Known(post, frozenset(former.get(post.id, ()))) for post in posts]


def ids_in_use(connection: Connection, posts: Iterable[Post]) -> set[str]:
    """Return the ids, of those that some posts could get, that posts have already."""
    asked = {name for post in posts for name in (post.id, identify(post.month, post.title))}
    return {found for ids in chunks(asked) for found in connection.scalars(_IN_USE, {"ids": ids})}


def only_derived(connection: Connection) -> Iterator[tuple[Post, ...]]:
    """Yield the posts whose topics are all derived, or that have none, a few at a time; each may be written to."""
    last = ""
    while rows := connection.execute(_ONLY_DERIVED, {"last": last}).all():
        yield with_topics(connection, rows)
        last = rows[-1].id
