"""The archive, read from the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, ScalarSelect, Select, bindparam, func, select

from bot.model import ArchiveFacts, Page, Post, Where
from bot.store import tables
from bot.store.engine import reading
from bot.store.failures import StoreNotSetUpError
from bot.store.lookups import NEWEST_FIRST, chunks, stream, with_topics
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
    """The posts in a database: `bot.ports.Archive` and `bot.ports.Corpus`.

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
        total = _total(where)
        with reading(self._engine) as connection:
            rows = connection.execute(_page(where, total, offset, limit)).all()
            if not rows:
                return Page((), connection.execute(select(total)).scalar_one())
            return Page(with_topics(connection, rows), rows[0].total)

    def topic_counts(self) -> Mapping[str, int]:
        """Return how many posts each topic has; topics without posts are left out."""
        with reading(self._engine) as connection:
            return {row.name: row.posts for row in connection.execute(select(tables.topic_totals))}

    def posts(self) -> Iterator[Post]:
        """Yield every post, newest first, as one consistent view."""
        with reading(self._engine) as connection:
            yield from stream(connection, select(tables.posts).order_by(*NEWEST_FIRST))

    def history(self, post_id: str) -> tuple[Revision, ...]:
        """Return the words that a post had before its present ones, the oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(_HISTORY, {"post_id": storable(post_id)})
            return tuple(Revision(until, from_json(words)) for until, words in rows)


_FACTS = select(tables.archive)
_BY_IDS = select(tables.posts).where(tables.posts.c.id.in_(bindparam("ids", expanding=True)))
_HISTORY = (
    select(tables.revisions.c.until, tables.revisions.c.words)
    .where(tables.revisions.c.post_id == bindparam("post_id"))
    .order_by(tables.revisions.c.number)
)
_HIGHEST = "\U0010ffff"  # sorts after everything that an id can hold


def _page(where: Where, total: ScalarSelect[int], offset: int, limit: int) -> Select[Any]:
    """Return the statement for a page: an index alone gives the places, then only their posts are fetched."""
    places = _places(where)
    newest = (places.selected_columns.month.desc(), places.selected_columns.sequence.desc(), places.selected_columns.id)
    chosen = places.order_by(*newest).offset(offset).limit(limit).subquery()
    return (
        select(tables.posts, total.label("total"))
        .join(chosen, chosen.c.id == tables.posts.c.id)
        .order_by(chosen.c.month.desc(), chosen.c.sequence.desc(), chosen.c.id)
    )


def _total(where: Where) -> ScalarSelect[int]:
    """Count the posts meant; the whole archive and each whole topic are counted already."""
    match where:
        case Where(month=None, topics=(), id_prefix=""):
            return select(tables.archive.c.posts).scalar_subquery()
        case Where(month=None, topics=(topic,), id_prefix=""):
            counted = select(tables.topic_totals.c.posts).where(tables.topic_totals.c.name == storable(topic))
            return select(func.coalesce(counted.scalar_subquery(), 0)).scalar_subquery()
        case _:
            return select(func.count()).select_from(_places(where).subquery()).scalar_subquery()


def _places(where: Where) -> Select[Any]:
    """Return the ids meant, with what they are ordered by."""
    topics = sorted({storable(topic) for topic in where.topics})
    table, key = (tables.post_topics, "post_id") if topics else (tables.posts, "id")
    places = select(table.c[key].label("id"), table.c.month, table.c.sequence)
    if len(topics) == 1:
        places = places.where(table.c.name == topics[0])
    elif topics:
        places = places.where(table.c.name.in_(topics)).distinct()
    if where.month:
        places = places.where(table.c.month == month_number(where.month))
    if where.id_prefix:
        prefix = storable(where.id_prefix)
        places = places.where(table.c[key] >= prefix, table.c[key] < prefix + _HIGHEST)
    return places
