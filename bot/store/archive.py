"""The archive, read from the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, bindparam, select

from bot.model import ArchiveFacts, Page, Post, Where
from bot.store import tables
from bot.store.engine import reading
from bot.store.failures import StoreNotSetUpError
from bot.store.lookups import NEWER, NEWEST_FIRST, OLDER, chunks, stream, with_topics
from bot.store.queries import query_for, values_of
from bot.store.rows import from_json, month_number, month_of, storable


@dataclass(frozen=True, slots=True)
class Revision:
    """The words that a post had once.

    Attributes:
        until: when they gave way to others, an aware time.
        post: the post as it was.
    """

    until: datetime
    post: Post


class SqlArchive:
    """The posts in a database: `bot.ports.archive.Archive` and `Corpus`.

    Every method raises `StoreError` when the database cannot be read.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def facts(self) -> ArchiveFacts:
        """Return what the archive holds at this moment."""
        with reading(self._engine) as connection:
            row = connection.execute(_FACTS).one_or_none()
        if row is None:
            raise StoreNotSetUpError("the store has no row about the archive")
        return ArchiveFacts(
            stamp=f"{row.revision}-{row.mark}",
            posts=row.posts,
            oldest=row.oldest and month_of(row.oldest),
            newest=row.newest and month_of(row.newest),
            source_read_at=row.source_read_at,
            starters=row.starters,
        )

    def stamp(self) -> str:
        """Return the present stamp; see `ArchiveFacts.stamp`."""
        return self.facts().stamp

    def get(self, ids: Sequence[str]) -> tuple[Post, ...]:
        """Return the posts with these ids, in the order asked for; unknown ids are passed over."""
        found: dict[str, Post] = {}
        with reading(self._engine) as connection:
            for some in chunks(ids):
                rows = connection.execute(_BY_IDS, {"ids": [storable(one) for one in some]}).all()
                found |= {post.id: post for post in with_topics(connection, rows)}
        return tuple(found[one] for one in ids if one in found)

    def page(self, where: Where, offset: int = 0, limit: int = 5) -> Page:
        """Return posts, newest first: by month, then by sequence, then by id.

        A post is meant when it has at least one of `where.topics`.
        """
        query = query_for(where)
        values = {**values_of(where), "offset": offset, "limit": limit}
        with reading(self._engine) as connection:
            rows = connection.execute(query.page, values).all()
            # A page past the end has no row to carry the total.
            total = rows[0].total if rows else connection.execute(query.total, values).scalar_one()
            return Page(with_topics(connection, rows), total)

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """Return the posts that stand right before and right after a post in the list of all, newest first."""
        place = {"month": month_number(post.month), "sequence": post.sequence, "id": storable(post.id)}
        with reading(self._engine) as connection:
            newer, older = (connection.execute(each, place).all() for each in (NEWER, OLDER))
            return next(iter(with_topics(connection, newer)), None), next(iter(with_topics(connection, older)), None)

    def topic_counts(self) -> Mapping[str, int]:
        """Return how many posts each topic has; topics without posts are left out."""
        with reading(self._engine) as connection:
            return {row.name: row.posts for row in connection.execute(select(tables.topic_totals))}

    def posts(self) -> Iterator[Post]:
        """Yield every post but those withdrawn, newest first, as one consistent view."""
        with reading(self._engine) as connection:
            yield from stream(connection, _LISTED)

    def everything(self) -> Iterator[Post]:
        """Yield every post, those withdrawn included, newest first, as one consistent view."""
        with reading(self._engine) as connection:
            yield from stream(connection, _ALL)

    def history(self, post_id: str) -> tuple[Revision, ...]:
        """Return the words that a post had before its present ones, the oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(_HISTORY, {"post_id": storable(post_id)})
            return tuple(Revision(until, from_json(words)) for until, words in rows)


_FACTS = select(tables.archive)
_ALL = select(tables.posts).order_by(*NEWEST_FIRST)
_LISTED = _ALL.where(tables.posts.c.withdrawn.is_(False))
_BY_IDS = select(tables.posts).where(tables.posts.c.id.in_(bindparam("ids", expanding=True)))
_HISTORY = (
    select(tables.revisions.c.until, tables.revisions.c.words)
    .where(tables.revisions.c.post_id == bindparam("post_id"))
    .order_by(tables.revisions.c.number)
)
