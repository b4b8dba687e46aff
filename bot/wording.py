"""How requests are written: the same words whether a person types them or a button carries them."""

from bot import commands
from bot.errors import BadTokenError
from bot.folding import fold
from bot.requests import (
    About,
    Cite,
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
    Subscribing,
    Subscriptions,
    TopicList,
    TopicPosts,
    Unclear,
    Unsubscribe,
)
from bot.typed import UNKNOWN, VERBATIM, read

TOKEN_LIMIT = 90
"""The longest token, in characters: the tightest platform carries 100 in a button, its adapter's prefix included."""


def parse(text: str) -> Request | Unclear:
    """Read what a person typed, with or without a leading `/pprnet`. Any text is read; none raises."""
    typed = _without_prefix(" ".join(text.split()))
    head, _, rest = typed.partition(" ")
    name = fold(head)
    if not name:
        return Help()
    return read(name, rest) or _unknown(typed, name, rest)


def parse_message(text: str) -> Request | Unclear:
    """Read a message to the bot: a command where it is one word for word, else words to search for.

    “about attachment”, “show me something” and “status of research on grief” begin like commands and are none.
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
            return f"search {text}{' ' + VERBATIM if verbatim else ''}{_page(page)}"
        case Show() | Related() | Cite():
            return _write_of_one(request)
        case Random():
            return "random"
        case Subscribe() | Unsubscribe() | Subscriptions() | Pause() | Resume() | Preview() | Status():
            return _write_subscribing(request)
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


def _write_of_one(request: Show | Related | Cite) -> str:
    match request:
        case Show(post, full):
            return f"show {post}{' full' if full else ''}"
        case Related(post):
            return f"related {post}"
        case Cite(post, style):
            return f"cite {post} {style}"


def _write_subscribing(request: Subscribing) -> str:
    match request:
        case Subscribe(topics, without):
            return " ".join(("subscribe", *([topics] if topics else []), *([f"except {without}"] if without else [])))
        case Unsubscribe():
            return "unsubscribe"
        case Subscriptions(page):
            return f"subscriptions{_page(page)}"
        case Pause():
            return "pause"
        case Resume():
            return "resume"
        case Preview():
            return "preview"
        case Status(page):
            return f"status{_page(page)}"


def _page(page: int) -> str:
    return f" page:{page}" if page > 1 else ""


def _is_prose(request: Request | Unclear, typed: str) -> bool:
    match request:
        case Unclear(text):
            return text == typed
        case Latest() | Random() | About() | Pause() | Resume() | Preview():
            return " " in _without_prefix(typed)
        case Subscriptions() | Status():
            return fold(_without_prefix(typed)) != write(request)
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
        return Unclear(typed, "", UNKNOWN)
    meant = read(nearest, rest)
    instead = None if isinstance(meant, Unclear) else meant
    return Unclear(typed, nearest, f"{UNKNOWN} The nearest is “{nearest}”.", instead)
