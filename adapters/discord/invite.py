"""The links that add the bot to a server, or to a person's own apps."""

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""The least that posting each month takes: to see the channel, to write there and in its threads and forum posts, to
attach what is too long, and to look whether a message that may have been sent is there."""

_GUILD, _USER = 0, 1
"""Whom an application is installed for; see https://docs.discord.com/developers/resources/application."""


def server_link(application: int) -> str:
    """Return the link that adds the bot to a server, with the least permissions."""
    url = discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
    return f"{url}&integration_type={_GUILD}"


def personal_link(application: int) -> str:
    """Return the link that adds the bot to one person's apps: its answers then, wherever that person is."""
    url = discord.utils.oauth_url(application, scopes=("applications.commands",))
    return f"{url}&integration_type={_USER}"
