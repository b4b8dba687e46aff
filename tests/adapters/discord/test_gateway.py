"""Lines that are lost and found again: resumed, begun anew, refused, away, and hung up in time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import aiohttp
import pytest
from aiohttp import web

from adapters.discord.access import Entrance
from adapters.discord.bot import DiscordBot
from adapters.discord.client import DiscordClient
from adapters.discord.pauses import Pauses
from adapters.discord.shards import Shard, _Loss
from adapters.discord.work import Work
from adapters.web.server import served
from adapters.wiring.app import App
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import PAUSES, a_bot
from tests.loops import on_a_loop, until
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_world import GENERAL, LOBBY


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), [a_post()])


@asynccontextmanager
async def connected(app: App, shards: int = 1) -> AsyncIterator[tuple[DiscordStandIn, DiscordBot]]:
    async with DiscordStandIn() as discord:
        discord.gateway.shards = shards
        async with a_bot(discord, app) as bot:
            await until(lambda: _well(bot))
            yield discord, bot


async def _well(bot: DiscordBot) -> bool:
    return await bot.ready() == ""


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = [record for record in caplog.records if record.name == "pprnet.discord"]
    return [str(record.__dict__["action"]) for record in ours if record.levelno >= logging.INFO]


async def answers(discord: DiscordStandIn, channel: str = GENERAL) -> None:
    assert not (await discord.command("latest", channel=channel)).failed


@on_a_loop
async def test_a_line_that_is_lost_is_resumed_and_what_was_missed_is_answered(app: App) -> None:
    async with connected(app) as (discord, _):
        gateway = discord.gateway
        losses: tuple[Callable[[], Awaitable[None]], ...] = (
            gateway.reconnect,
            gateway.hang_up,
            partial(gateway.hang_up, 1000),
        )
        for times, lose in enumerate(losses, start=1):
            await lose()
            await answers(discord)
            await discord.gateway.has_resumed(times)
        discord.gateway.drop()
        await answers(discord)
        await discord.gateway.has_resumed(4)
        assert discord.gateway.identified == 1


@on_a_loop
async def test_a_line_on_which_nothing_is_answered_any_more_is_opened_anew(app: App) -> None:
    async with DiscordStandIn() as discord:
        discord.gateway.beat = 0.05
        async with a_bot(discord, app, pauses=replace(PAUSES, silence=0.5)) as bot:
            await discord.gateway.beats(2)
            discord.gateway.mute = True
            await discord.gateway.has_resumed()
            discord.gateway.mute = False
            await until(lambda: _well(bot))
            await answers(discord)
            assert discord.gateway.identified == 1


@on_a_loop
async def test_a_session_that_is_invalid_is_begun_anew(app: App) -> None:
    async with connected(app) as (discord, bot):
        await discord.gateway.invalidate(resumable=False)
        await discord.gateway.has_identified(2)
        await until(lambda: _well(bot))
        await answers(discord)
        await discord.gateway.invalidate(resumable=True)
        await discord.gateway.has_resumed()
        await answers(discord)


@on_a_loop
async def test_a_session_that_cannot_be_resumed_is_begun_anew(app: App) -> None:
    async with connected(app) as (discord, bot):
        discord.gateway.sessions.clear()
        await discord.gateway.hang_up()
        await discord.gateway.has_identified(2)
        await until(lambda: _well(bot))
        await answers(discord)
        discord.gateway.refusals += [4009]
        await discord.gateway.hang_up()
        await discord.gateway.has_identified(3)
        await until(lambda: _well(bot))


@on_a_loop
async def outage(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(app) as (discord, bot):
        for _ in range(2):
            discord.gateway.away = True
            knocks = discord.gateway.knocks
            await discord.gateway.hang_up()
            await discord.gateway.knocked(knocks + 4)
            assert await bot.ready() == "not connected"
            discord.gateway.away = False
            await until(lambda: _well(bot))
            await answers(discord)
    outages = ["discord.away", "discord.connected"] * 2
    assert told(caplog) == ["discord.registered", "discord.connected", *outages]


def test_an_outage_is_one_line_in_the_log_and_its_end_another(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outage(app, caplog)


@on_a_loop
async def away_at_the_start(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with DiscordStandIn() as discord:
        discord.gateway.away = True
        async with a_bot(discord, app) as bot:
            assert await bot.ready() == "not connected"
            await discord.gateway.knocked(3)
            discord.gateway.away = False
            await until(lambda: _well(bot))
            await answers(discord)
    assert told(caplog) == ["discord.registered", "discord.away", "discord.connected"]


def test_a_gateway_that_is_away_at_the_start_is_waited_for(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    away_at_the_start(app, caplog)


@on_a_loop
async def refused(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(app) as (discord, bot):
        discord.world.token = "another"
        await discord.gateway.hang_up()

        async def over() -> bool:
            return await bot.ready() == "Discord no longer knows the bot's token"

        await until(over)
        assert discord.gateway.knocks == 2
    assert "nothing is tried any more until the bot is started anew" in caplog.text
    assert "stand-in.discord.token" not in caplog.text


def test_a_token_that_was_taken_away_ends_all_attempts_and_is_told(app: App, caplog: pytest.LogCaptureFixture) -> None:
    refused(app, caplog)


@on_a_loop
async def many_shards(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(app, shards=2) as (discord, bot):
        await discord.gateway.ready(2)
        assert sorted(session.shard for session in discord.gateway.sessions.values()) == [(0, 2), (1, 2)]
        await answers(discord, GENERAL)
        await answers(discord, LOBBY)
        await discord.gateway.reconnect()
        await discord.gateway.has_resumed(2)
        await until(lambda: _well(bot))
    assert "connected to Discord, shard 2 of 2" in caplog.text


def test_there_are_as_many_shards_as_discord_recommends(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    many_shards(app, caplog)


@on_a_loop
async def test_shards_take_turns_where_discord_lets_one_begin_at_a_time() -> None:
    client = DiscordClient(Entrance(1, shards=3, concurrency=2), Work(), pauses=replace(PAUSES, identify=60.0))
    turn = client.gateway._turn
    await turn(0)
    await turn(1)
    waiting = asyncio.create_task(turn(2))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


@on_a_loop
async def test_a_gateway_that_hangs_holds_up_neither_the_start_nor_the_end(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.bot._FIRST_TRY", 0.01)

    async def hang(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        await hanging.wait()
        return socket

    hanging = asyncio.Event()
    async with served([web.get("/", hang)], "127.0.0.1", 0) as address, DiscordStandIn() as discord:
        monkeypatch.setattr(type(discord.gateway), "url", address.replace("http", "ws"))
        async with a_bot(discord, app) as bot:
            assert await bot.ready() == "not connected"
        hanging.set()


@on_a_loop
async def test_a_line_whose_far_end_says_no_goodbye_is_hung_up_all_the_same(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.shards._GOODBYE", 0.01)

    async def greet(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        greeted.set()
        await hanging.wait()
        return socket

    greeted, hanging = asyncio.Event(), asyncio.Event()
    async with served([web.get("/", greet)], "127.0.0.1", 0) as address, DiscordStandIn() as discord:
        monkeypatch.setattr(type(discord.gateway), "url", address.replace("http", "ws"))
        monkeypatch.setattr("adapters.discord.bot._FIRST_TRY", 0.01)
        async with a_bot(discord, app):
            await greeted.wait()
        hanging.set()


@on_a_loop
async def test_an_event_that_nobody_can_read_costs_the_line_and_no_more(app: App) -> None:
    async with connected(app) as (discord, bot):
        await discord.event("GUILD_CREATE", {"nonsense": True})
        await discord.gateway.has_resumed()
        await until(lambda: _well(bot))
        await answers(discord)


def test_pauses_grow_and_are_spread_by_chance() -> None:
    @on_a_loop
    async def counting() -> None:
        async def at_once(_shard: int) -> None:
            pass

        client = DiscordClient(Entrance(1), Work())
        shard = Shard(client, 0, at_once, Pauses(shortest=1.0, longest=8.0, longest_opened=16.0))
        lost, opened = _loss(opened=False), _loss(opened=True)
        for loss, longest in ((lost, 8.0), (opened, 16.0)):
            shard._failures = 0
            for failure in range(1, 12):
                shard._count(loss)
                pause = shard._pause(loss)
                most = min(longest, 2.0 ** (failure - 2)) if failure > 1 else 0.0
                assert most / 2 <= pause <= most
        shard._failures = 100_000
        assert shard._pause(lost) <= 8.0
        shard._count(_loss(opened=True, held=True))
        assert shard._pause(opened) == 0.0

    counting()


def _loss(*, opened: bool, held: bool = False) -> _Loss:
    return _Loss("a test", opened, held, {})


def test_a_connector_error_is_a_loss_like_any_other(app: App, caplog: pytest.LogCaptureFixture) -> None:
    @on_a_loop
    async def unreachable() -> None:
        async with DiscordStandIn() as discord:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(type(discord.gateway), "url", "ws://127.0.0.1:9")
                async with a_bot(discord, app) as bot:
                    assert await bot.ready() == "not connected"

    unreachable()
    assert aiohttp.ClientConnectorError.__name__ in caplog.text
