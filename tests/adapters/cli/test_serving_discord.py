"""`pprnet discord` as a process: from its start to a signal, against a Discord on loopback."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import psycopg
import pytest

from adapters.cli.ending import until_told
from adapters.cli.main import main
from adapters.cli.serving import _serve, discord_part
from adapters.wiring import platforms
from bot.channels import Channel
from bot.settings import DiscordSettings
from bot.subscriptions import Subscription, SubscriptionState
from tests.adapters.discord.test_app import button_with, said
from tests.adapters.discord.test_asking import added
from tests.apps import NOW, an_app
from tests.builders import a_post
from tests.loops import on_a_loop, until
from tests.processes import Running, running
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_faults import Silence
from tests.standins.discord_world import APP, CAROL, LOBBY, OTHER_GUILD

Said = pytest.CaptureFixture[str]

TELL = "PUT /applications/{app}/commands"
ME = "GET /users/@me"


def environment(discord: DiscordStandIn, folder: Path) -> Mapping[str, str]:
    bare = {name: value for name, value in os.environ.items() if name != "PORT"}
    (folder / ".env").write_text("PORT=0\n")  # in the file, so that the server keeps to this machine
    database = f"sqlite:///{folder / 'pprnet.db'}"
    ours = {"DATABASE_URL": database, "DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.url}
    return {**bare, **ours}


@asynccontextmanager
async def started(discord: DiscordStandIn, folder: Path, words: str = "discord.ready:") -> AsyncIterator[Running]:
    async with running(folder, environment(discord, folder), "discord") as process:
        await process.read_until(words)
        yield process


@on_a_loop
async def test_a_clinics_first_minutes(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord:
        async with started(discord, tmp_path) as process:
            assert len(discord.calls_of(TELL)) == 1
            assert said(await discord.command("latest"))
            [offered, *_] = (await discord.autocomplete("topic", "topic", "burnou")).choices
            first = await discord.command("topic", topic=offered["value"])
            assert "Burnout: 4 summaries" in said(first)
            listed = await discord.command("topics")
            page = said(listed)
            await discord.click(button_with(listed, "topics page:2"), listed)
            assert said(listed) != page
            async with aiohttp.ClientSession() as session, session.get(f"{process.address}/ready") as response:
                assert (await response.json())["checks"] == {"database": "ok", "discord": "ok"}
            assert await process.end() == 0
            assert not [word for word in (discord.token, "burnou", "interaction-") if word in process.log]

        async with started(discord, tmp_path) as process:
            await discord.click(button_with(listed, "topics"), listed)
            assert said(listed) == page
            assert len(discord.calls_of(TELL)) == 1
            assert await process.end(signal.SIGINT) == 0


@on_a_loop
async def test_what_is_in_hand_is_finished_before_the_end(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord, started(discord, tmp_path) as process:
        asked = [asyncio.create_task(discord.command("search", words="attachment")) for _ in range(5)]
        assert not (await asked[0]).failed
        assert await process.end() == 0
        replies = await asyncio.gather(*asked)
        assert all(said(reply) for reply in replies if not reply.failed)


@on_a_loop
async def test_it_ends_in_time_while_the_gateway_is_away(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord:
        discord.gateway.away = True
        async with started(discord, tmp_path) as process:
            async with aiohttp.ClientSession() as session, session.get(f"{process.address}/ready") as response:
                assert (await response.json())["checks"]["discord"] == "not connected"
            assert await asyncio.wait_for(process.end(), 10) == 0
            assert process.log.count("discord.away") == 1


def test_it_ends_in_time_while_the_database_says_nothing(postgresql_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def serving() -> None:
        async with DiscordStandIn() as discord:
            environ = {**environment(discord, tmp_path), "DATABASE_URL": postgresql_url}
            async with running(tmp_path, environ, "discord") as process:
                await process.read_until("discord.ready:")
                with psycopg.connect(postgresql_url) as other:
                    other.execute("LOCK TABLE archive, posts IN ACCESS EXCLUSIVE MODE")
                    assert (await discord.command("latest")).deferred
                    assert await asyncio.wait_for(process.end(), 10) == 0
                assert "end.cut" in process.log

    serving()


@on_a_loop
async def test_it_ends_in_time_while_discord_hangs_at_the_start(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord:
        discord.fail(ME, Silence())
        async with running(tmp_path, environment(discord, tmp_path), "discord") as process:
            while not discord.calls_of(ME):  # noqa: ASYNC110 - the call comes from another process
                await asyncio.sleep(0.01)
            assert await asyncio.wait_for(process.end(), 10) == 0


@on_a_loop
async def test_a_wrong_token_is_one_clear_line(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord:
        environ = {**environment(discord, tmp_path), "DISCORD_TOKEN": "wrong"}
        async with running(tmp_path, environ, "discord") as process:
            assert await process.ended() == 1
        said_to_people = [line for line in process.log.splitlines() if line.startswith("pprnet: ")]
        assert len(said_to_people) == 1
        assert said_to_people[0].startswith("pprnet: Discord does not know DISCORD_TOKEN.")
        assert "Traceback" not in process.log


def test_it_serves_and_ends_within_one_process_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def ready() -> bool:
        return "answering in Discord" in caplog.text

    @on_a_loop
    async def serving() -> None:
        async with DiscordStandIn() as discord:
            app = an_app(tmp_path, [a_post()])
            app.settings = replace(app.settings, discord=DiscordSettings(discord.token, discord.url), port=0)
            ending = asyncio.create_task(until_told(_serve(app, [discord_part(app)])))
            await until(ready)
            assert (await discord.autocomplete("show", "summary", "burn")).choices
            os.kill(os.getpid(), signal.SIGTERM)
            await ending

    serving()
    assert "told to end" in caplog.text


@on_a_loop
async def test_a_server_that_is_back_gets_its_announcements_again(tmp_path: Path) -> None:
    lobby = Channel("discord", OTHER_GUILD, LOBBY)
    gone = Subscription(0, lobby, "#lobby", private=False, by=CAROL, since=NOW, state=SubscriptionState.GONE)
    async with DiscordStandIn() as discord:
        app = an_app(tmp_path, [a_post()])
        app.settings = replace(app.settings, discord=DiscordSettings(discord.token, discord.url))
        app.subscriptions.save(gone)
        async with platforms.discord_bot(app):
            await added(discord)
            await discord.next_call("POST /channels/{channel}/messages")
        kept = app.subscriptions.here(lobby)
        assert kept
        assert kept.state is SubscriptionState.ACTIVE
        [message] = discord.messages(LOBBY)
        assert "PPRNet is back" in said(message)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'pprnet.db'}")
    for name in ("DISCORD_TOKEN", "DISCORD_API_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_token_that_is_not_set_is_told(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["discord"]) == 1
    assert capsys.readouterr().err.endswith("pprnet: DISCORD_TOKEN is not set\n")


def test_the_links_are_printed_for_an_application_that_is_named(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["discord-invite", "--application", "123"]) == 0

    server, person = capsys.readouterr().out.splitlines()
    assert "client_id=123&scope=bot+applications.commands&permissions=" in server
    assert person.endswith("client_id=123&scope=applications.commands&integration_type=1")


def test_the_links_need_an_application(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["discord-invite"]) == 1
    assert "pprnet discord-invite --application ID" in capsys.readouterr().err


def test_discord_is_asked_which_application_it_is(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    @on_a_loop
    async def asking() -> None:
        async with DiscordStandIn() as discord:
            bare.setenv("DISCORD_TOKEN", discord.token)
            bare.setenv("DISCORD_API_URL", discord.url)
            assert await asyncio.to_thread(main, ["discord-invite"]) == 0

    asking()
    assert f"client_id={APP}&" in capsys.readouterr().out
