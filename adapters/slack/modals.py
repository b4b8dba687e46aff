"""Views as modals: for what is long, and for what is there to be copied."""

from typing import Any

from adapters.slack import limits, names
from adapters.slack.blocks import context, plain_text
from adapters.slack.measuring import VIEW
from adapters.slack.pieces import pieces_of
from bot.views import Text, View

Json = dict[str, Any]


def modal(view: View, channel: str = "") -> Json:
    """Return a view as a modal, for views.open and views.update; buttons in it work as in a message.

    Args:
        view: what to say.
        channel: where it was asked, kept with the modal for what is clicked in it.
    """
    return {
        "type": "modal",
        "callback_id": names.MODAL,
        "private_metadata": channel,
        "title": plain_text("PPRNet", limits.MODAL_TITLE),
        "close": plain_text("Close", limits.MODAL_TITLE),
        "blocks": VIEW.carry(pieces_of(view), [], context((Text(_TOO_MUCH),))),
    }


_TOO_MUCH = f"This is more than Slack can show. Ask for a part of it: {names.COMMAND} help says how."
