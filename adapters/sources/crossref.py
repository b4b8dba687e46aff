"""Crossref's REST API, as far as one question goes: which works may a citation mean?

The API: `GET /works?query.bibliographic=...` answers JSON with `message.items`; with a contact the question goes to the
"polite pool" (api.crossref.org, "Etiquette"). It is asked by what asks the blog: one request at a time, with pauses, in
bounds of size and time, heeding Retry-After.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from yarl import URL

from adapters.sources.site.asking import Asker
from adapters.sources.site.errors import RefusedError
from adapters.sources.site.fetcher import Web
from adapters.sources.site.pacing import Pace
from adapters.sources.site.transport import opened
from bot.errors import SourceError
from bot.model import Citation
from bot.ports.syncing import Work

_ROWS = 5
"""How many works are asked for: the right one is the first, or not there."""

_LONGEST = 1_000
"""How much of a citation is asked with, in characters: addresses have limits."""

_FIELDS = "DOI,title,subtitle,author,issued,published-print,published-online,container-title,short-container-title"
_DATES = ("issued", "published-print", "published-online")


class CrossrefRegistry:
    """Crossref: `bot.ports.syncing.Registry`."""

    def __init__(self, asker: Asker, url: str, contact: str) -> None:
        """Ask Crossref.

        Args:
            asker: makes the requests.
            url: where the API is, with a slash at its end.
            contact: whom Crossref can turn to; an e-mail address is told in the question.
        """
        self._asker = asker
        self._url = URL(url) / "works"
        self._contact = {"mailto": contact} if "@" in contact and "/" not in contact else {}

    async def works(self, citation: Citation) -> tuple[Work, ...]:
        """Return the works that a citation may mean, the likeliest first.

        Raises:
            NotNowError: Crossref does not answer just now.
            SourceError: it refuses, or answers with anything else than works.
        """
        asked = {"query.bibliographic": citation.text[:_LONGEST], "rows": str(_ROWS), "select": _FIELDS}
        answer = await self._asker.ask(self._url.with_query(asked | self._contact), {"Accept": "application/json"})
        if answer.status != 200:
            raise RefusedError("Crossref refuses", f"Crossref does not answer (HTTP {answer.status}).")
        try:
            items = json.loads(answer.body)["message"]["items"]
            return tuple(_work(item) for item in items if isinstance(item.get("DOI"), str))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise SourceError("Crossref answers with no works", "Crossref answered what is no list of works.") from None


@asynccontextmanager
async def crossref(web: Web, url: str, contact: str) -> AsyncIterator[CrossrefRegistry]:
    """Open Crossref for questions, and close the connections at the end.

    Args:
        web: how the web is gone about; its guard must let the address pass.
        url: where the API is, with a slash at its end.
        contact: whom Crossref can turn to.
    """
    async with opened(web.guard, web.user_agent, web.seconds, web.lookup) as transport:
        yield CrossrefRegistry(Asker(transport, Pace(web.clock, web.manners)), url, contact)


def _work(item: Mapping[str, Any]) -> Work:
    titles, subtitles = _texts(item, "title"), _texts(item, "subtitle")
    whole = [f"{title}: {subtitle}" for title, subtitle in zip(titles, subtitles, strict=False)]
    containers = (*_texts(item, "container-title"), *_texts(item, "short-container-title"))
    return Work(item["DOI"], (*titles, *whole), _family(item.get("author")), tuple(_years(item)), containers)


def _texts(item: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = item.get(name)
    return tuple(text for text in given if isinstance(text, str)) if isinstance(given, list) else ()


def _family(authors: Sequence[Mapping[str, Any]] | None) -> str:
    """Return the first author's family name; an organisation has a name only."""
    first = authors[0] if authors else {}
    return str(first.get("family") or first.get("name") or "")


def _years(item: Mapping[str, Any]) -> Iterator[int]:
    for name in _DATES:
        with suppress(TypeError, LookupError, ValueError):
            yield int(item[name]["date-parts"][0][0])
