"""What each command takes: the words after a command, read as a request."""

import re
from collections.abc import Callable

from bot import commands
from bot.folding import fold
from bot.model import Month
from bot.requests import (
    About,
    Cite,
    CiteStyle,
    Help,
    Latest,
    MonthOf,
    Pause,
    Preview,
    Random,
    Related,
    Request,
    Resume,
    Search,
    Show,
    Status,
    Subscribe,
    Subscriptions,
    TopicList,
    TopicPosts,
    Unclear,
    Unsubscribe,
)

UNKNOWN = "I do not know that command."

VERBATIM = "spelling:exact"
"""What follows a search that is to keep its spelling."""


def read(command: str, rest: str) -> Request | Unclear | None:
    """Return the request of a command and what follows it; `None` when there is no such command.

    Args:
        command: its name, folded.
        rest: with single blanks.
    """
    reader = _READERS.get(command)
    return reader(rest) if reader else None


_LAST_PAGE = 9999
_TRAILING_PAGE = re.compile(r"(?:^|\s)page:0*(?P<page>[0-9]{1,9})[0-9]*$", re.IGNORECASE | re.ASCII)
_TRAILING_VERBATIM = re.compile(rf"(?:^|\s){VERBATIM}$", re.IGNORECASE)


def _read_month(rest: str) -> Request | Unclear:
    try:
        return MonthOf(Month.parse(rest))
    except ValueError:
        return Unclear(rest, "month", "I could not read that month. Write it like 2021-07 or July 2021.")


def _read_topic(rest: str) -> Request:
    words, page, _ = _options(rest)
    return TopicPosts(words, page) if words else TopicList(page)


def _read_search(rest: str) -> Request | Unclear:
    text, page, verbatim = _options(rest)
    return Search(text, page, verbatim) if text else Unclear(rest, "search", "Tell me what to search for.")


def _read_show(rest: str) -> Request | Unclear:
    post, _, how = rest.rpartition(" ")
    if post and fold(how) == "full":
        return Show(post, full=True)
    return Show(rest) if rest else Unclear(rest, "show", _WHICH)


def _read_related(rest: str) -> Request | Unclear:
    return Related(rest) if rest else Unclear(rest, "related", _WHICH)


def _read_cite(rest: str) -> Request | Unclear:
    post, _, style = rest.partition(" ")
    if not post:
        return Unclear(rest, "cite", _WHICH)
    try:
        return Cite(post, CiteStyle(fold(style) or CiteStyle.APA))
    except ValueError:
        return Unclear(rest, "cite", "I can cite as apa, bibtex or ris.")


def _read_help(rest: str) -> Request | Unclear:
    name = fold(rest)
    if not name or commands.named(name):
        return Help(name)
    nearest = commands.nearest(name)
    return Unclear(rest, nearest, UNKNOWN, Help(nearest) if nearest else None)


def _read_subscribe(rest: str) -> Request | Unclear:
    """Read `burnout, alliance except medications`; “all” is every topic, which is what no topic means."""
    parted = _EXCEPT.search(rest)
    topics = _topic_words(rest[: parted.start()] if parted else rest)
    topics = "" if fold(topics) in _EVERYTHING else topics
    without = rest[parted.end() :].strip(_BETWEEN) if parted else ""
    if parted and not without:
        return Unclear(rest, "subscribe", "Tell me which topics to leave out.", Subscribe(topics))
    return Subscribe(topics, without)


def _read_unsubscribe(rest: str) -> Request | Unclear:
    words = _topic_words(rest)
    if not words or fold(words) in _EVERYTHING:
        return Unsubscribe()
    why = "That ends the whole subscription. To leave topics out, subscribe again and name them after “except”."
    return Unclear(rest, "unsubscribe", why, Subscribe(without=words))


def _read_subscriptions(rest: str) -> Request:
    return Subscriptions(_options(rest)[1])


def _read_status(rest: str) -> Request:
    return Status(_options(rest)[1])


def _topic_words(rest: str) -> str:
    return _INTRODUCED.sub("", rest).strip(_BETWEEN)


_WHICH = "Tell me which summary: its id stands at its foot."

_BETWEEN = " ,;"
_EXCEPT = re.compile(r"(?:^|(?<=[\s,;]))(?:except|without|but not)(?:\s+for\b)*(?:\s|$)", re.IGNORECASE)
_INTRODUCED = re.compile(rf"^(?:[{_BETWEEN}]|(?:to|from)(?=\s|$))+", re.IGNORECASE)
_EVERYTHING = frozenset({"all", "all topics", "any", "anything", "everything", "here", "me", "this channel"})

_READERS: dict[str, Callable[[str], Request | Unclear]] = {
    "latest": lambda _: Latest(),
    "month": _read_month,
    "topic": _read_topic,
    "topics": _read_topic,
    "search": _read_search,
    "show": _read_show,
    "related": _read_related,
    "random": lambda _: Random(),
    "cite": _read_cite,
    "subscribe": _read_subscribe,
    "unsubscribe": _read_unsubscribe,
    "subscriptions": _read_subscriptions,
    "pause": lambda _: Pause(),
    "resume": lambda _: Resume(),
    "preview": lambda _: Preview(),
    "status": _read_status,
    "about": lambda _: About(),
    "help": _read_help,
}


def _options(rest: str) -> tuple[str, int, bool]:
    """Take the page and the spelling off the end of a text; the last page named counts."""
    page, verbatim = 0, False
    while True:
        if match := _TRAILING_PAGE.search(rest):
            page = page or min(max(int(match["page"]), 1), _LAST_PAGE)
        elif match := _TRAILING_VERBATIM.search(rest):
            verbatim = True
        else:
            return rest, page or 1, verbatim
        rest = rest[: match.start()].rstrip()
