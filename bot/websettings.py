"""What is set for the web page: who may see what, and where it can be reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SHORTEST_TOKEN = 16
"""The least that the operator's token must have, in characters: it can be tried from anywhere."""

_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What is set for the web page. No secret shows in its `repr`.

    Attributes:
        public_url: where people reach the page, without a slash at its end; empty where they do not.
        show_full_text: show whole posts, not only what may be quoted: the words are their author's.
        admin_token: what opens the operator's pages from elsewhere; empty to keep them to this machine.
    """

    public_url: str = ""
    show_full_text: bool = False
    admin_token: str = field(default="", repr=False)


def read_web(given: Mapping[str, str], problems: list[str]) -> WebSettings:
    """Read what is set for the web page, and add a sentence about each mistake to `problems`."""
    url, full, token = (
        given.get(name, "").strip() for name in ("PPRNET_PUBLIC_URL", "PPRNET_SHOW_FULL_TEXT", "PPRNET_ADMIN_TOKEN")
    )
    if url and not _is_address(url):
        problems.append("PPRNET_PUBLIC_URL must be the address of a site, such as https://pprnet.example.org")
    if full.lower() not in _YES | _NO:
        problems.append("PPRNET_SHOW_FULL_TEXT must be 1 or 0")
    if token and not (len(token) >= SHORTEST_TOKEN and token.isascii() and token.isprintable() and " " not in token):
        problems.append(f"PPRNET_ADMIN_TOKEN must have at least {SHORTEST_TOKEN} characters, ASCII, without blanks")
    return WebSettings(url.rstrip("/"), full.lower() in _YES, token)


def _is_address(url: str) -> bool:
    """Say whether a URL names a site, with nothing after its path: addresses of pages are put at its end."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or parts.password) and url.isprintable()
    return named and plain and " " not in url and parts.scheme in {"http", "https"}
