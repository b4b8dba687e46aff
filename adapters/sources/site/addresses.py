"""Addresses of list pages, in one spelling each."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.sourcesettings import is_url

PAGE, KIND, TOPIC = "p", "cat_1", "cat_2"
"""The blog's parameters: the page from 1, the id of a type of research, the id of a topic."""

_TRACKING = re.compile(r"utm_\w+|_ga|_gl|(?:db|fb|gb|g|ms|tt|tw|wb|y)clid|igshid|mc_[ce]id|mkt_tok", re.IGNORECASE)
_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to, by the site's ids; 0 does not narrow."""

    topic: int = 0
    kind: int = 0


def canonical(url: str) -> str:
    """Return an address in the one spelling it is known by.

    Host in lower case, no default port, no fragment, parameters in alphabetical order and none that only counts visits.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(url.strip())
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ":"))
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    return urlunsplit((parts.scheme, host, parts.path or "/", urlencode(sorted(query)), ""))


def name_of(place: str) -> str:
    """Return what a source is known by in records, given its address on the web or its path."""
    return canonical(place) if is_url(place) else str(Path(place))


def list_page(base: str, number: int = 1, narrowed: Filter = Filter()) -> str:
    """Return the address of a page of a list; the first page says no number, as on the site itself."""
    parts = urlsplit(base)
    ours = {PAGE: number if number > 1 else 0, KIND: narrowed.kind, TOPIC: narrowed.topic}
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in ours]
    query = urlencode([*kept, *((name, str(value)) for name, value in ours.items() if value)])
    return canonical(urlunsplit(parts._replace(query=query)))


def page_of(url: str) -> tuple[Filter, int]:
    """Return what the list of an address is narrowed to, and which page of it the address is."""
    given = dict(parse_qsl(urlsplit(url).query))
    topic, kind, number = (_whole(given.get(name, "")) for name in (TOPIC, KIND, PAGE))
    return Filter(topic, kind), number or 1


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
