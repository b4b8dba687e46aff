"""What becomes of a post that another one meets."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from bot.model import Change, Citation, Effect, Post, PostOrigin, TopicLabel, TopicOrigin


def revise(existing: Post, incoming: Post) -> Change:
    """Return what becomes of a post that is met again, perhaps in other words.

    Words of the source's own never give way to the starter archive's, nor topics to less trusted ones.
    """
    if existing.origin is PostOrigin.IMPORTED and incoming.origin is PostOrigin.STARTER:
        return Change(Effect.UNCHANGED, existing)
    post = replace(
        incoming,
        id=existing.id,
        sequence=existing.sequence if incoming.month == existing.month else incoming.sequence,
        topics=_trusted(existing.topics, incoming.topics),
        url=incoming.url or existing.url,
        kind=incoming.kind or existing.kind,
        citation=_with_found_doi(existing.citation, incoming.citation),
    )
    if post == existing or _folded(asdict(post)) == _folded(asdict(existing)):
        return Change(Effect.UNCHANGED, existing)
    return Change(Effect.REVISED if post.origin is existing.origin else Effect.REPLACED, post)


def unite(earlier: Post, later: Post) -> Post:
    """Return the one post that stands twice in a batch: the later words, and the topics of both."""
    return replace(revise(earlier, later).post, topics=_united(earlier.topics, later.topics))


def _folded(value: Any) -> Any:
    """Fold the white space in every text: a page as HTML has no-break blanks where the same page as text has others."""
    match value:
        case str():
            return " ".join(value.split())
        case dict():
            return {name: _folded(part) for name, part in value.items()}
        case list() | tuple():
            return [_folded(part) for part in value]
        case _:
            return value


def _with_found_doi(existing: Citation | None, incoming: Citation | None) -> Citation | None:
    """Return the incoming citation with the DOI that was found for it, as long as it is the same and names none."""
    if existing is None or incoming is None or incoming.doi or incoming.found_doi or existing.text != incoming.text:
        return incoming
    return replace(incoming, found_doi=existing.found_doi)


def _united(one: tuple[TopicLabel, ...], other: tuple[TopicLabel, ...]) -> tuple[TopicLabel, ...]:
    """Unite topics that are trusted alike: each topic's own page of the site names that one topic."""
    if _outranks(one, other) or _outranks(other, one):
        return _trusted(one, other)
    best = {label.name: label for label in sorted((*one, *other), key=lambda label: -label.origin.rank)}
    return tuple(sorted(best.values()))


def _trusted(existing: tuple[TopicLabel, ...], incoming: tuple[TopicLabel, ...]) -> tuple[TopicLabel, ...]:
    return existing if _outranks(existing, incoming) else incoming


def _outranks(one: Iterable[TopicLabel], other: Iterable[TopicLabel]) -> bool:
    """Say whether the best origin among some topics is trusted more than the best among others."""
    return _rank(one) < _rank(other)


def _rank(labels: Iterable[TopicLabel]) -> int:
    """Rank topics by their most trusted origin; no topics at all are as good as derived ones."""
    return min((label.origin.rank for label in labels), default=TopicOrigin.DERIVED.rank)
