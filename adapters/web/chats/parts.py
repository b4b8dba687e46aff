"""What both drawings have in common: links, buttons, and what to show in the place of something unknown."""

import re
from collections.abc import Iterable

from markupsafe import Markup

_WEB = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)


def joined(parts: Iterable[Markup]) -> Markup:
    """Return pieces of HTML one after the other."""
    return Markup("").join(parts)


def link(url: str, words: str) -> Markup:
    """Return words that lead to an address on the web; words alone where the address leads elsewhere."""
    if _WEB.fullmatch(url) is None:
        return Markup("{}").format(words)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, words)


def person() -> Markup:
    """Return a person who is spoken of: on a page of one's own that is always oneself."""
    return Markup('<span class="drawn-person">@you</span>')


def unknown(kind: object) -> Markup:
    """Return what stands for something that cannot be drawn yet: its type, so that nothing is missing in silence."""
    return Markup('<p class="drawn-unknown">({}, which this page cannot draw)</p>').format(str(kind))
