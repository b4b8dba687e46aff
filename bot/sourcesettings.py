"""What is set for sources: where posts come from on their own, and how they are asked."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

CROSSREF_URL = "https://api.crossref.org/"
"""Where Crossref's REST API is, unless `PPRNET_CROSSREF_URL` says otherwise."""

PAUSE = 2.0
"""Seconds between an answer and the next request to a site."""

_LONGEST_PAUSE = 3600.0
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
_CONTACT = "PPRNET_CONTACT must be set, to an e-mail address or the address of a page: it is told to the sites asked"


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What is set for sources.

    Attributes:
        places: the sources, each an address on the web or a path.
        contact: whom a site can turn to: an e-mail address or the address of a page.
        networks: private networks that sources may be in.
        pause: seconds between an answer and the next request to a site.
        crossref: look for the DOIs of citations that name none.
        crossref_url: where Crossref's REST API is, with a slash at its end.
    """

    places: tuple[str, ...] = ()
    contact: str = ""
    networks: tuple[str, ...] = ()
    pause: float = PAUSE
    crossref: bool = False
    crossref_url: str = CROSSREF_URL

    @property
    def urls(self) -> tuple[str, ...]:
        """Those sources that are on the web."""
        return tuple(place for place in self.places if is_url(place))


def is_url(place: str) -> bool:
    """Say whether a source is an address on the web; else it is a path."""
    return place.lower().startswith(("http://", "https://"))


def read_sources(given: Mapping[str, str], problems: list[str]) -> SourceSettings:
    """Read what is set for sources, and add a sentence about each mistake to `problems`."""
    sources = SourceSettings(
        places=_places(given.get("PPRNET_SOURCES", ""), problems),
        contact=_contact(given.get("PPRNET_CONTACT", "").strip(), problems),
        networks=_networks(given.get("PPRNET_SOURCE_NETWORKS", ""), problems),
        pause=_pause(given.get("PPRNET_SOURCE_PAUSE", "").strip(), problems),
        crossref=_crossref(given.get("PPRNET_CROSSREF", "").strip().lower(), problems),
        crossref_url=_api(given.get("PPRNET_CROSSREF_URL", "").strip(), problems),
    )
    if (sources.urls or sources.crossref) and not given.get("PPRNET_CONTACT", "").strip():
        problems.append(_CONTACT)
    return sources


def _places(text: str, problems: list[str]) -> tuple[str, ...]:
    """Read a list in which quotes hold blanks together; a backslash is a part of a path on Windows."""
    words = shlex.shlex(text, posix=True, punctuation_chars=False)
    words.whitespace_split, words.escape, words.commenters = True, "", ""
    try:
        places = tuple(dict.fromkeys(words))
    except ValueError:
        problems.append("PPRNET_SOURCES has a quotation mark without its other half")
        return ()
    wrong = (place for place in places if is_url(place) and not _is_address(place))
    problems.extend(f"PPRNET_SOURCES has what is no address: {place}" for place in wrong)
    return tuple(place if is_url(place) else str(Path(place).expanduser()) for place in places)


def _contact(text: str, problems: list[str]) -> str:
    """Check a contact: it stands in the header of requests, where neither line breaks nor brackets may be."""
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ()<>\\"')
    if text and not (plain and ("@" in text or _is_address(text))):
        problems.append(
            "PPRNET_CONTACT must be an e-mail address, or the address of a page such as https://example.org/us"
        )
        return ""
    return text


def _networks(text: str, problems: list[str]) -> tuple[str, ...]:
    networks = tuple(text.replace(",", " ").split())
    for network in networks:
        try:
            ip_network(network, strict=False)
        except ValueError:
            problems.append(f"PPRNET_SOURCE_NETWORKS must be networks such as 10.0.0.0/8; {network} is none")
            return ()
    return networks


def _pause(text: str, problems: list[str]) -> float:
    try:
        pause = float(text or PAUSE)
    except ValueError:
        pause = -1.0
    if not 0 <= pause <= _LONGEST_PAUSE:
        problems.append(f"PPRNET_SOURCE_PAUSE must be a number of seconds, from 0 to {_LONGEST_PAUSE:.0f}")
        return PAUSE
    return pause


def _crossref(text: str, problems: list[str]) -> bool:
    if text not in _YES | _NO:
        problems.append("PPRNET_CROSSREF must be 1 or 0")
    return text in _YES


def _api(text: str, problems: list[str]) -> str:
    if text and not (is_url(text) and _is_address(text)):
        problems.append("PPRNET_CROSSREF_URL must begin with https://")
    return f"{(text or CROSSREF_URL).rstrip('/')}/"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0) and parts.username is None
    except ValueError:
        return False
    return named and parts.scheme.lower() in {"http", "https"} and text.isprintable() and " " not in text
