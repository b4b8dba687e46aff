"""How the posts are spread over years and topics, counted in the database."""

from collections.abc import Mapping

from sqlalchemy import Engine, func, select

from bot.store import tables
from bot.store.engine import reading

_MONTHS = 100
"""A month is kept as its year times this and its number."""


class SqlCensus:
    """Counts the posts in a database: `bot.ports.archive.Census`.

    Every method raises `StoreError` when the database cannot be read. Each reads an index from its beginning to its
    end: for pages that are seldom looked at.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def years(self) -> Mapping[int, int]:
        """Return how many posts each year has; years without posts are left out."""
        with reading(self._engine) as connection:
            return {row.year: row.posts for row in connection.execute(_YEARS)}

    def spread(self) -> Mapping[tuple[str, int], int]:
        """Return how many posts each topic has in each year; where there are none is left out."""
        with reading(self._engine) as connection:
            return {(row.name, row.year): row.posts for row in connection.execute(_SPREAD)}


_labels = tables.post_topics.c
_POST_YEAR = (tables.posts.c.month // _MONTHS).label("year")
_LABEL_YEAR = (_labels.month // _MONTHS).label("year")
_YEARS = select(_POST_YEAR, func.count().label("posts")).where(tables.posts.c.withdrawn.is_(False)).group_by(_POST_YEAR)
_SPREAD = (
    select(_labels.name, _LABEL_YEAR, func.count().label("posts"))
    .where(_labels.withdrawn.is_(False))
    .group_by(_labels.name, _LABEL_YEAR)
)
