"""What becomes of a batch of posts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from bot.merging.claims import Known, claims_of
from bot.merging.places import places
from bot.merging.revisions import revise, unite
from bot.model import Change, Effect, Month, Post, identify, is_id


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one post of a batch, and the post that it meets; `None` when it is new."""

    change: Change
    before: Post | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What becomes of a batch of posts.

    Attributes:
        merged: one result for each different post, in the order in which they first stand there.
        moved: posts of the archive that stay as they are but for their place: they made room.
    """

    merged: tuple[Merged, ...]
    moved: tuple[Post, ...]


def merge(
    known: Sequence[Known],
    incoming: Sequence[Post],
    taken: Collection[str] = (),
    opening: Month | None = None,
    shared: Collection[str] = (),
) -> Batch:
    """Decide what becomes of a batch of posts.

    Args:
        known: every post that the archive holds of the batch's months, or that bears an address of the batch.
        incoming: the batch in reading order, newest first.
        taken: ids in use in other months, as far as the batch asks for them.
        opening: the month that the whole batch opens with, if it may have begun before; see `places`.
        shared: addresses that several posts of the whole batch bear.
    """
    arrived = _distinct(incoming)
    claims = claims_of(known, arrived, shared)
    fresh = {identity: post for identity, post in arrived.items() if identity not in claims}
    added = _added(fresh, {*taken, *(one.post.id for one in known)})
    met = {identity: Merged(revise(one.post, arrived[identity]), one.post) for identity, one in claims.items()}
    return _placed(known, [met.get(identity) or added[identity] for identity in arrived], opening)


def _distinct(incoming: Iterable[Post]) -> dict[str, Post]:
    """Return the posts of a batch by identity; of one that comes twice the later words win and all topics stay."""
    arrived: dict[str, Post] = {}
    for post in incoming:
        identity = identify(post.month, post.title)
        earlier = arrived.get(identity)
        arrived[identity] = unite(earlier, post) if earlier else post
    return arrived


def _added(fresh: Mapping[str, Post], taken: set[str]) -> dict[str, Merged]:
    """Give new posts their ids."""
    added: dict[str, Merged] = {}
    for identity, post in fresh.items():
        chosen = _free_id(post, identity, taken, fresh)
        taken.add(chosen)
        added[identity] = Merged(Change(Effect.ADDED, replace(post, id=chosen)), None)
    return added


def _free_id(post: Post, identity: str, taken: Collection[str], reserved: Collection[str]) -> str:
    """Return the id that the post brings, else its identity, else a numbered one.

    An identity is taken when another post had this title once; then the title is numbered until its identity is free.
    """
    numbered = (identify(post.month, f"{post.title} {number}") for number in count(2))
    asked = [post.id] if is_id(post.id) and (post.id == identity or post.id not in reserved) else []
    return next(name for name in chain(asked, [identity], numbered) if name not in taken)


def _placed(known: Iterable[Known], merged: Sequence[Merged], opening: Month | None) -> Batch:
    """Give posts that are new in their month a place there, unless they brought one."""
    batch = [one.change.post for one in merged]
    arrivals = {one.change.post.id for one in merged if _arrives(one)}
    read = {post.id for post in batch}
    absent = [one.post for one in known if one.post.id not in read]
    numbers = places([*absent, *(post for post in batch if post.id not in arrivals)], batch, arrivals, opening)
    unchanged = [one.change.post for one in merged if one.change.effect is Effect.UNCHANGED]
    return Batch(
        tuple(replace(one, change=replace(one.change, post=_at(one.change.post, numbers))) for one in merged),
        tuple(_at(post, numbers) for post in (*absent, *unchanged) if post.id in numbers),
    )


def _arrives(one: Merged) -> bool:
    post, before = one.change.post, one.before
    return not post.sequence and (before is None or before.month != post.month)


def _at(post: Post, numbers: Mapping[str, int]) -> Post:
    return replace(post, sequence=numbers.get(post.id, post.sequence))
