"""The text beside the blocks: what screen readers read out and notifications show.

https://docs.slack.dev/reference/methods/chat.postMessage: a screen reader reads this text and not the blocks.
"""

from adapters.slack import limits
from adapters.slack.escaping import escape, printable, shortened, utf8_size
from bot.views import View, as_text


def spoken(view: View, before: str = "") -> str:
    """Return the whole of a view as text, every button as its command, cut at a sentence where it is too long.

    Args:
        view: what to say.
        before: escaped already, in front of it.
    """
    text = printable(as_text(view)).strip() or _NOTHING
    room = limits.TOP_TEXT_BYTES - len(before.encode())
    if utf8_size(text) > room:
        text = shortened(text, room - len(_GOES_ON), utf8_size) + _GOES_ON
    return before + escape(text)


_GOES_ON = "\n\nThere is more in the message itself."
_NOTHING = "There is nothing to say."
