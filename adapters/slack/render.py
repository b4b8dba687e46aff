"""Views as Slack messages. Total: any view gives a message that Slack takes, and no word of it is lost in silence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import names
from adapters.slack.blocks import actions, button, context, rich_text, section
from adapters.slack.fallback import spoken
from adapters.slack.measuring import MESSAGE, Piece
from adapters.slack.pieces import pieces_of
from bot.requests import Request
from bot.views import Button, Text, View
from bot.wording import fits

Json = dict[str, Any]

QUIET: Mapping[str, Any] = {
    "unfurl_links": False,
    "unfurl_media": False,
    "parse": "none",
    "link_names": False,
    "mrkdwn": False,
}
"""What to pass with every message: no previews of links, and nothing in its text is markup or calls anybody."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it.

    Attributes:
        blocks: what is shown.
        text: the whole of it for screen readers and notifications, escaped.
    """

    blocks: list[Json]
    text: str

    @property
    def payload(self) -> Json:
        """Everything to send, `QUIET` included."""
        return {"text": self.text, "blocks": self.blocks, **QUIET}


def render(view: View, *, share: Request | None = None, asked: Request | None = None) -> Message:
    """Return a view as a message.

    Args:
        view: what to say.
        share: what was asked, to have a button below that brings the answer to the channel.
        asked: what was asked, to have a button that opens all of it should it not fit; `share` when not given.
    """
    foot = [actions([_share(share)])] if share is not None and fits(share) else []
    return Message(MESSAGE.carry(pieces_of(view), foot, _more(asked or share)), spoken(view))


def shared(view: View, user_id: str, *, asked: Request | None = None) -> Message:
    """Return a view as a message to a channel that says who shared it.

    Args:
        view: what to say.
        user_id: Slack's id of the person.
        asked: what was asked, to have a button that opens all of it should it not fit.
    """
    known = _USER.fullmatch(user_id) is not None
    who = {"type": "user", "user_id": user_id} if known else {"type": "text", "text": "Someone"}
    line = section((Text(f" {_SHARED}"),))
    line["elements"].insert(0, who)
    blocks = MESSAGE.carry([[rich_text([line])], *pieces_of(view)], [], _more(asked))
    return Message(blocks, spoken(view, f"{f'<@{user_id}>' if known else 'Someone'} {_SHARED}\n\n"))


_SHARED = "shared this from PPRNet:"
_USER = re.compile(r"[UW][A-Z0-9]{2,30}")

_TOO_MUCH = "This is more than one message holds."


def _share(request: Request) -> Json:
    return button(Button("Share to channel", request), names.SHARE)


def _more(asked: Request | None) -> Piece:
    """Return how to read what did not fit."""
    if asked is None or not fits(asked):
        return context((Text(f"{_TOO_MUCH} Ask for a part of it: {names.COMMAND} help says how."),))
    return [*context((Text(_TOO_MUCH),)), actions([button(Button("Read in full", asked), names.FULL)])]
