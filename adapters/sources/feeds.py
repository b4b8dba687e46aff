"""RSS and Atom feeds: an entry is a post; the feed names its title and month, its body follows the blog's grammar."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser

from adapters.sources.bodies import post_of
from adapters.sources.furniture import Stretch
from adapters.sources.heads import Trust, head_at
from adapters.sources.lines import Line, folded, lines_of_html, lines_of_text
from adapters.sources.site import addresses
from bot.errors import SourceError
from bot.folding import fold
from bot.model import Month, Post, Reading, Unplaced
from bot.sourcesettings import is_url

_ISO_DATE = re.compile(r"\s*(?P<year>\d{4})-?(?P<month>\d{2})")
_MAIL_DATE = re.compile(r"\b\d{1,2}[ -](?P<month>[A-Za-z]{3,9})\.?[ -](?P<year>\d{4})\b")
_COMMENTS_TITLE = re.compile(r"comments? (?:on|for|by|to)\b|commentaires sur\b")
_COMMENT_TITLE = re.compile(r"comment on .+ by \S|in reply to\b|(?:by|re): ")
_EXCERPT = re.compile(r"(?:\[(?:…|\.{3})\]|(?:continue reading|read more)\b.{0,80})$", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:x0*+(?P<hexadecimal>[0-9a-f]++)|0*+(?P<decimal>[0-9]++));?", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SYNDICATION = re.compile(r"the post .* (?:appeared first on|first appeared on) .*", re.DOTALL)


def read_feed(name: str, data: bytes) -> Reading:
    """Read one feed.

    What is left over is reported under the number of its entry, from 1, for a feed's lines mean nothing to a reader.

    Args:
        name: what to call the feed in reports.
        data: all of it. It is never taken for an address, and nothing it refers to is fetched.

    Raises:
        SourceError: it is no feed, or one without any entry.
    """
    feed = _parsed(data)
    if feed is None or not feed.entries:
        human = (
            f"{name} holds no entry: an RSS or Atom feed was expected, with a title, a date and a text in each entry."
        )
        raise SourceError("a feed holds no entry", human)
    of_comments = bool(_COMMENTS_TITLE.match(fold(_plain(feed.feed, "title"))))
    entries = [_Entry(number, entry, of_comments) for number, entry in enumerate(feed.entries, start=1)]
    unplaced: list[Unplaced] = _damage(feed)
    posts = [post for entry in entries if (post := entry.post(unplaced))]
    return Reading(name, tuple(posts), tuple(unplaced))


def canonical(url: str) -> str:
    """Return an address in the one spelling it is known by; nothing for what is no address on the web."""
    if not is_url(url.strip()):
        return ""
    try:
        return addresses.canonical(url)
    except ValueError:
        return ""


def _parsed(data: bytes) -> Any:
    """Parse a feed; `None` where even the library's forgiving parser gives up.

    It gets a stream, for it would open bytes or text as a file or an address. Its own cleaning of HTML is not
    needed, for only text is taken out.
    """
    try:
        stream = BytesIO(_REFERENCE.sub(_checked, data))
        return feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _checked(reference: re.Match[bytes]) -> bytes:
    """Return a character reference, or the replacement character for one over which the library falls."""
    digits, base = (reference["hexadecimal"], 16) if reference["hexadecimal"] else (reference["decimal"], 10)
    number = int(digits, base) if len(digits) <= len("1114111") else sys.maxunicode + 1
    is_character = number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF
    return reference[0] if is_character else "\ufffd".encode()


def _damage(feed: Any) -> list[Unplaced]:
    error = feed.get("bozo_exception")
    if not isinstance(error, SAXException):
        return []
    line = getattr(error, "getLineNumber", lambda: None)() or 0
    why = f"the feed is not well-formed from its line {line} on; it was read as far as possible"
    return [Unplaced(line, "", why)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a feed."""

    number: int
    data: Any
    is_comment: bool

    def post(self, unplaced: list[Unplaced]) -> Post | None:
        """Return the entry's post, or append to `unplaced` why it is none."""
        title, month, lines = _title(self.data), _month(self.data), _lines(self.data)
        if why := self._obstacle(title, month, lines):
            unplaced.append(Unplaced(self.number, title, why))
            return None
        part = Stretch(month, None, [Line(0, title), *lines])
        left: list[Unplaced] = []
        post = post_of(part, head_at(part.lines, 0, Trust.NAMED), len(part.lines), left)
        unplaced += [replace(line, line=self.number) for line in left]
        return replace(post, url=canonical(self.data.get("link", ""))) if post else None

    def _obstacle(self, title: str, month: Month | None, lines: Sequence[Line]) -> str:
        """Say in a clause why the entry is no post; nothing when it can be one."""
        if self.is_comment or _COMMENT_TITLE.match(fold(title)) or "#comment-" in self.data.get("link", ""):
            return "this entry of the feed is a comment"
        if not title:
            return "this entry of the feed has no title"
        if month is None:
            return "this entry of the feed has no date"
        if not lines:
            return "this entry of the feed has no text"
        return "this entry of the feed holds an excerpt only" if _EXCERPT.search(lines[-1].text) else ""


def _title(entry: Any) -> str:
    return _plain(entry, "title")


def _plain(data: Any, key: str) -> str:
    """Return a short text of a feed, which may be HTML, as one line."""
    detail = data.get(f"{key}_detail") or {}
    text = data.get(key) or ""
    if "html" not in (detail.get("type") or ""):
        return folded(text)
    return " ".join(line.text for line in lines_of_html(text))


def _month(entry: Any) -> Month | None:
    """Return the month of publication by the publisher's own clock, which the parsed date no longer knows."""
    stated = dict.get(entry, "published") or dict.get(entry, "updated") or ""
    try:
        if match := _ISO_DATE.match(stated):
            return Month(int(match["year"]), int(match["month"]))
        if match := _MAIL_DATE.search(stated):
            return Month.parse(f"{match['month']} {match['year']}")
    except ValueError:
        pass
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return Month(parsed.tm_year, parsed.tm_mon) if parsed else None


def _lines(entry: Any) -> list[Line]:
    """Return the body: the full content where there is one, else the description."""
    contents = [content for content in entry.get("content") or [] if (content.get("value") or "").strip()]
    best = next((content for content in contents if "html" in (content.get("type") or "")), None)
    chosen = best or (contents[0] if contents else entry.get("summary_detail") or {})
    text = chosen.get("value") or ""
    read = lines_of_text if chosen.get("type") == "text/plain" and not _TAG.search(text) else lines_of_html
    return [line for line in read(text) if not _SYNDICATION.fullmatch(fold(line.text))]
