"""The text beside the blocks: what screen readers read out and notifications show.

https://docs.slack.dev/reference/methods/chat.postMessage: a screen reader reads this text and not the blocks.
"""

from adapters.slack import limits
from adapters.slack.escaping import escape, printable, shortened, utf8_bytes
from bot.views import View, as_text

_GOES_ON = "\n\nThere is more in the message itself."


def spoken(view: View, before: str = "") -> str:
    """Return the whole of a view as text, every button as its command, cut at a sentence where it is too long.

    Args:
        view: what to say.
        before: escaped already, in front of it.
    """
    text = printable(as_text(view)).strip() or "PPRNet"
    room = limits.TOP_TEXT_BYTES - len(before.encode())
    whole = shortened(text, room, utf8_bytes)
    if whole != text:
        whole = shortened(text, room - len(_GOES_ON), utf8_bytes) + _GOES_ON
    return before + escape(whole)
