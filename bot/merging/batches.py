"""What becomes of a batch of posts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from bot.merging.claims import Known, claims_of
from bot.merging.revisions import revise, unite
from bot.model import Change, Effect, Month, Post, identify, is_id


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one post of a batch, and the post that it meets; `None` when it is new."""

    change: Change
    before: Post | None


def merge(known: Sequence[Known], incoming: Sequence[Post], taken: Collection[str] = ()) -> tuple[Merged, ...]:
    """Decide what becomes of a batch of posts.

    Args:
        known: every post that the archive holds of the batch's months.
        incoming: the batch in reading order, newest first.
        taken: ids in use in other months, as far as the batch asks for them.

    Returns:
        One result for each different post of the batch, in the order in which they first stand there.
    """
    arrived = _distinct(incoming)
    claims = claims_of(known, arrived)
    fresh = {identity: post for identity, post in arrived.items() if identity not in claims}
    added = _added(known, fresh, {*taken, *(one.post.id for one in known)})
    return tuple(
        _met(claims[identity].post, post) if identity in claims else Merged(Change(Effect.ADDED, added[identity]), None)
        for identity, post in arrived.items()
    )


def _distinct(incoming: Iterable[Post]) -> dict[str, Post]:
    """Return the posts of a batch by identity; of one that comes twice the later words win and all topics stay."""
    arrived: dict[str, Post] = {}
    for post in incoming:
        identity = identify(post.month, post.title)
        earlier = arrived.get(identity)
        arrived[identity] = unite(earlier, post) if earlier else post
    return arrived


def _met(existing: Post, incoming: Post) -> Merged:
    return Merged(revise(existing, incoming), existing)


def _added(known: Iterable[Known], fresh: dict[str, Post], taken: set[str]) -> dict[str, Post]:
    """Give new posts their ids and their places, above those that their month has."""
    tops: dict[Month, int] = {}
    for one in known:
        tops[one.post.month] = max(one.post.sequence, tops.get(one.post.month, 0))
    added: dict[str, Post] = {}
    for identity, post in reversed(fresh.items()):  # the first read stands highest
        if not post.sequence:
            tops[post.month] = tops.get(post.month, 0) + 1
        chosen = _free_id(post, identity, taken, fresh)
        taken.add(chosen)
        added[identity] = replace(post, id=chosen, sequence=post.sequence or tops[post.month])
    return added


def _free_id(post: Post, identity: str, taken: Collection[str], reserved: Collection[str]) -> str:
    """Return the id that the post brings, else its identity, else a numbered one.

    An identity is taken when another post had this title once; then the title is numbered until its identity is free.
    """
    numbered = (identify(post.month, f"{post.title} {number}") for number in count(2))
    asked = [post.id] if is_id(post.id) and (post.id == identity or post.id not in reserved) else []
    return next(name for name in chain(asked, [identity], numbered) if name not in taken)
