"""Being let in, and not being let in."""

import asyncio
import logging
import socket
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from adapters.discord.access import DiscordAccessError, Entrance, enter
from adapters.web.server import served
from adapters.wiring.app import App
from bot.settings import DiscordSettings
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import a_bot
from tests.loops import on_a_loop, until
from tests.standins import discord_payloads
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_faults import BrokenJson, ErrorPage, Limited, Refusing, Reset, Silence
from tests.standins.discord_world import APP

ME, WHO, GATEWAY = "GET /users/@me", "GET /oauth2/applications/@me", "GET /gateway/bot"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), [a_post()])


async def _called(discord: DiscordStandIn) -> bool:
    return bool(discord.calls)


async def turned_away(discord: DiscordStandIn, token: str = "") -> DiscordAccessError:
    with pytest.raises(DiscordAccessError) as caught:
        await enter(DiscordSettings(token or discord.token, discord.url))
    assert discord.token not in f"{caught.value} {caught.value.human}"
    return caught.value


@on_a_loop
async def test_whoever_is_let_in_knows_what_discord_recommends() -> None:
    async with DiscordStandIn() as discord:
        discord.gateway.shards = 3
        assert await enter(DiscordSettings(discord.token, discord.url)) == Entrance(int(APP), shards=3, concurrency=1)


@on_a_loop
async def test_a_token_that_discord_does_not_know_is_told_with_the_place_to_click() -> None:
    async with DiscordStandIn() as discord:
        error = await turned_away(discord, "wrong")
        assert error.human.startswith("Discord does not know DISCORD_TOKEN.")
        assert "“Reset Token”" in error.human
        assert len(discord.calls) == 1


@on_a_loop
async def test_whatever_keeps_discord_away_is_one_sentence() -> None:
    async with DiscordStandIn() as discord:
        for route, fault in (
            (ME, BrokenJson()),
            (ME, ErrorPage(503)),
            (ME, Reset()),
            (WHO, BrokenJson()),
            (GATEWAY, Refusing(400)),
        ):
            discord.fail(route, fault, *([fault] * 4 if isinstance(fault, Reset) else []))
            assert "Discord cannot be reached at" in (await turned_away(discord)).human
            discord._server.faults.clear()
        discord.fail(ME, Refusing(403, 40333))
        assert (await turned_away(discord)).human == "Discord does not let the bot in (403, 40333)."
        discord.fail(ME, Limited(via=False))
        assert (await turned_away(discord)).human == "Discord does not let the bot in (429)."


@on_a_loop
async def test_a_discord_that_says_nothing_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.access._PATIENCE", 0.01)
    async with DiscordStandIn() as discord:
        discord.fail(ME, Silence())
        assert "Discord cannot be reached at" in (await turned_away(discord)).human


@on_a_loop
async def test_an_address_that_is_none_or_where_nobody_is_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/api/v10", "https://"):
        with pytest.raises(DiscordAccessError, match="could not be reached"):
            await enter(DiscordSettings("x", url))


@on_a_loop
async def test_commands_that_are_sent_elsewhere_are_told_with_the_place_to_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = discord_payloads.application

    def elsewhere(world: Any) -> dict[str, Any]:
        return whole(world) | {"interactions_endpoint_url": "https://example.org"}

    monkeypatch.setattr(discord_payloads, "application", elsewhere)
    async with DiscordStandIn() as discord:
        assert "empty “Interactions Endpoint URL”" in (await turned_away(discord)).human


@on_a_loop
async def test_being_turned_away_at_the_second_door_is_told_like_at_the_first(app: App) -> None:
    async with DiscordStandIn() as discord:
        discord.fail(ME, None, Refusing(401))
        with pytest.raises(DiscordAccessError, match="the token was refused"):
            async with a_bot(discord, app):
                pass


@on_a_loop
async def test_a_start_can_be_broken_off(app: App) -> None:
    async with DiscordStandIn() as discord:
        discord.fail(ME, Silence())

        async def start() -> None:
            async with a_bot(discord, app):
                pass

        starting = asyncio.create_task(start())
        await until(partial(_called, discord))
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting


def test_what_discord_py_says_is_said_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    from adapters.discord.quiet import quieten

    quieten()
    library = logging.getLogger("discord.gateway")
    library.warning("a token: %s", "secret")
    try:
        raise ValueError("secret")
    except ValueError:
        library.exception("a payload: %s", "secret")
    library.error("words: %s", "secret")

    [first, second] = caplog.records
    assert first.getMessage().startswith("discord.py speaks up in test_access, line ")
    assert first.getMessage().endswith("(ValueError)")
    assert second.__dict__["action"] == "discord.library"
    assert "secret" not in caplog.text


async def _page(_request: web.Request) -> web.Response:
    return web.Response(text="<html>Welcome to our proxy</html>", content_type="text/html")


@on_a_loop
async def test_a_proxy_that_answers_in_discords_place_is_told() -> None:
    async with served([web.get("/api/v10/users/@me", _page)], "127.0.0.1", 0) as address:
        with pytest.raises(DiscordAccessError, match="TypeError"):
            await enter(DiscordSettings("x", f"{address}/api/v10"))
