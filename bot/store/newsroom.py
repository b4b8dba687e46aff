"""What is to be announced, and the editions, kept in the database."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, insert, select, update

from bot.editions import Edition, EditionState
from bot.model import Month, Post
from bot.store.announcing import editions, news
from bot.store.engine import reading, updating, writing
from bot.store.lookups import NEWEST_FIRST, chunks, with_topics
from bot.store.rows import month_number
from bot.store.tables import posts


class SqlNewsroom:
    """The news and the editions in a database: `bot.ports.announcing.Newsroom`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def news(self, since: Month) -> tuple[Post, ...]:
        """Return the posts that are in no edition yet and not older than a month, newest first."""
        with reading(self._engine) as connection:
            return with_topics(connection, connection.execute(_NEWS, {"oldest": month_number(since)}).all())

    def freeze(self, since: Month, most: int, at: datetime) -> Edition | None:
        """Put the news into an edition; of several processes one does. Posts older than `since` are no news any more.

        Args:
            since: the oldest month that is still news.
            most: with more posts than this the edition is held.
            at: the time of day, an aware time.

        Returns:
            The new edition, or `None` when there is no news.
        """
        with writing(self._engine, "editions") as connection:
            connection.execute(_PASS_OVER, {"oldest": month_number(since), "at": at})
            fresh = connection.execute(_NEWS, {"oldest": month_number(since)}).all()
            state = EditionState.HELD if len(fresh) > most else EditionState.OPEN
            return _edition_with(connection, [row.id for row in fresh], state, at) if fresh else None

    def editions(self, limit: int = 12) -> tuple[Edition, ...]:
        """Return the newest editions, the newest first."""
        with reading(self._engine) as connection:
            return _editions(connection, select(editions).order_by(editions.c.id.desc()).limit(limit))

    def decide(self, edition: int, state: EditionState) -> Edition | None:
        """Open or discard an edition that is held; `None` when there is no held edition of this number."""
        held = (editions.c.id == edition) & (editions.c.state == EditionState.HELD)
        with updating(self._engine) as connection:
            if not connection.execute(update(editions).where(held).values(state=state)).rowcount:
                return None
            (decided,) = _editions(connection, select(editions).where(editions.c.id == edition))
        return decided


_FRESH = news.c.edition_id.is_(None) & news.c.passed_at.is_(None)
_NEWS = (
    select(posts)
    .join(news, news.c.post_id == posts.c.id)
    .where(_FRESH, posts.c.month >= bindparam("oldest"), posts.c.withdrawn.is_(False))
    .order_by(*NEWEST_FIRST)
)
_PASS_OVER = (
    update(news)
    .where(_FRESH, news.c.post_id.in_(select(posts.c.id).where(posts.c.month < bindparam("oldest"))))
    .values(passed_at=bindparam("at"))
)
_TAKE = update(news).where(news.c.post_id == bindparam("which")).values(edition_id=bindparam("edition"))
_POSTS = (
    select(news.c.edition_id, posts.c.id)
    .join(posts, posts.c.id == news.c.post_id)
    .where(news.c.edition_id.in_(bindparam("editions", expanding=True)))
    .order_by(*NEWEST_FIRST)
)


def _edition_with(connection: Connection, ids: Sequence[str], state: EditionState, at: datetime) -> Edition:
    values = {"mark": secrets.token_hex(4), "frozen_at": at, "state": state}
    connection.execute(insert(editions).values(**values))
    number = connection.execute(select(editions.c.id).where(editions.c.mark == values["mark"])).scalar_one()
    connection.execute(_TAKE, [{"which": post_id, "edition": number} for post_id in ids])
    return Edition(number, at, tuple(ids), state)


def _editions(connection: Connection, statement: Select[Any]) -> tuple[Edition, ...]:
    rows = connection.execute(statement).all()
    contents: dict[int, list[str]] = {row.id: [] for row in rows}
    for numbers in chunks(contents):
        for number, post_id in connection.execute(_POSTS, {"editions": numbers}):
            contents[number].append(post_id)
    return tuple(_edition_of(row, contents[row.id]) for row in rows)


def _edition_of(row: Row[Any], ids: Sequence[str]) -> Edition:
    return Edition(row.id, row.frozen_at, tuple(ids), row.state, row.planned_at)
