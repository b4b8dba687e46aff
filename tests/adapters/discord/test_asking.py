"""Who asks, where, and what keeps them from changing what a channel gets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.wiring.app import App
from bot.channels import Asker, Channel, Workspace
from bot.requests import Request, Unclear
from bot.views import View
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import a_bot
from tests.loops import on_a_loop, until
from tests.standins import discord_payloads
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_world import (
    APP,
    CAROL,
    DIRECT,
    FOREIGN_GUILD,
    GENERAL,
    GUILD,
    HIDDEN,
    MANAGE_CHANNELS,
    MANAGE_GUILD,
    MANAGER,
    MEMBER,
    MUTE,
    OTHER_GUILD,
    READ_HISTORY,
    STRANGE,
    THREAD,
    VIEW,
)

ADMINISTRATOR = 1 << 3
PRIVATE_THREAD = 12


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), [a_post()])


@asynccontextmanager
async def watched(app: App) -> AsyncIterator[tuple[DiscordStandIn, list[Asker]]]:
    askers: list[Asker] = []

    def answer(request: Request | Unclear, asker: Asker) -> View:
        askers.append(asker)
        return app.service.answer(request)

    async with DiscordStandIn() as discord, a_bot(discord, app, answer=answer):
        yield discord, askers


async def added(discord: DiscordStandIn) -> None:
    """Remove the bot from a server, and add it again."""
    guild = discord_payloads.guild(discord.world, discord.world.guilds[OTHER_GUILD])
    del guild["unavailable"]  # which tells servers that are back from those that are new
    await discord.event("GUILD_DELETE", {"id": OTHER_GUILD}, guild=OTHER_GUILD)
    await discord.event("GUILD_CREATE", guild, guild=OTHER_GUILD)


@on_a_loop
async def test_the_core_is_told_who_asks_and_where(app: App) -> None:
    async with watched(app) as (discord, askers):
        await discord.command("latest", permissions=MANAGER)
        await discord.command("latest", channel=DIRECT)
        await discord.command("latest", channel=THREAD, permissions=MANAGER)
    in_channel, in_direct, in_thread = askers
    assert in_channel == Asker(Channel("discord", GUILD, GENERAL), "#general", user=CAROL, name="carol")
    assert in_direct == Asker(Channel("discord", "@me", DIRECT), private=True, direct=True, user=CAROL, name="carol")
    assert in_thread == Asker(Channel("discord", GUILD, THREAD), "#a thread", user=CAROL, name="carol")


@on_a_loop
async def test_a_channel_that_not_everyone_may_see_is_private(app: App) -> None:
    async with watched(app) as (discord, askers):
        await discord.command("latest", channel=HIDDEN)
        discord.world.channels[THREAD].kind = PRIVATE_THREAD
        thread = discord_payloads.channel(discord.world, discord.world.channels[THREAD])
        await discord.event("THREAD_DELETE", thread, guild=GUILD)
        thread |= discord_payloads._thread(discord.world.channels[THREAD])
        await discord.event("THREAD_CREATE", thread, guild=GUILD)
        await discord.command("latest", channel=THREAD)
    assert [asker.private for asker in askers] == [True, True]


@on_a_loop
async def test_only_people_who_manage_the_channel_or_the_server_may_change_what_it_gets(app: App) -> None:
    async with watched(app) as (discord, askers):
        for more in (0, MANAGE_CHANNELS, MANAGE_GUILD, ADMINISTRATOR):
            await discord.command("pause", permissions=MEMBER | more)
        await discord.command("pause", channel=DIRECT)
    hindered, *free = [asker.hindrance for asker in askers]
    assert hindered.startswith("Only people who may manage this channel or this server")
    assert free == ["", "", "", ""]


@on_a_loop
async def test_where_only_a_person_has_installed_it_nothing_can_be_changed(app: App) -> None:
    async with watched(app) as (discord, askers):
        await discord.command("subscribe", channel=STRANGE, permissions=MANAGER)
    [asker] = askers
    assert asker.channel == Channel("discord", FOREIGN_GUILD, STRANGE)
    assert asker.hindrance.startswith("I am not a member of this server")
    assert asker.private


@on_a_loop
async def test_between_people_nothing_can_be_changed(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = discord_payloads.interaction
    monkeypatch.setattr(discord_payloads, "interaction", lambda *given, **more: whole(*given, **more) | {"context": 2})
    async with watched(app) as (discord, askers):
        reply = await discord.command("subscribe", channel=DIRECT)
        assert reply.ephemeral
    [asker] = askers
    assert not asker.direct
    assert asker.hindrance.startswith("I cannot write into a conversation between people.")


@on_a_loop
async def test_a_channel_that_cannot_be_posted_in_is_looked_at_only_for_who_may_subscribe(app: App) -> None:
    async with watched(app) as (discord, askers):
        for name, channel, permissions in (
            ("subscribe", GENERAL, MANAGER),
            ("subscribe", MUTE, MANAGER),
            ("resume", MUTE, MANAGER),
            ("subscribe", MUTE, MEMBER),
            ("unsubscribe", MUTE, MANAGER),
            ("latest", MUTE, MANAGER),
        ):
            await discord.command(name, channel=channel, permissions=permissions)
    reachable, *mute, hindered, unsubscribing, reading = [asker.obstacle for asker in askers]
    assert reachable == hindered == unsubscribing == reading == ""
    assert all(mute)


@on_a_loop
async def test_a_server_in_which_the_bot_got_something_back_is_told_of(app: App) -> None:
    back: list[Workspace] = []

    async def came_back(where: Workspace) -> None:
        back.append(where)

    async def told() -> bool:
        return bool(back)

    async with DiscordStandIn() as discord, a_bot(discord, app, reviving=lambda _: came_back):
        world = discord.world
        general, thread = world.channels[GENERAL], world.channels[THREAD]
        await discord.event("CHANNEL_UPDATE", discord_payloads.channel(world, general) | {"topic": "x"}, guild=GUILD)
        role = discord_payloads.role(world.guilds[GUILD])
        await discord.event("GUILD_ROLE_UPDATE", {"guild_id": GUILD, "role": role | {"color": 3}}, guild=GUILD)
        member = discord_payloads.member(world, APP) | {"guild_id": GUILD}
        await discord.event("GUILD_MEMBER_UPDATE", member | {"nick": "p"}, guild=GUILD)
        await discord.event("THREAD_UPDATE", discord_payloads.channel(world, thread), guild=GUILD)
        await discord.command("latest")
        assert back == []

        general.allowed = VIEW | READ_HISTORY
        thread.archived = True
        for name, data in (
            ("CHANNEL_UPDATE", discord_payloads.channel(world, general)),
            ("GUILD_ROLE_UPDATE", {"guild_id": GUILD, "role": role | {"permissions": str(VIEW)}}),
            ("GUILD_MEMBER_UPDATE", member | {"roles": [GUILD]}),
            ("THREAD_UPDATE", discord_payloads.channel(world, thread)),
        ):
            await discord.event(name, data, guild=GUILD)
            await until(told)
            assert back == [Workspace("discord", GUILD)], name
            back.clear()

        await added(discord)
        await until(told)
        assert back == [Workspace("discord", OTHER_GUILD)]


@on_a_loop
async def failing(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async def came_back(_where: Workspace) -> None:
        raise ValueError("my own secret")

    async def logged() -> bool:
        return "in on_guild_join" in caplog.text

    async with DiscordStandIn() as discord, a_bot(discord, app, reviving=lambda _: came_back):
        await added(discord)
        await until(logged)
    assert "with ValueError, reference" in caplog.text
    assert "my own secret" not in caplog.text


def test_what_goes_wrong_where_nobody_waits_is_logged_without_words(app: App, caplog: pytest.LogCaptureFixture) -> None:
    failing(app, caplog)
