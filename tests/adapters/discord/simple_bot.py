"""The least bot that discord.py makes, to try the stand-in with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from adapters.discord.addresses import use_api, use_gateway
from tests.standins.discord import DiscordStandIn

Interaction = discord.Interaction[Any]


class SimpleBot(discord.Client):
    """Says what it is told to, by every way of answering that there is."""

    def __init__(self, **given: Any) -> None:
        given = {"guild_ready_timeout": 0.01, **given}  # whole seconds otherwise, for members that nobody waits for
        super().__init__(intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none(), **given)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_commands())
        self.heard: list[str] = []
        self.kept: asyncio.Queue[Interaction] = asyncio.Queue()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a session at once, where discord.py would wait for 5 s."""

    async def on_interaction(self, interaction: Interaction) -> None:
        match interaction.type:
            case discord.InteractionType.component if _clicked(interaction) == "form":
                await interaction.response.send_modal(_form())
            case discord.InteractionType.component:
                await interaction.response.edit_message(content=f"edited by {interaction.user.name}", view=None)
            case discord.InteractionType.modal_submit:
                await interaction.response.send_message(f"typed {_typed(interaction)}", ephemeral=True)
            case _:
                pass

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.heard.append(guild.name)


@asynccontextmanager
async def a_bot(standin: DiscordStandIn, **given: Any) -> AsyncIterator[SimpleBot]:
    """The bot, connected, with its commands registered."""
    use_api(standin.url)
    use_gateway(standin.gateway.url)
    async with SimpleBot(**given) as bot:
        await bot.login(standin.token)
        await bot.tree.sync()
        connecting = asyncio.create_task(bot.connect())
        await standin.gateway.ready()
        await bot.wait_until_ready()
        yield bot
        await bot.close()
        await asyncio.wait([connecting])


def _commands() -> app_commands.Group:
    group = app_commands.Group(name="pprnet", description="Research")

    @group.command(name="say", description="Says it at once")
    async def say(interaction: Interaction, word: str) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.Button(label="Next", custom_id="next"))
        view.add_item(discord.ui.Button(label="Form", custom_id="form"))
        await interaction.response.send_message(word, view=view, ephemeral=interaction.guild_id is not None)

    @group.command(name="later", description="Asks for time first")
    async def later(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="at last", attachments=[])
        await interaction.followup.send("and more", ephemeral=True)
        await interaction.delete_original_response()

    @group.command(name="twice", description="Answers twice")
    async def twice(interaction: Interaction) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None  # as a second process would, which knows nothing of the first
        try:
            await interaction.response.send_message("twice")
        except discord.HTTPException as error:
            await interaction.followup.send(f"error {error.code}")

    @group.command(name="silent", description="Leaves the answer to the test")
    async def silent(interaction: Interaction) -> None:
        await interaction.client.kept.put(interaction)

    @say.autocomplete("word")
    async def words(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}{end}", value=f"{typed}{end}") for end in ("a", "b")]

    return group


def _form() -> discord.ui.Modal:
    form = discord.ui.Modal(title="A form", custom_id="a form")
    form.add_item(discord.ui.TextInput(label="A word", custom_id="word"))
    return form


def _clicked(interaction: Interaction) -> str:
    data: Any = interaction.data
    return str(data["custom_id"])


def _typed(interaction: Interaction) -> str:
    data: Any = interaction.data
    return str(data["components"][0]["components"][0]["value"])
