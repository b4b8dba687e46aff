"""What the archive holds already, for the recorder to compare with."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, exists, select

from bot.merging.claims import Known
from bot.model import Month, Post, TopicOrigin, identify
from bot.store import tables
from bot.store.lookups import CHUNK, NEWEST_FIRST, chunks, stream, with_topics
from bot.store.rows import address_key, month_number


def known_posts(connection: Connection, months: Iterable[Month]) -> list[Known]:
    """Return every post of some months, with the identities it had before."""
    wanted = {"months": [month_number(month) for month in months]}
    former: dict[str, set[str]] = {}
    for post_id, identity in connection.execute(_FORMER, wanted):
        former.setdefault(post_id, set()).add(identity)
    posts = stream(connection, _OF_MONTHS, wanted)
    return [Known(post, frozenset(former.get(post.id, ()))) for post in posts]


def posts_at(connection: Connection, posts: Iterable[Post], besides: Iterable[Month]) -> list[Known]:
    """Return every post that bears an address of some posts and is of none of some months."""
    addresses = {key for post in posts if (key := address_key(post))}
    months = [month_number(month) for month in besides]
    found: list[Known] = []
    for some in chunks(addresses):
        rows = connection.execute(_AT_ADDRESSES, {"addresses": some, "months": months}).all()
        found += map(Known, with_topics(connection, rows))
    return found


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


def posts_of(connection: Connection, ids: Iterable[str]) -> list[Post]:
    """Return the posts of some ids, withdrawn ones included."""
    return [post for some in chunks(ids) for post in stream(connection, _BY_ID, {"ids": some})]


_BY_ID = select(tables.posts).where(tables.posts.c.id.in_(bindparam("ids", expanding=True)))
_IN_USE = select(tables.posts.c.id).where(tables.posts.c.id.in_(bindparam("ids", expanding=True)))
_OF_MONTHS = (
    select(tables.posts).where(tables.posts.c.month.in_(bindparam("months", expanding=True))).order_by(*NEWEST_FIRST)
)
_AT_ADDRESSES = select(tables.posts).where(
    tables.posts.c.address.in_(bindparam("addresses", expanding=True)),
    tables.posts.c.month.not_in(bindparam("months", expanding=True)),
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
