"""Slack without Slack: what it would be sent, and what a click in it asks for, by the very ways of the bot in Slack."""

from typing import Any, Literal

from adapters.slack.clicks import read_click
from adapters.slack.modals import modal
from adapters.slack.places import NewModal, OpenModal, Share, Whisper
from adapters.slack.render import render, shared
from bot.requests import Request, to_share
from bot.views import View
from bot.wording import decode

Json = dict[str, Any]
Place = Literal["here", "below", "channel", "modal"]
"""Where an answer goes: in the place of the private message that was clicked in, below it for the person alone, below
it for all in the channel, or in a modal."""


def sent(view: View, asked: Request | None, place: Place, _part: int = 1) -> tuple[Json, dict[str, str]]:
    """Return what Slack would be sent, and what would be attached to it, which is nothing.

    Args:
        view: what to say.
        asked: what was asked; `None` for what was no request.
        place: where the answer goes.
    """
    match place:
        case "modal":
            return modal(view), {}
        case "channel":
            return shared(view, _YOU, asked=asked).payload, {}
        case "here" | "below":
            return render(view, share=asked and to_share(asked), asked=asked).payload, {}


def read(name: str, clicked_in: Place) -> tuple[Request, Place, int]:
    """Return what a click asks for, where the answer goes, and which part of it, which is always the first.

    Args:
        name: the `action_id` of a button, a blank, and its `value`.
        clicked_in: where the message with the button is.

    Raises:
        BadTokenError: this version has no such button.
    """
    request = decode(name.partition(" ")[2])
    match read_click(_click(name, clicked_in)):
        case (Share(), _):
            return request, "channel", 1
        case (NewModal() | OpenModal(), _):
            return request, "modal", 1
        case (Whisper(replace=True), _):
            return request, "here", 1
        case _:
            return request, "below", 1


_YOU = "U00000000"


def _click(name: str, clicked_in: Place) -> Json:
    """Return a click as Slack would tell it."""
    action, _, value = name.partition(" ")
    return {
        "actions": [{"type": "button", "action_id": action, "value": value}],
        "user": {"id": _YOU},
        "trigger_id": "now",
        "response_url": "here",
        "container": {"is_ephemeral": clicked_in != "channel"},
        "view": {"type": "modal", "id": "this"} if clicked_in == "modal" else {},
    }
