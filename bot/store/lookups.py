"""Posts fetched whole: their rows, and their topics in a second statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, and_, bindparam, or_, select

from bot.model import Post, TopicLabel, TopicOrigin
from bot.store import tables
from bot.store.rows import post_of

CHUNK = 500
"""How many posts are in memory at once, and how many values are in one `IN`; SQLite takes 32,766, PostgreSQL 65,535."""

_Item = TypeVar("_Item")

NEWEST_FIRST = (tables.posts.c.month.desc(), tables.posts.c.sequence.desc(), tables.posts.c.id)
"""The order of every list of posts."""


def _past(*, newer: bool) -> ColumnElement[bool]:
    """Return the condition that a post stands before, or after, a place in the list of all."""
    columns = tables.posts.c
    month: BindParameter[int] = bindparam("month")
    sequence: BindParameter[int] = bindparam("sequence")
    post: BindParameter[str] = bindparam("id")
    if newer:
        tied = or_(columns.sequence > sequence, and_(columns.sequence == sequence, columns.id < post))
        return and_(columns.month >= month, or_(columns.month > month, tied))
    tied = or_(columns.sequence < sequence, and_(columns.sequence == sequence, columns.id > post))
    return and_(columns.month <= month, or_(columns.month < month, tied))


NEWER = (
    select(tables.posts)
    .where(_past(newer=True), tables.posts.c.withdrawn.is_(False))
    .order_by(tables.posts.c.month, tables.posts.c.sequence, tables.posts.c.id.desc())
    .limit(1)
)
"""The post right before a place, which is given as `month`, `sequence` and `id`."""

OLDER = (
    select(tables.posts).where(_past(newer=False), tables.posts.c.withdrawn.is_(False)).order_by(*NEWEST_FIRST).limit(1)
)
"""The post right after a place."""


def chunks(items: Iterable[_Item], size: int = CHUNK) -> Iterator[list[_Item]]:
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
    # Closed even if nobody reads on: a cursor on a server does not close itself.
    with connection.execute(statement, values, execution_options={"yield_per": CHUNK}) as result:
        for rows in result.partitions():
            yield from with_topics(connection, rows)


_TOPICS = select(tables.post_topics.c.post_id, tables.post_topics.c.name, tables.post_topics.c.origin).where(
    tables.post_topics.c.post_id.in_(bindparam("ids", expanding=True))
)
