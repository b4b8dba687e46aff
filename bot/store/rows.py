"""Posts as rows and as JSON, and back, to the letter."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row

from bot.merging.addresses import address_of
from bot.model import Author, Citation, Month, Post, PostOrigin, TopicLabel, TopicOrigin, identify


def storable(text: str) -> str:
    """Return a text with a replacement character for each character that a database refuses.

    PostgreSQL takes no NUL, and UTF-8 has no lone surrogates; neither is ever meant. HTML parsers do the same.
    """
    return _REFUSED.sub("\ufffd", text)


def storable_post(post: Post) -> Post:
    """Return a post as the archive can hold it: texts `storable`, each topic once, topics in alphabetical order."""
    best = {label.name: label for label in reversed(_most_trusted_first(post.topics))}
    return replace(
        post,
        id=storable(post.id),
        title=storable(post.title),
        summary=_storable_all(post.summary),
        citation=post.citation and _storable_citation(post.citation),
        implications=_storable_all(post.implications),
        note=_storable_all(post.note),
        topics=tuple(sorted(best.values())),
        url=storable(post.url),
        kind=storable(post.kind),
    )


def month_number(month: Month) -> int:
    """Return a month as it is stored: 202107 for July 2021."""
    return month.year * 100 + month.number


def month_of(number: int) -> Month:
    """Return the month of its number."""
    return Month(number // 100, number % 100)


def post_row(post: Post) -> dict[str, Any]:
    """Return the row of `posts` for a post."""
    work = post.citation or Citation("")
    return {
        "id": post.id,
        "identity": identify(post.month, post.title),
        "month": month_number(post.month),
        "sequence": post.sequence,
        "origin": post.origin.value,
        "title": post.title,
        "url": post.url,
        "summary": post.summary,
        "implications": post.implications,
        "note": post.note,
        "citation": post.citation and work.text,
        "cited_authors": [[author.family, author.initials] for author in work.authors],
        "cited_year": work.year,
        "cited_title": work.title,
        "cited_container": work.container,
        "cited_volume": work.volume,
        "cited_issue": work.issue,
        "cited_pages": work.pages,
        "doi": work.doi,
        "found_doi": work.found_doi,
        "address": address_key(post),
        "kind": post.kind,
        "withdrawn": post.withdrawn,
    }


def address_key(post: Post) -> str | None:
    """Return what a post's address is found by; `None` without any. An index takes no address of any length."""
    address = address_of(post)
    return hashlib.sha256(address.encode()).hexdigest()[:16] if address else None


def topic_rows(post: Post) -> list[dict[str, Any]]:
    """Return the rows of `post_topics` for a post."""
    place = {
        "post_id": post.id,
        "month": month_number(post.month),
        "sequence": post.sequence,
        "withdrawn": post.withdrawn,
    }
    return [{"name": label.name, "origin": label.origin.value, **place} for label in post.topics]


def post_of(row: Row[Any], topics: Iterable[TopicLabel]) -> Post:
    """Return the post of a row of `posts`."""
    return Post(
        id=row.id,
        month=month_of(row.month),
        title=row.title,
        summary=tuple(row.summary),
        citation=None if row.citation is None else cited(row),
        implications=tuple(row.implications),
        note=tuple(row.note),
        topics=tuple(sorted(topics)),
        url=row.url,
        origin=PostOrigin(row.origin),
        sequence=row.sequence,
        kind=row.kind,
        withdrawn=row.withdrawn,
    )


def cited(row: Row[Any]) -> Citation:
    """Return the citation of a row of `posts` that has one."""
    return Citation(
        text=row.citation,
        authors=tuple(Author(family, initials) for family, initials in row.cited_authors),
        year=row.cited_year,
        title=row.cited_title,
        container=row.cited_container,
        volume=row.cited_volume,
        issue=row.cited_issue,
        pages=row.cited_pages,
        doi=row.doi,
        found_doi=row.found_doi,
    )


def to_json(post: Post) -> dict[str, Any]:
    """Return a post as dictionaries and lists; `from_json` is the way back."""
    return asdict(post) | {"month": str(post.month)}


def from_json(words: dict[str, Any]) -> Post:
    """Return the post that `to_json` was given."""
    texts = {name: tuple(words[name]) for name in ("summary", "implications", "note")}
    made = {
        "month": Month.parse(words["month"]),
        "citation": words["citation"] and _citation_from_json(words["citation"]),
        "topics": tuple(TopicLabel(label["name"], TopicOrigin(label["origin"])) for label in words["topics"]),
        "origin": PostOrigin(words["origin"]),
    }
    return Post(**{**words, **texts, **made})


_REFUSED = re.compile("[\0\ud800-\udfff]")


def _most_trusted_first(labels: Sequence[TopicLabel]) -> list[TopicLabel]:
    stored = [replace(label, name=storable(label.name)) for label in labels]
    return sorted(stored, key=lambda label: label.origin.rank)


def _storable_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(storable(text) for text in texts)


def _storable_citation(citation: Citation) -> Citation:
    texts: dict[str, Any] = {name: storable(getattr(citation, name)) for name in _CITATION_TEXTS}
    authors = tuple(Author(storable(author.family), storable(author.initials)) for author in citation.authors)
    return replace(citation, authors=authors, **texts)


_CITATION_TEXTS = ("text", "title", "container", "volume", "issue", "pages", "doi", "found_doi")


def _citation_from_json(words: dict[str, Any]) -> Citation:
    return Citation(**{**words, "authors": tuple(Author(**author) for author in words["authors"])})
