"""What a person typed in Slack, as a request."""

import re

from bot.requests import About, Latest, Random, Related, Request, Search, Show, Unclear
from bot.wording import parse

_ADDRESSED = re.compile(r"\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s:,]*")


def as_typed(text: str) -> str:
    """Return text as it was typed: in messages and commands Slack writes `&`, `<` and `>` as entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def parse_message(text: str, *, addressed: bool = False) -> Request | Unclear:
    """Read a message to the bot: a command where it is one word for word, else words to search for.

    Args:
        text: the message as Slack sends it.
        addressed: the message begins by naming the bot.
    """
    typed = " ".join(as_typed(_ADDRESSED.sub("", text, count=1) if addressed else text).split())
    request = parse(typed)
    return Search(typed) if _is_prose(request, typed) else request


def _is_prose(request: Request | Unclear, typed: str) -> bool:
    """Say whether something that begins like a command is a sentence: “about attachment”, “show me something”."""
    match request:
        case Unclear(text):
            return text == typed
        case Latest() | Random() | About():
            return " " in typed.removeprefix("/pprnet ")
        case Show(post) | Related(post):
            return " " in post
        case _:
            return False
