"""How requests are written: the same words whether a person types them or a button carries them."""

import re
from collections.abc import Callable

from bot import commands
from bot.errors import BadTokenError
from bot.folding import fold
from bot.model import Month
from bot.requests import (
    About,
    Cite,
    CiteStyle,
    Help,
    Latest,
    MonthOf,
    Random,
    Related,
    Request,
    Search,
    Show,
    TopicList,
    TopicPosts,
    Unclear,
)

TOKEN_LIMIT = 90
"""The longest token, in characters: the tightest platform carries 100 in a button, its adapter's prefix included."""


def parse(text: str) -> Request | Unclear:
    """Read what a person typed, with or without a leading `/pprnet`. Any text is read; none raises."""
    typed = _without_prefix(" ".join(text.split()))
    head, _, rest = typed.partition(" ")
    name = fold(head)
    if not name:
        return Help()
    reader = _READERS.get(name)
    return reader(rest) if reader else _unknown(typed, name, rest)


def parse_message(text: str) -> Request | Unclear:
    """Read a message to the bot: a command where it is one word for word, else words to search for.

    “about attachment” and “show me something” begin like commands and are none.
    """
    typed = " ".join(text.split())
    request = parse(typed)
    return Search(typed) if _is_prose(request, typed) else request


def write(request: Request) -> str:
    """Return the command for a request, without `/pprnet`: what `parse` reads as that very request."""
    match request:
        case Latest():
            return "latest"
        case MonthOf(month):
            return f"month {month}"
        case TopicPosts(words, page):
            return f"topic {words}{_page(page)}"
        case TopicList(page):
            return f"topics{_page(page)}"
        case Search(text, page, verbatim):
            return f"search {text}{' ' + _VERBATIM if verbatim else ''}{_page(page)}"
        case Show(post, full):
            return f"show {post}{' full' if full else ''}"
        case Related(post):
            return f"related {post}"
        case Random():
            return "random"
        case Cite(post, style):
            return f"cite {post} {style}"
        case About():
            return "about"
        case Help(command):
            return f"help {command}".rstrip()


def fits(request: Request) -> bool:
    """Say whether a button can carry a request.

    What cannot be carried is too long, or holds a person's words that would be read as something else when written
    after a command, such as a search for `page:2`.
    """
    token = write(request)
    return len(token) <= TOKEN_LIMIT and parse(token) == request


def encode(request: Request) -> str:
    """Return the token of a request, for a button: its command.

    Raises:
        ValueError: a button cannot carry it; see `fits`.
    """
    if not fits(request):
        raise ValueError("a request that no button can carry")
    return write(request)


def decode(token: str) -> Request:
    """Return the request of a token.

    Raises:
        BadTokenError: this version knows no such request.
    """
    request = parse(token)
    if isinstance(request, Unclear):
        raise BadTokenError("a button's token could not be read")
    return request


_VERBATIM = "spelling:exact"
_LAST_PAGE = 9999
_TRAILING_PAGE = re.compile(r"(?:^|\s)page:0*(?P<page>[0-9]{1,9})[0-9]*$", re.IGNORECASE | re.ASCII)
_TRAILING_VERBATIM = re.compile(rf"(?:^|\s){_VERBATIM}$", re.IGNORECASE)


def _page(page: int) -> str:
    return f" page:{page}" if page > 1 else ""


def _is_prose(request: Request | Unclear, typed: str) -> bool:
    match request:
        case Unclear(text):
            return text == typed
        case Latest() | Random() | About():
            return " " in _without_prefix(typed)
        case Show(post) | Related(post):
            return " " in post
        case _:
            return False


def _without_prefix(typed: str) -> str:
    head, _, rest = typed.partition(" ")
    return rest if fold(head) in {"/pprnet", "pprnet"} else typed


def _unknown(typed: str, name: str, rest: str) -> Unclear:
    nearest = commands.nearest(name)
    if not nearest:
        return Unclear(typed, "", _UNKNOWN)
    meant = _READERS[nearest](rest)
    instead = None if isinstance(meant, Unclear) else meant
    return Unclear(typed, nearest, f"{_UNKNOWN} The nearest is “{nearest}”.", instead)


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
    return Unclear(rest, nearest, _UNKNOWN, Help(nearest) if nearest else None)


_UNKNOWN = "I do not know that command."
_WHICH = "Tell me which summary: its id stands at its foot."

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
