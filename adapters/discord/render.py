"""Views as Discord messages. Total: any view gives a message that Discord takes, and no word is lost in silence."""

import re

from adapters.discord import names
from adapters.discord.message import Message
from adapters.discord.pieces import Choice, carries, pieces_of
from adapters.discord.plain import plain
from adapters.discord.surface import Surface
from bot.requests import Request, changes, to_share
from bot.views import View
from bot.wording import encode


def answered(view: View, asked: Request | None, *, shareable: bool = True, part: int = 1) -> Message:
    """Return the answer to a request as a message that one person sees, with what can be done with it.

    A change is made once: its parts are not turned by asking for it again, and what is shared of it is how things
    stand after it.

    Args:
        view: the answer.
        asked: the request; `None` for what was none.
        shareable: there is a channel to bring it to.
        part: see `render`.
    """
    share = to_share(asked) if asked is not None and shareable else None
    again = None if asked is None or changes(asked) else asked
    return render(view, share=share, asked=again, part=part)


def render(view: View, *, share: Request | None = None, asked: Request | None = None, part: int = 1) -> Message:
    """Return a view as a message that one person sees: a layout, which can replace another one in place.

    Args:
        view: what to say.
        share: what is to be shared, to have a button below that brings the answer to the channel.
        asked: what was asked, to turn the parts of a long answer by; without it, what does not fit is attached.
        part: which part of a long answer, from 1: the number of a `names.MORE` button.
    """
    foot = [Choice("Share to channel", encode(share), kind=names.SHARE)] if share is not None and carries(share) else []
    return Surface(asked, foot=tuple(foot)).carry(view, part)


def shared(view: View, user_id: int | str, *, asked: Request | None = None) -> Message:
    """Return a view as a message to a channel that says who shared it, without pinging anybody.

    Args:
        view: what to say.
        user_id: Discord's id of the person.
        asked: what was asked, to have a button that tells whoever clicks it the rest of what did not fit.
    """
    who = f"<@{user_id}>" if _USER.fullmatch(str(user_id)) else "Someone"
    return Surface(asked, head=f"{who} shared this from PPRNet:").carry(view)


def announced(view: View) -> Message:
    """Return a view as a message to a channel that nobody asked for: an announcement.

    It has plain content where that holds all of the view, because notifications show content and nothing of a layout
    (discord/discord-api-docs#7854).
    """
    return plain(pieces_of(view)) or Surface(None).carry(view)


_USER = re.compile(r"[0-9]{1,20}", re.ASCII)
