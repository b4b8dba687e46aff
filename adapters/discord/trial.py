"""Discord without Discord: what it would be sent, and what a click in it asks for."""

from typing import Literal

from adapters.discord import names
from adapters.discord.message import Json
from adapters.discord.render import answered, shared
from bot.errors import BadTokenError
from bot.requests import Request
from bot.views import View
from bot.wording import decode

Place = Literal["here", "below", "channel", "modal"]
"""Where an answer goes: in the place of the private message that was clicked in, below it for the person alone, or
below it for all in the channel. Nothing goes into a modal, which has no room for text in Discord."""


def sent(view: View, asked: Request | None, place: Place, part: int = 1) -> tuple[Json, dict[str, str]]:
    """Return what Discord would be sent, and the texts that would be attached to it, by their names.

    Args:
        view: what to say.
        asked: what was asked; `None` for what was no request.
        place: where the answer goes.
        part: which part of a long answer.
    """
    message = shared(view, 1, asked=asked) if place == "channel" else answered(view, asked, part=part)
    return message.payload, {file.name: file.text for file in message.files}


def read(name: str, clicked_in: Place) -> tuple[Request, Place, int]:
    """Return what a click asks for, where the answer goes, and which part of it.

    Args:
        name: the `custom_id` of a button.
        clicked_in: where the message with the button is.

    Raises:
        BadTokenError: this version has no such button.
    """
    if (named := names.read(name)) is None:
        raise BadTokenError("a button on the page is none of this version's")
    request = decode(named.token)
    if named.kind == names.SHARE:
        return request, "channel", 1
    return request, "below" if clicked_in == "channel" else "here", named.number if named.kind == names.MORE else 1
