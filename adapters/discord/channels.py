"""The channels of Discord that messages go to: of which kind they are, and what the bot may do there.

Numbers and the order in which permissions are put together: https://docs.discord.com/developers/resources/channel and
https://docs.discord.com/developers/topics/permissions.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

import discord
from discord import ChannelType

Json = Mapping[str, Any]

DIRECT: Final = "@me"
"""The workspace of direct messages, which belong to no server; also how their addresses are written."""


class Kind(Enum):
    """What a channel is to a message."""

    PLAIN = "plain"
    ANNOUNCEMENT = "announcement"
    """Its messages can be published to the channels of other servers that follow it."""
    FORUM = "forum"
    """Its messages are the beginnings of posts."""
    THREAD = "thread"
    DIRECT = "direct"
    OTHER = "other"
    """No message of ours can go there."""


def kind_of(channel: Json) -> Kind:
    """Return the kind of a channel as the REST API tells of it."""
    return _KINDS.get(channel["type"], Kind.OTHER)


def url_of(workspace: str, channel: str, message: str) -> str:
    """Return the address at which people can see a message."""
    return f"https://discord.com/channels/{workspace}/{channel}/{message}"


def lacking(kind: Kind, allowed: int) -> tuple[str, ...]:
    """Return the names, as Discord shows them, of the permissions that the bot needs and does not have."""
    needed = _IN_THREADS if kind is Kind.THREAD else _IN_FORUMS if kind is Kind.FORUM else _IN_CHANNELS
    return tuple(name for name, flag in needed.items() if not allowed & flag)


def allowed_in(guild: Json, member: Json, channel: Json) -> int:
    """Return what a member may do in a channel, as Discord's bits.

    Args:
        guild: with its roles and its owner.
        member: with its roles.
        channel: with its overwrites; for a thread, the channel that it is in.
    """
    who, everyone, roles = member["user"]["id"], guild["id"], set(member["roles"])
    if who == guild.get("owner_id"):
        return _EVERYTHING
    mine = {everyone, *roles}
    allowed = _together(int(role["permissions"]) for role in guild["roles"] if role["id"] in mine)
    if allowed & discord.Permissions(administrator=True).value:
        return _EVERYTHING
    overwrites: Sequence[Json] = channel.get("permission_overwrites") or ()
    for group in ({everyone}, roles, {who}):  # each overrules those before it
        concerned = [one for one in overwrites if one["id"] in group]
        allowed &= ~_together(int(one["deny"]) for one in concerned)
        allowed |= _together(int(one["allow"]) for one in concerned)
    return allowed


_KINDS = {
    ChannelType.text.value: Kind.PLAIN,
    ChannelType.news.value: Kind.ANNOUNCEMENT,
    ChannelType.forum.value: Kind.FORUM,
    ChannelType.news_thread.value: Kind.THREAD,
    ChannelType.public_thread.value: Kind.THREAD,
    ChannelType.private_thread.value: Kind.THREAD,
    ChannelType.private.value: Kind.DIRECT,
}

_EVERYTHING = discord.Permissions.all().value

_VIEW = {"View Channel": discord.Permissions(view_channel=True).value}
_LOOK = {  # to attach what is too long, and to find a message again
    "Attach Files": discord.Permissions(attach_files=True).value,
    "Read Message History": discord.Permissions(read_message_history=True).value,
}
_SEND = discord.Permissions(send_messages=True).value
_IN_CHANNELS = {**_VIEW, "Send Messages": _SEND, **_LOOK}
_IN_FORUMS = {**_VIEW, "Create Posts": _SEND, **_LOOK}
_IN_THREADS = {**_VIEW, "Send Messages in Threads": discord.Permissions(send_messages_in_threads=True).value, **_LOOK}


def _together(bits: Iterable[int]) -> int:
    every = 0
    for some in bits:
        every |= some
    return every
