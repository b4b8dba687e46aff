"""What kind of file some bytes are, by what they hold rather than by their name."""

import re
from enum import Enum

HEAD = 4_096
"""How much of a file is looked at, in characters."""

_FEED = re.compile(
    r"(?:\s*+(?:(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*+(?:\[.*?\]\s*)?>)))*+\s*+<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_HTML = re.compile(
    r"<(?:!doctype html|(?:a|article|body|br|div|em|h[1-6]|head|html|li|main|p|section|span|strong|table|td|title|ul)"
    r"(?:\s[^<>]*)?/?)>",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_BINARY_SHARE = 0.02
"""From which share of control characters on a file is no text; compressed data has five times as many."""


class Kind(Enum):
    """The kinds of files that posts are read from."""

    POST = "a Markdown post"
    JSON_LINES = "JSON lines"
    FEED = "an RSS or Atom feed"
    HTML = "an HTML page"
    TEXT = "a text page"
    BINARY = "no text"


def kind_of(text: str, suffix: str = "") -> Kind:
    """Return the kind of a file.

    Args:
        text: the file, decoded; its beginning is enough.
        suffix: the end of its name, which decides only between a Markdown post without front matter and a text page.
    """
    head = text[:HEAD].lstrip("\ufeff")
    start = head.lstrip()
    if len(_CONTROL.findall(head)) > _BINARY_SHARE * len(head) or start.startswith("%PDF-"):
        return Kind.BINARY
    if head.startswith("---") or suffix.lower() in {".md", ".markdown"}:
        return Kind.POST
    if start.startswith("{"):
        return Kind.JSON_LINES
    if _FEED.match(text.lstrip("\ufeff")):
        return Kind.FEED
    return Kind.HTML if _HTML.search(text) else Kind.TEXT
