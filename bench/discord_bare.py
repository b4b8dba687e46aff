"""A bare discord.py bot with one command, as its documentation has it, to measure `bench.discord_answers` by.

Run with `python -m bench.discord_bare PAYLOAD.json` and Discord's settings in the environment.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Ready(discord.ui.LayoutView):
    """Components that are ready: what is measured is sending them, not making them."""

    def __init__(self, components: list[dict[str, Any]]) -> None:
        super().__init__(timeout=None)
        self._components = components

    def to_components(self) -> list[dict[str, Any]]:
        return self._components

    def has_components_v2(self) -> bool:
        return True


class Bare(discord.Client):
    """A bot that answers `/pprnet latest` with a payload."""

    def __init__(self, components: list[dict[str, Any]]) -> None:
        super().__init__(intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        group = app_commands.Group(name="pprnet", description="Summaries")

        @group.command(name="latest", description="The newest summaries")
        async def latest(interaction: discord.Interaction) -> None:
            await interaction.response.send_message(view=Ready(components), ephemeral=True)

        self.tree.add_command(group)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_connect(self) -> None:
        print("discord.ready: bare", file=sys.stderr, flush=True)


async def main(payload: dict[str, Any]) -> None:
    """Answer until the process is ended."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    async with Bare(payload["components"]) as client:
        await client.login(os.environ["DISCORD_TOKEN"])
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        await client.connect()


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
