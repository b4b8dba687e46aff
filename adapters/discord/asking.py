"""Who asks in Discord, and where."""

from typing import Any

import discord

from adapters.discord.channels import DIRECT
from bot.channels import Asker, Channel

Interaction = discord.Interaction[Any]

PLATFORM = "discord"

_NOT_A_MANAGER = (
    "Only people who may manage this channel or this server can change what it gets. Ask one of them, or write"
    " /pprnet subscribe to me directly, for yourself."
)
_NOT_A_MEMBER = (
    "I am not a member of this server: you use me here on your own. Ask someone who manages the server to add me, or"
    " write /pprnet subscribe to me directly, for yourself."
)
_BETWEEN_PEOPLE = (
    "I cannot write into a conversation between people. Write /pprnet subscribe to me directly, or in a channel of a"
    " server that I am a member of."
)


def asker_of(interaction: Interaction) -> Asker:
    """Return who did something, and where; what keeps the bot from posting there is not looked at."""
    channel = interaction.channel
    guild = interaction.guild_id
    return Asker(
        channel=Channel(PLATFORM, str(guild or DIRECT), str(channel.id)) if channel else None,
        label=_label(channel) if guild else "",
        private=not _open_to_all(channel) if guild else True,
        direct=is_direct(interaction),
        user=str(interaction.user.id),
        name=interaction.user.display_name,
        hindrance=_hindrance(interaction),
    )


def is_direct(interaction: Interaction) -> bool:
    """Say whether something was done in a direct message with the bot, which nobody else sees."""
    return interaction.guild_id is None and not interaction.context.private_channel


def may_share(interaction: Interaction) -> bool:
    """Say whether there is a channel in which others can see what this person shares.

    Where the bot is not a member, what people share of it is shown to them alone unless the server lets them use
    external apps aloud (https://docs.discord.com/developers/topics/permissions).
    """
    if interaction.guild_id is None:
        return not is_direct(interaction)
    return _is_member(interaction) or interaction.permissions.use_external_apps


def _label(channel: Any) -> str:
    name = getattr(channel, "name", None)
    return f"#{name}" if name else ""


def _open_to_all(channel: Any) -> bool:
    """Say whether everyone in the server may see a channel; not where that is not known."""
    if isinstance(channel, discord.Thread):
        return channel.type is not discord.ChannelType.private_thread and _open_to_all(channel.parent)
    everyone = getattr(getattr(channel, "guild", None), "default_role", None)
    return everyone is not None and bool(channel.permissions_for(everyone).view_channel)


def _hindrance(interaction: Interaction) -> str:
    """Return why this person may not change what the channel gets; empty when they may."""
    if interaction.guild_id is None:
        return "" if is_direct(interaction) else _BETWEEN_PEOPLE
    if not _is_member(interaction):
        return _NOT_A_MEMBER
    may = interaction.permissions
    return "" if may.manage_channels or may.manage_guild or may.administrator else _NOT_A_MANAGER


def _is_member(interaction: Interaction) -> bool:
    """Say whether the bot is in the server, rather than there for this person alone."""
    known = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    return known or interaction.is_guild_integration()
