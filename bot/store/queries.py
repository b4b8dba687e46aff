"""The statements for pages of posts, built once for each form of `Where`: building one takes longer than running it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from bot.model import Where
from bot.store import tables
from bot.store.rows import month_number, storable


@dataclass(frozen=True, slots=True)
class Query:
    """The statements for one form of `Where`; their values are those of `values_of`, and `offset` and `limit`.

    Attributes:
        page: rows of `posts`, each with the length of the whole list as `total`.
        total: the length of the whole list alone.
    """

    page: Select[Any]
    total: Select[int]


def query_for(where: Where) -> Query:
    """Return the statements for what is wanted."""
    return _query(_Form(min(len(set(where.topics)), 2), bool(where.month), bool(where.id_prefix)))


def values_of(where: Where) -> dict[str, Any]:
    """Return the values that the statements for it need."""
    values: dict[str, Any] = {}
    if where.topics:
        topics = sorted({storable(topic) for topic in where.topics})
        values |= {"topic": topics[0], "topics": topics}
    if where.month:
        values["month"] = month_number(where.month)
    if where.id_prefix:
        values["first"] = storable(where.id_prefix)
        values["beyond"] = values["first"] + _HIGHEST
    return values


_HIGHEST = "\U0010ffff"  # sorts after everything that an id can hold


@dataclass(frozen=True, slots=True)
class _Form:
    """Which parts of a `Where` narrow; `topics` is 0, 1 or 2, which stands for several."""

    topics: int
    month: bool
    id_prefix: bool


@cache
def _query(form: _Form) -> Query:
    """Build the statements: an index alone gives the places and the total, then only the page's posts are fetched."""
    places, total = _places(form), _total(form)
    place = places.selected_columns
    chosen = (
        places.order_by(place.month.desc(), place.sequence.desc(), place.id)
        .offset(bindparam("offset"))
        .limit(bindparam("limit"))
        .subquery()
    )
    page = (
        select(tables.posts, total.label("total"))
        .join(chosen, chosen.c.id == tables.posts.c.id)
        .order_by(chosen.c.month.desc(), chosen.c.sequence.desc(), chosen.c.id)
    )
    return Query(page, select(total))


def _total(form: _Form) -> ScalarSelect[int]:
    """Count the posts meant; the whole archive and each whole topic are counted already."""
    match form:
        case _Form(topics=0, month=False, id_prefix=False):
            return select(tables.archive.c.posts).scalar_subquery()
        case _Form(topics=1, month=False, id_prefix=False):
            counted = select(tables.topic_totals.c.posts).where(tables.topic_totals.c.name == bindparam("topic"))
            return select(func.coalesce(counted.scalar_subquery(), 0)).scalar_subquery()
        case _:
            return select(func.count()).select_from(_places(form).subquery()).scalar_subquery()


def _places(form: _Form) -> Select[Any]:
    """Return the ids meant, with what they are ordered by."""
    table, key = (tables.post_topics, "post_id") if form.topics else (tables.posts, "id")
    places = select(table.c[key].label("id"), table.c.month, table.c.sequence)
    match form.topics:
        case 0:
            pass
        case 1:
            places = places.where(table.c.name == bindparam("topic"))
        case _:
            places = places.where(table.c.name.in_(bindparam("topics", expanding=True))).distinct()
    if form.month:
        places = places.where(table.c.month == bindparam("month"))
    if form.id_prefix:  # whoever has a post's id finds it, withdrawn or not
        places = places.where(table.c[key] >= bindparam("first"), table.c[key] < bindparam("beyond"))
    else:
        places = places.where(table.c.withdrawn.is_(False))
    return places
