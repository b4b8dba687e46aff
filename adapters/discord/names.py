"""The names by which Discord tells the bot what was clicked: the `custom_id` of a button.

A name is its kind, a number, a colon and the token of a request: `ask3:topic burnout page:2`. The number makes names
unique within a message, as Discord demands; only for `MORE` it means something.
"""

import re
from dataclasses import dataclass

ASK = "ask"
"""A button that asks for something: the answer replaces a private message, and is told privately beside any other."""

SHARE = "share"
"""The button that brings an answer to the channel; its token is what was asked."""

MORE = "more"
"""A button that turns the parts of a long answer; its token is what was asked and its number the part to show.

The answer goes where that of `ASK` would go: `render(view, share=..., part=number)`.
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says.

    Attributes:
        kind: `ASK`, `SHARE` or `MORE`.
        token: of a request, for `bot.wording.decode`.
        number: the part of the answer to show, for `MORE`.
    """

    kind: str
    token: str
    number: int


def name(kind: str, token: str, number: int = 1) -> str:
    """Return the name of a button.

    Args:
        kind: `ASK`, `SHARE` or `MORE`.
        token: of a request.
        number: from 0 to 9999.
    """
    return f"{kind}{number}:{token}"


def read(custom_id: str) -> Named | None:
    """Return what a name says; `None` for one that is not ours."""
    match = _NAME.fullmatch(custom_id)
    return Named(match["kind"], match["token"], int(match["number"])) if match else None


_NAME = re.compile(r"(?P<kind>ask|share|more)(?P<number>[0-9]{1,4}):(?P<token>(?s:.+))")
