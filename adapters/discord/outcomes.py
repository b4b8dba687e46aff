"""What became of a request, in the core's words: every way in which Discord, or the way to it, can say no.

The codes are those of https://docs.discord.com/developers/topics/opcodes-and-status-codes#json. Unlike Slack, Discord
says with the status whether anything was done: an answer below 500 means that nothing was. So a code that is not known
is understood by its status, and only what was never answered is `Unsure`.
"""

from collections.abc import Sequence

from adapters.discord.channels import Kind
from adapters.discord.exchange import OVERLOADED, DeclinedError, UnansweredError, UnreachableError
from adapters.discord.pacing import CrowdedError
from bot.outcomes import Gone, Reach, Refused, Scope, TryLater, Unsure

CHANNEL_UNKNOWN, GUILD_UNKNOWN, NO_ACCESS = 10003, 10004, 50001
NOT_A_TEXT_CHANNEL, WRONG_KIND, ARCHIVED = 50008, 50024, 50083

GUILD_GONE = Gone("PPRNet is no longer in this Discord server: add it again to go on.", workspace=True)
"""What becomes of anything for a server that the bot is not in."""

A_WHILE = 600.0
"""Seconds to wait before a request that can only go well once somebody has done something: 10,000 requests in ten
minutes that are answered with 401, 403 or 429 get an address banned."""


def outcome_of(error: Exception) -> Gone | TryLater | Unsure | Refused:
    """Return what became of a post that raised; no sentence holds a token or a word of the post.

    Args:
        error: what `Exchange.ask` raised, or anything else.
    """
    match error:
        case CrowdedError():
            return TryLater("More is being sent than Discord takes at once.", scope=Scope.PLATFORM)
        case UnreachableError():
            return TryLater(f"{error} There was no connection, so nothing was sent.", scope=Scope.PLATFORM)
        case UnansweredError():
            return Unsure(str(error))
        case DeclinedError():
            return _declined(error)
        case _:
            return Unsure(f"Something went wrong on the way to Discord ({type(error).__name__}).")


def finding_of(error: Exception) -> Gone | TryLater | Unsure:
    """Return what a search through a channel's history that raised has found out.

    A history that the bot may not read is `Gone`, as nothing can be posted there either; whether the message was posted
    before that stays unknown, and is looked for once the channel is back. A search that Discord never takes says
    nothing about the channel: `Unsure`.
    """
    outcome = outcome_of(error)
    return Unsure(outcome.why) if isinstance(outcome, Refused) else outcome


def reach_of(error: Exception) -> Reach:
    """Return what a look at a channel that raised has found out."""
    outcome = outcome_of(error)
    return outcome if isinstance(outcome, Gone | TryLater) else TryLater(outcome.why)


def no_place_for(kind: Kind, missing: Sequence[str], *, locked: bool = False) -> Gone | None:
    """Return why a channel that can be seen cannot be posted in; `None` if it can.

    Args:
        kind: of the channel.
        missing: the names of the permissions that the bot needs there and does not have.
        locked: it is a thread that a moderator has locked.
    """
    if kind is Kind.OTHER:
        return Gone(_KIND)
    if locked:
        return Gone(_LOCKED)
    if missing:
        named = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
        return Gone(f"PPRNet needs more permissions in this channel: ask someone who manages it to allow {named}.")
    return None


_FORBIDDEN = "PPRNet may not post in this channel: ask someone who manages the server to allow it."
_HIDDEN = "PPRNet cannot see this channel: ask someone who manages the server to let it in, or subscribe another one."
_DELETED = "This channel is gone: subscribe another one."
_KIND = "PPRNet cannot post in a channel of this kind: subscribe a text channel, an announcement channel or a forum."
_LOCKED = "This thread is locked: ask a moderator to unlock it, or subscribe another channel."
_NO_MESSAGES = "This person takes no direct messages from PPRNet: allow them, or subscribe a channel of a server."

_GONE = {
    CHANNEL_UNKNOWN: _DELETED,
    10015: _DELETED,  # unknown webhook
    20022: _FORBIDDEN,  # the announcement channel's owner alone may
    40058: "This thread has no first message yet: subscribe another channel.",
    40067: "This forum wants a tag on every post: allow posts without tags, or subscribe another channel.",
    NO_ACCESS: _HIDDEN,
    50007: _NO_MESSAGES,
    NOT_A_TEXT_CHANNEL: _KIND,
    50009: "This channel asks for a higher verification level than PPRNet has: subscribe another one.",
    50013: _FORBIDDEN,
    WRONG_KIND: _KIND,
    ARCHIVED: "This thread is archived: open it again, or subscribe another channel.",
    50278: "PPRNet shares no server with this person any more: subscribe a channel of a server.",
    160005: _LOCKED,
    160006: "This server has too many open threads: close some, or subscribe a text channel.",
}

_LATER = {
    20016: (Scope.CHANNEL, "This channel is in slow mode."),
    20028: (Scope.CHANNEL, "This channel takes no more messages for now."),
    20029: (Scope.WORKSPACE, "This server takes no more messages for now."),
    40003: (Scope.PLATFORM, "Discord lets the bot open no more direct messages for now."),
    40004: (Scope.PLATFORM, "Discord has turned off sending messages for now."),
    40062: (Scope.PLATFORM, "Discord asks for fewer requests."),
    OVERLOADED: (Scope.PLATFORM, "Discord has too much to do for now."),
}

_WHO = "Discord does not take the bot's token: check DISCORD_TOKEN."
_BLOCKED = "Discord does not let this host in: check DISCORD_API_URL, and whether too much was asked."


def _declined(error: DeclinedError) -> Gone | TryLater | Unsure | Refused:
    if error.status == 429:
        scope = Scope.PLATFORM if error.everywhere else Scope.CHANNEL
        after = A_WHILE if error.after is None else error.after
        return TryLater("Discord asks for fewer requests.", after, scope)
    if error.status == 401:
        return TryLater(_WHO, A_WHILE, Scope.PLATFORM)
    if error.code in _LATER:
        scope, why = _LATER[error.code]
        return TryLater(why, error.after, scope)
    if error.code == GUILD_UNKNOWN:
        return GUILD_GONE
    if error.code in _GONE:
        return Gone(_GONE[error.code])
    return _by_status(error)


def _by_status(error: DeclinedError) -> Gone | TryLater | Unsure | Refused:
    """Return what an answer means whose code is not known, or that has none because it is not Discord's."""
    match error.status:
        case 403 | 404 if not error.code:
            return TryLater(_BLOCKED, A_WHILE, Scope.PLATFORM)
        case 403:
            return Gone(_FORBIDDEN)
        case 404:
            return Gone(_DELETED)
        case 408 | 409:
            return Unsure(f"Discord did not take the request whole (HTTP {error.status}).")
        case status if status < 400:
            return TryLater(_BLOCKED, A_WHILE, Scope.PLATFORM)
        case status:
            return Refused(f"Discord will not take this post: HTTP {status}, code {error.code}.")
