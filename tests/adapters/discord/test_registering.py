"""Discord is told of the commands once, and again only when they have changed."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord import commands
from adapters.wiring.app import App
from bot.commands import COMMANDS
from bot.errors import StoreError
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import Remembered, a_bot
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_faults import BrokenJson, ErrorPage, Refusing, Reset, Silence
from tests.standins.discord_world import APP

TELL = "PUT /applications/{app}/commands"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), [a_post()])


@on_a_loop
async def test_commands_are_for_servers_and_people_wherever_they_are(app: App) -> None:
    async with DiscordStandIn() as discord, a_bot(discord, app):
        [group] = discord.world.commands
    assert group["name"] == "pprnet"
    assert group["contexts"] == [0, 1, 2]
    assert group["integration_types"] == [0, 1]
    assert [one["name"] for one in group["options"]] == [command.name for command in COMMANDS]
    assert not [one for one in group["options"] if "id" in one["description"].split()]


@on_a_loop
async def test_options_are_explained_and_offered(app: App) -> None:
    async with DiscordStandIn() as discord, a_bot(discord, app):
        [group] = discord.world.commands
    options = {one["name"]: {each["name"]: each for each in one["options"]} for one in group["options"]}
    assert options["latest"] == {}
    assert options["topic"]["topic"]["required"]
    assert options["topic"]["topic"]["autocomplete"]
    assert [choice["value"] for choice in options["cite"]["style"]["choices"]] == ["apa", "bibtex", "ris"]
    assert not options["cite"]["style"]["required"]
    assert list(options["subscribe"]) == ["topics", "except"]
    assert len(options["help"]["command"]["choices"]) == len(COMMANDS)
    assert all(each["description"] != "…" for one in options.values() for each in one.values())


def test_every_option_and_purpose_belongs_to_a_command() -> None:
    assert {*commands.OPTIONS, *commands.PURPOSES} <= {command.name for command in COMMANDS}


@on_a_loop
async def test_a_second_start_tells_nothing_anew(app: App) -> None:
    known = Remembered()
    async with DiscordStandIn() as discord:
        for _ in range(3):
            async with a_bot(discord, app, registrations=known):
                assert len(discord.calls_of(TELL)) == 1
    assert list(known.known) == [APP]


@on_a_loop
async def test_a_changed_definition_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Remembered()
    async with DiscordStandIn() as discord:
        async with a_bot(discord, app, registrations=known):
            pass
        changed = (*COMMANDS[:-1], replace(COMMANDS[-1], purpose="everything in one place"))
        monkeypatch.setattr(commands, "COMMANDS", changed)
        async with a_bot(discord, app, registrations=known):
            assert discord.world.commands[0]["options"][-1]["description"] == "Everything in one place"
    assert len(discord.calls_of(TELL)) == 2


@on_a_loop
async def test_what_is_told_is_remembered_by_the_database(tmp_path: Path) -> None:
    async with DiscordStandIn() as discord:
        for _ in range(2):
            app = an_app(tmp_path)
            async with a_bot(discord, app, registrations=app.registrations):
                pass
        assert len(discord.calls_of(TELL)) == 1


@on_a_loop
async def failing(app: App, caplog: pytest.LogCaptureFixture) -> None:
    known = Remembered()
    async with DiscordStandIn() as discord:
        async with a_bot(discord, app):
            pass
        for fault in (
            Refusing(400, 50035),
            Refusing(403, 50001),
            Refusing(503),
            BrokenJson(),
            ErrorPage(200),
            Reset(),
            Silence(),
        ):
            caplog.clear()
            discord.fail(TELL, fault, fault)  # aiohttp asks twice where a connection was reset
            async with a_bot(discord, app, registrations=known) as bot:
                assert await bot.ready() == ""
                assert not (await discord.command("latest")).failed
            [line] = [one for one in caplog.records if one.levelno >= logging.WARNING]
            assert line.__dict__["action"] == "discord.unregistered"
            discord._server.faults.clear()
    assert known.known == {}


def test_a_discord_that_does_not_take_them_is_one_line_and_answers_go_on(
    app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.registering._PATIENCE", 0.5)
    failing(app, caplog)


@on_a_loop
async def forgetful(app: App, caplog: pytest.LogCaptureFixture) -> None:
    class Away(Remembered):
        def registered(self, application: str) -> str:
            raise StoreError(f"the disk of {application} is gone")

    async with DiscordStandIn() as discord, a_bot(discord, app, registrations=Away()) as bot:
        assert await bot.ready() == ""
        assert not discord.calls_of(TELL)
    assert "(StoreError)" in caplog.text


def test_a_database_that_is_away_keeps_nobody_from_answering(app: App, caplog: pytest.LogCaptureFixture) -> None:
    forgetful(app, caplog)


@on_a_loop
async def test_several_at_once_tell_the_same(app: App) -> None:
    known = Remembered()
    async with DiscordStandIn() as discord:

        async def start() -> None:
            async with a_bot(discord, app, registrations=known):
                pass

        await asyncio.gather(start(), start())
        assert len(discord.world.commands) == 1
