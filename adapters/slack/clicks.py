"""What a click, a choice or a line that was entered asks for, and where the answer goes."""

from functools import partial
from typing import Any

from adapters.slack import names
from adapters.slack.desk import Read
from adapters.slack.places import NewModal, Place, Share, click_place
from bot.errors import BadTokenError
from bot.requests import Cite, Request, Show
from bot.wording import decode, parse_message


def read_click(body: dict[str, Any]) -> tuple[Place, Read] | None:
    """Return the place of the answer and how to read the request; `None` for what asks for nothing, such as a link.

    Args:
        body: the click as Slack sends it; it always has one action.
    """
    action = body["actions"][0]
    match action:
        case {"action_id": names.SHARE, "value": str(token)}:
            return Share(body["response_url"], body["user"]["id"]), partial(decode, token)
        case {"type": "plain_text_input", "value": str(typed)}:
            return NewModal(body["trigger_id"]), partial(parse_message, typed)
        case {"type": "external_select", "selected_option": {"value": str(token)}}:
            return _of_token(body, token)
        case {"type": "button", "value": str(token)}:
            return _of_token(body, token, modal=action["action_id"] == names.FULL)
        case _:
            return None


def _of_token(body: dict[str, Any], token: str, *, modal: bool = False) -> tuple[Place, Read]:
    return click_place(body, modal=modal or _is_long(token)), partial(decode, token)


def _is_long(token: str) -> bool:
    """Say whether the answer is to be read or copied in peace, beside the message that it was asked in."""
    try:
        request: Request | None = decode(token)
    except BadTokenError:
        return False
    return isinstance(request, Cite) or (isinstance(request, Show) and request.full)
