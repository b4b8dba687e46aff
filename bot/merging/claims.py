"""Which incoming post is which existing one.

Different titles in one batch are different posts, and an existing post is claimed at most once: first by its present
identity, then by an identity it once had, then by an address that no other post bears, last by the look of a corrected
title.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import Indel

from bot.folding import fold, words
from bot.merging.addresses import address_of, shared_addresses
from bot.model import Citation, Month, Post, identify

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

LEAST_WORDS = 20
"""How many words each of two texts needs for their likeness alone to make one post of them; one sentence is fewer."""

AKIN_BODY = 0.5
"""Share of words in common that a near title needs besides, so that "Part 1" and "Part 2" of a chapter stay two."""


@dataclass(frozen=True, slots=True)
class Known:
    """A post of the archive and the identities it had before, under earlier titles."""

    post: Post
    former: frozenset[str] = frozenset()


def claims_of(known: Sequence[Known], arrived: Mapping[str, Post], shared: Collection[str] = ()) -> dict[str, Known]:
    """Return which incoming identities are which existing posts.

    Args:
        known: the existing posts, those of other months included that bear an address of the incoming ones.
        arrived: the incoming posts by identity.
        shared: addresses that are no identity, besides those that several posts here bear.
    """
    claims: dict[str, Known] = {}
    pages = {*shared, *shared_addresses(arrived.values()), *shared_addresses(one.post for one in known)}
    for rule in (_by_identity, _by_former, partial(_by_address, pages=pages), _by_likeness):
        met = {claim.post.id for claim in claims.values()}
        free = [one for one in known if one.post.id not in met]
        open_posts = {identity: post for identity, post in arrived.items() if identity not in claims}
        for identity, one in rule(free, open_posts):
            if identity not in claims and one.post.id not in met:
                claims[identity] = one
                met.add(one.post.id)
    return claims


def title_likeness(one: str, other: str) -> float:
    """Return the share of letters that two titles have in common; nothing where their numbers differ ("Part 2")."""
    ours, theirs = words(one), words(other)
    if _numbers(ours) != _numbers(theirs):
        return 0
    return Indel.normalized_similarity(" ".join(ours), " ".join(theirs))


_NUMBER = re.compile(r"\d+|[ivx]+")


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


def _by_address(
    known: Sequence[Known], arrived: Mapping[str, Post], pages: Collection[str]
) -> Iterator[tuple[str, Known]]:
    """Meet posts whose month or title was changed at their source.

    Something of the words has to be alike: a page of several posts looks like the address of the one that was read.
    """
    owners = {address: one for one in known if (address := address_of(one.post))}
    for identity, post in arrived.items():
        address = address_of(post)
        owner = owners.get(address)
        if owner and address not in pages and _are_akin(owner.post, post):
            yield identity, owner


def _are_akin(existing: Post, incoming: Post) -> bool:
    ours, theirs = _body(existing), _body(incoming)
    return (
        title_likeness(existing.title, incoming.title) >= NEAR_TITLE
        or Indel.normalized_similarity(ours, theirs) >= AKIN_BODY
    )


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
    ours, theirs = _body(existing), _body(incoming)
    titles, bodies = title_likeness(existing.title, incoming.title), Indel.normalized_similarity(ours, theirs)
    same_words = existing.origin is incoming.origin
    telling = min(len(ours), len(theirs)) >= LEAST_WORDS
    if (telling and bodies >= NEAR_BODY) or (titles >= NEAR_TITLE and (bodies >= AKIN_BODY or not same_words)):
        return titles + bodies
    return 0


def _numbers(of: list[str]) -> list[str]:
    return [word for word in of if _NUMBER.fullmatch(word)]


def _body(post: Post) -> list[str]:
    return words(" ".join((*post.summary, *post.implications)))
