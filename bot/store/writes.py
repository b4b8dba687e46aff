"""What is written, statement by statement; always inside a transaction of `bot.store.engine.writing`."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.merging.batches import Batch
from bot.model import Change, Effect, Post, PostOrigin, identify
from bot.store import announcing, tables
from bot.store.rows import post_row, to_json, topic_rows


def write(connection: Connection, batch: Batch, at: datetime) -> None:
    """Write what became of a batch of posts, and keep the words that gave way."""
    added: list[Post] = []
    revised: list[tuple[Post, Post]] = []
    for one in batch.merged:
        if one.before is None:
            added.append(one.change.post)
        elif one.change.effect is not Effect.UNCHANGED:
            revised.append((one.before, one.change.post))
    _many(connection, insert(tables.posts), [post_row(post) for post in added])
    _revise(connection, revised, at)
    write_topics(connection, [*added, *(post for _, post in revised)])
    _move(connection, batch.moved)


def write_topics(connection: Connection, posts: Sequence[Post]) -> None:
    """Write the topics of posts in place of those that they had."""
    _many(connection, _FORGET_TOPICS, [{"which": post.id} for post in posts])
    _many(connection, insert(tables.post_topics), [row for post in posts for row in topic_rows(post)])


def log_import(connection: Connection, changes: Iterable[Change], source: str, at: datetime) -> None:
    """Note that something was read, and how much of it was news."""
    effects = Counter(change.effect.value for change in changes)
    counts = {effect.value: effects[effect.value] for effect in Effect}
    connection.execute(insert(tables.imports).values(at=at, source=source, **counts))


def note_news(connection: Connection, changes: Iterable[Change], at: datetime) -> None:
    """Note which posts are to be announced: those that are new, but for starters and for all of the first import.

    The first import brings years of posts that are no news to anybody. It has to be told before `source_read`.
    """
    new = [one.post.id for one in changes if one.effect is Effect.ADDED and _can_be_news(one.post)]
    if new and connection.execute(select(tables.archive.c.source_read_at)).scalar():
        connection.execute(insert(announcing.news), [{"post_id": post_id, "since": at} for post_id in new])


def source_read(connection: Connection, at: datetime) -> None:
    """Note when a source was last read; an older page read again later does not turn the clock back."""
    read_at = tables.archive.c.source_read_at
    connection.execute(update(tables.archive).where((read_at < at) | read_at.is_(None)).values(source_read_at=at))


def count_anew(connection: Connection) -> None:
    """Give the archive its next stamp, and count what answers say about it as a whole.

    Counted in full every time (50 ms at 100,000 posts): a running count would be quicker and could drift.
    """
    posts, archive = tables.posts.c, tables.archive.c
    listed = posts.withdrawn.is_(False)
    counted = {
        "posts": select(func.count()).where(listed),
        "starters": select(func.count()).where(listed, posts.origin == PostOrigin.STARTER.value),
        "oldest": select(func.min(posts.month)).where(listed),
        "newest": select(func.max(posts.month)).where(listed),
    }
    values: dict[str, Any] = {name: query.scalar_subquery() for name, query in counted.items()}
    connection.execute(
        update(tables.archive).values(revision=archive.revision + 1, mark=secrets.token_hex(8), **values)
    )
    connection.execute(delete(tables.topic_totals))
    labels = tables.post_topics.c
    per_topic = select(labels.name, func.count()).where(labels.withdrawn.is_(False)).group_by(labels.name)
    connection.execute(insert(tables.topic_totals).from_select(["name", "posts"], per_topic))


_FORGET_TOPICS = delete(tables.post_topics).where(tables.post_topics.c.post_id == bindparam("which"))
_FORGET_IDENTITY = delete(tables.former_identities).where(
    tables.former_identities.c.post_id == bindparam("which"),
    tables.former_identities.c.identity == bindparam("former"),
)
_UPDATE_POST = update(tables.posts).where(tables.posts.c.id == bindparam("which"))
_MOVE_POST = update(tables.posts).where(tables.posts.c.id == bindparam("which"))
_MOVE_TOPICS = update(tables.post_topics).where(tables.post_topics.c.post_id == bindparam("which"))
_NEXT_NUMBER = (
    select(func.coalesce(func.max(tables.revisions.c.number), 0) + 1)
    .where(tables.revisions.c.post_id == bindparam("which"))
    .scalar_subquery()
)
_KEEP_WORDS = insert(tables.revisions).values(
    post_id=bindparam("which"), number=_NEXT_NUMBER, until=bindparam("until"), words=bindparam("words")
)


def _can_be_news(post: Post) -> bool:
    return post.origin is PostOrigin.IMPORTED and not post.withdrawn


def _revise(connection: Connection, revised: Sequence[tuple[Post, Post]], at: datetime) -> None:
    words = [{"which": before.id, "until": at, "words": to_json(before)} for before, _ in revised]
    _many(connection, _KEEP_WORDS, words)
    _many(connection, _UPDATE_POST, [{"which": post.id, **post_row(post)} for _, post in revised])
    former = [
        {"which": post.id, "former": identify(before.month, before.title)}
        for before, post in revised
        if identify(before.month, before.title) != identify(post.month, post.title)
    ]
    _many(connection, _FORGET_IDENTITY, former)  # it may have had this title before
    _many(
        connection,
        insert(tables.former_identities),
        [{"post_id": one["which"], "identity": one["former"]} for one in former],
    )


def _move(connection: Connection, moved: Iterable[Post]) -> None:
    places = [{"which": post.id, "sequence": post.sequence} for post in moved]
    _many(connection, _MOVE_POST, places)
    _many(connection, _MOVE_TOPICS, places)


def _many(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
