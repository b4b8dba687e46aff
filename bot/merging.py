"""Which incoming post is which existing one, and what becomes of it.

Different titles in one batch are different posts, and an existing post is claimed at most once: first by its present
identity, then by an identity it once had, last by the look of a corrected title.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from rapidfuzz.distance import Indel

from bot.folding import fold, words
from bot.model import Change, Citation, Effect, Month, Post, PostOrigin, TopicLabel, TopicOrigin, identify, is_id

NEAR_TITLE = 0.9
"""Share of letters in common from which two titles are one, mistyped or reworded by a small word.

"Treatment Failure or Termination" and "... and Termination" have 0.96; an article added to a title of thirty letters
leaves 0.93. One content word exchanged for another leaves 0.8 to 0.87.
"""

NEAR_BODY = 0.8
"""Share of words in common, in order, from which two texts are one text, edited.

Six summaries from one page of the blog share, two by two, 0.07 to 0.18 of their words in order, most of them "the",
"of" and "and"; a corrected summary keeps more than nine tenths.
"""

AKIN_BODY = 0.5
"""Share of words in common that a near title needs besides, so that "Part 1" and "Part 2" of a chapter stay two."""


@dataclass(frozen=True, slots=True)
class Known:
    """A post of the archive and the identities it had before, under earlier titles."""

    post: Post
    former: frozenset[str] = frozenset()


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
    claims = _claims(known, arrived)
    fresh = {identity: post for identity, post in arrived.items() if identity not in claims}
    added = _added(known, fresh, {*taken, *(one.post.id for one in known)})
    return tuple(
        _met(claims[identity].post, post) if identity in claims else Merged(Change(Effect.ADDED, added[identity]), None)
        for identity, post in arrived.items()
    )


def outranks(one: Iterable[TopicLabel], other: Iterable[TopicLabel]) -> bool:
    """Say whether the best origin among some topics is trusted more than the best among others."""
    return _rank(one) < _rank(other)


_NUMBER = re.compile(r"\d+|[ivx]+")


def _distinct(incoming: Iterable[Post]) -> dict[str, Post]:
    """Return the posts of a batch by identity; of one that comes twice the later words win and all topics stay."""
    arrived: dict[str, Post] = {}
    for post in incoming:
        identity = identify(post.month, post.title)
        earlier = arrived.get(identity)
        arrived[identity] = _twice(earlier, post) if earlier else post
    return arrived


def _twice(earlier: Post, later: Post) -> Post:
    return replace(_outcome(earlier, later).post, topics=_united(earlier.topics, later.topics))


def _united(one: tuple[TopicLabel, ...], other: tuple[TopicLabel, ...]) -> tuple[TopicLabel, ...]:
    """Unite topics that are trusted alike: each topic's own page of the site names that one topic."""
    if outranks(one, other) or outranks(other, one):
        return _trusted(one, other)
    best = {label.name: label for label in sorted((*one, *other), key=lambda label: -label.origin.rank)}
    return tuple(sorted(best.values()))


def _claims(known: Sequence[Known], arrived: Mapping[str, Post]) -> dict[str, Known]:
    """Return which incoming identities are which existing posts."""
    claims: dict[str, Known] = {}
    for rule in (_by_identity, _by_former, _by_likeness):
        met = {claim.post.id for claim in claims.values()}
        free = [one for one in known if one.post.id not in met]
        open_posts = {identity: post for identity, post in arrived.items() if identity not in claims}
        for identity, one in rule(free, open_posts):
            if identity not in claims and one.post.id not in met:
                claims[identity] = one
                met.add(one.post.id)
    return claims


def _by_identity(known: Sequence[Known], arrived: Mapping[str, Post]) -> Iterator[tuple[str, Known]]:
    for one in known:
        identity = identify(one.post.month, one.post.title)
        if identity in arrived:
            yield identity, one


def _by_former(known: Sequence[Known], arrived: Mapping[str, Post]) -> Iterator[tuple[str, Known]]:
    """Meet posts under an earlier title, or by the id that an export carries."""
    owners = {former: one for one in known for former in (*one.former, one.post.id)}
    for identity, post in arrived.items():
        for name in (identity, post.id):
            owner = owners.get(name)
            if owner and owner.post.month == post.month:
                yield identity, owner


def _by_likeness(known: Sequence[Known], arrived: Mapping[str, Post]) -> Iterator[tuple[str, Known]]:
    """Meet posts whose title was corrected, the likeliest pair first."""
    shelves: dict[Month, list[tuple[Known, tuple[str, str]]]] = {}
    for one in known:
        shelves.setdefault(one.post.month, []).append((one, _cited(one.post.citation)))
    pairs = [
        (likeness, identity, one)
        for identity, post in arrived.items()
        if (shelf := shelves.get(post.month))
        for one in _citing_alike(shelf, _cited(post.citation))
        if (likeness := _likeness(one.post, post))
    ]
    for _, identity, one in sorted(pairs, key=lambda pair: -pair[0]):
        yield identity, one


def _citing_alike(shelf: list[tuple[Known, tuple[str, str]]], cited: tuple[str, str]) -> Iterator[Known]:
    doi, text = cited
    for one, (its_doi, its_text) in shelf:
        if (doi == its_doi) if doi and its_doi else (text == its_text):
            yield one


def _cited(citation: Citation | None) -> tuple[str, str]:
    return (citation.doi.casefold(), fold(citation.text)) if citation else ("", "")


def _likeness(existing: Post, incoming: Post) -> float:
    """Return how surely two posts that cite alike are one, above 0 only if they are.

    The starter archive is in its own words, so that its texts say nothing about the source's: there the title decides.
    """
    titles, bodies = _title_likeness(existing.title, incoming.title), _body_likeness(existing, incoming)
    same_words = existing.origin is incoming.origin
    if bodies >= NEAR_BODY or (titles >= NEAR_TITLE and (bodies >= AKIN_BODY or not same_words)):
        return titles + bodies
    return 0


def _title_likeness(one: str, other: str) -> float:
    ours, theirs = words(one), words(other)
    if _numbers(ours) != _numbers(theirs):
        return 0
    return Indel.normalized_similarity(" ".join(ours), " ".join(theirs))


def _numbers(of: list[str]) -> list[str]:
    return [word for word in of if _NUMBER.fullmatch(word)]


def _body_likeness(one: Post, other: Post) -> float:
    return Indel.normalized_similarity(_body(one), _body(other))


def _body(post: Post) -> list[str]:
    return words(" ".join((*post.summary, *post.implications)))


def _met(existing: Post, incoming: Post) -> Merged:
    return Merged(_outcome(existing, incoming), existing)


def _outcome(existing: Post, incoming: Post) -> Change:
    if existing.origin is PostOrigin.IMPORTED and incoming.origin is PostOrigin.STARTER:
        return Change(Effect.UNCHANGED, existing)
    post = replace(
        incoming,
        id=existing.id,
        sequence=existing.sequence,
        topics=_trusted(existing.topics, incoming.topics),
        url=incoming.url or existing.url,
    )
    if post == existing:
        return Change(Effect.UNCHANGED, existing)
    return Change(Effect.REVISED if post.origin is existing.origin else Effect.REPLACED, post)


def _trusted(existing: tuple[TopicLabel, ...], incoming: tuple[TopicLabel, ...]) -> tuple[TopicLabel, ...]:
    return existing if outranks(existing, incoming) else incoming


def _rank(labels: Iterable[TopicLabel]) -> int:
    """Rank topics by their most trusted origin; no topics at all are as good as derived ones."""
    return min((label.origin.rank for label in labels), default=TopicOrigin.DERIVED.rank)


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
