"""The stand-in's gateway against the real discord.py: lines that break, sessions that go on or begin anew."""

import asyncio

import discord as library
import pytest

from adapters.discord.addresses import use_api, use_gateway
from tests.adapters.discord.simple_bot import SimpleBot, a_bot
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_gateway import DISALLOWED_INTENTS
from tests.standins.discord_world import GUILD, OTHER_GUILD


async def answers(discord: DiscordStandIn) -> bool:
    reply = await discord.command("say", word="hello")
    return reply.message is not None


@pytest.mark.parametrize("interruption", ["reconnect", "hang up", "drop", "invalid"])
@on_a_loop
async def test_a_broken_line_is_resumed_and_what_was_missed_is_told(interruption: str) -> None:
    async with DiscordStandIn() as discord, a_bot(discord) as bot:
        match interruption:
            case "reconnect":
                await discord.gateway.reconnect()
            case "hang up":
                await discord.gateway.hang_up()
            case "invalid":
                await discord.gateway.invalidate(resumable=True)
            case _:
                discord.gateway.drop()
        await discord.event("GUILD_DELETE", {"id": OTHER_GUILD}, guild=OTHER_GUILD)
        await discord.gateway.has_resumed()
        assert discord.gateway.identified == 1
        assert await answers(discord)
        assert bot.heard == ["Journal club"]


@on_a_loop
async def test_a_session_that_is_lost_begins_anew() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        await discord.gateway.invalidate(resumable=False)
        await discord.gateway.has_identified(2)
        await discord.gateway.ready()
        assert await answers(discord)


@on_a_loop
async def test_a_session_that_discord_has_forgotten_begins_anew() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        discord.gateway.sessions.clear()
        discord.gateway.drop()
        await discord.gateway.has_identified(2)
        await discord.gateway.ready()
        assert await answers(discord)


@on_a_loop
async def test_a_gateway_that_is_away_turns_everyone_away() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        knocks = discord.gateway.knocks
        discord.gateway.away = True
        discord.gateway.drop()
        await discord.gateway.knocked(knocks + 1)
        discord.gateway.away = False
        await discord.gateway.ready()
        assert await answers(discord)


@on_a_loop
async def test_heartbeats_are_acknowledged_unless_the_gateway_is_mute() -> None:
    async with DiscordStandIn() as discord:
        discord.gateway.beat = 0.05
        async with a_bot(discord, heartbeat_timeout=0.5) as bot:
            await discord.gateway.beats(3)
            assert bot.latency < 5
            discord.gateway.mute = True
            await discord.gateway.has_resumed()  # discord.py gives a line up on which nothing is acknowledged


@pytest.mark.parametrize(("intents", "token", "code"), [(0, "wrong", 4004), (1 << 1, "", DISALLOWED_INTENTS)])
@on_a_loop
async def test_who_may_not_come_in_is_told_by_a_code(intents: int, token: str, code: int) -> None:
    async with DiscordStandIn() as discord:
        use_api(discord.url)
        use_gateway(discord.gateway.url)
        async with library.Client(intents=library.Intents._from_value(intents)) as client:
            await client.login(discord.token)
            client.http.token = token or discord.token
            with pytest.raises(library.ClientException) as error:
                await client.connect(reconnect=False)
            assert getattr(error.value, "code", DISALLOWED_INTENTS) == code


@on_a_loop
async def test_a_refusal_can_be_ordered() -> None:
    async with DiscordStandIn() as discord:
        use_api(discord.url)
        use_gateway(discord.gateway.url)
        discord.gateway.refusals.append(4013)
        async with SimpleBot() as bot:
            await bot.login(discord.token)
            with pytest.raises(library.ConnectionClosed):
                await bot.connect(reconnect=False)


class Sharded(library.AutoShardedClient):
    """Begins its sessions at once, where discord.py would wait for 5 s between two."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


@on_a_loop
async def test_every_shard_hears_of_its_own_servers() -> None:
    async with DiscordStandIn() as discord:
        use_api(discord.url)
        use_gateway(discord.gateway.url)
        discord.gateway.shards = 2
        async with Sharded(intents=library.Intents(guilds=True), shard_count=2, guild_ready_timeout=0.01) as client:
            await client.login(discord.token)
            connecting = asyncio.create_task(client.connect())
            await discord.gateway.ready(2)
            await client.wait_until_ready()
            assert {str(one.id) for one in client.guilds} == {GUILD, OTHER_GUILD}
            for guild in client.guilds:
                assert guild.shard_id == (guild.id >> 22) % 2
            await client.close()
            await asyncio.wait([connecting])


@on_a_loop
async def test_an_event_for_nobody_is_a_mistake_of_the_test() -> None:
    async with DiscordStandIn() as discord:
        with pytest.raises(AssertionError, match="nobody has identified"):
            await discord.event("GUILD_DELETE", {"id": GUILD}, guild=GUILD)
