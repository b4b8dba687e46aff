"""Clicks: every button carries its request, so that it works after a restart."""

import re
from functools import partial
from typing import Any, Self

import discord

from adapters.discord import names
from adapters.discord.asking import Interaction
from adapters.discord.desk import Desk, Read
from adapters.discord.places import Place, Share, click_place
from bot.errors import BadTokenError
from bot.requests import Request
from bot.wording import decode

Button = discord.ui.DynamicItem[discord.ui.Item[Any]]


def clicked_at(desk: Desk) -> type[Button]:
    """Return what discord.py makes of every click, whatever the button is called: a request at a desk."""

    class Click(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile("(?s:.*)")):
        @classmethod
        async def from_custom_id(
            cls, _interaction: Interaction, item: discord.ui.Item[Any], _match: re.Match[str], /
        ) -> Self:
            return cls(item)

        async def callback(self, interaction: Interaction) -> None:
            await desk.serve(interaction, *read_click(interaction, self.custom_id))

    return Click


def read_click(interaction: Interaction, custom_id: str) -> tuple[Place, Read]:
    """Return the place of the answer to a click and how to read the request."""
    named = names.read(custom_id)
    if named is None:
        return click_place(interaction), _foreign
    place = click_place(interaction, named.number if named.kind == names.MORE else 1)
    return Share() if named.kind == names.SHARE else place, partial(decode, named.token)


def _foreign() -> Request:
    raise BadTokenError("a button is none of this version's")
