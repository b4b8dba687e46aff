"""Whether a channel can be posted in: its kind, and what the bot may do there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.channels import Kind, allowed_in, kind_of, lacking
from bot.outcomes import Gone, TryLater
from tests.adapters.discord.publishing import CHANNEL, GUILD_ROUTE, a_channel, a_publisher
from tests.loops import on_a_loop
from tests.standins.discord_faults import ErrorPage, Limited
from tests.standins.discord_world import (
    ANNOUNCEMENT,
    APP,
    ATTACH,
    DIRECT,
    FOREIGN_GUILD,
    FORUM,
    FORUM_KIND,
    GENERAL,
    GUILD,
    HIDDEN,
    LOBBY,
    MEMBER,
    MUTE,
    NEWS,
    OTHER_GUILD,
    READ_HISTORY,
    SEND,
    SEND_IN_THREADS,
    STAGE,
    STRANGE,
    THREAD,
    VIEW,
)

ADMINISTRATOR = 1 << 3


@pytest.mark.parametrize(
    ("channel", "guild"),
    [(GENERAL, GUILD), (NEWS, GUILD), (FORUM, GUILD), (THREAD, GUILD), (LOBBY, OTHER_GUILD), (DIRECT, "@me")],
)
@on_a_loop
async def test_a_channel_in_which_the_bot_may_do_what_it_needs_can_be_reached(channel: str, guild: str) -> None:
    async with a_publisher() as (publisher, _):
        assert await publisher.reach(a_channel(channel, guild)) is None


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (MUTE, "to allow Send Messages and Attach Files."),
        (HIDDEN, "PPRNet cannot see this channel"),
        (STAGE, "a channel of this kind"),
        ("12", "This channel is gone"),
    ],
)
@on_a_loop
async def test_what_is_in_the_way_is_said(channel: str, said: str) -> None:
    async with a_publisher() as (publisher, _):
        reach = await publisher.reach(a_channel(channel))
        assert isinstance(reach, Gone)
        assert said in reach.why
        assert not reach.workspace


@pytest.mark.parametrize(
    ("channel", "where", "missing"),
    [
        (FORUM, FORUM, "Create Posts"),
        (THREAD, GENERAL, "Send Messages in Threads"),
        (GENERAL, GENERAL, "Send Messages"),
    ],
)
@on_a_loop
async def test_the_permission_is_called_what_discord_calls_it_there(channel: str, where: str, missing: str) -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.channels[where].allowed &= ~(SEND | SEND_IN_THREADS)
        reach = await publisher.reach(a_channel(channel))
        assert isinstance(reach, Gone)
        assert f"to allow {missing}." in reach.why


@on_a_loop
async def test_a_locked_thread_cannot_be_reached() -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.channels[THREAD].locked = True
        reach = await publisher.reach(a_channel(THREAD))
        assert isinstance(reach, Gone)
        assert "unlock" in reach.why


@on_a_loop
async def test_a_server_without_the_bot_cannot_be_reached_as_a_whole() -> None:
    async with a_publisher() as (publisher, _):
        reach = await publisher.reach(a_channel(STRANGE, FOREIGN_GUILD))
        assert isinstance(reach, Gone)
        assert reach.workspace


@on_a_loop
async def test_while_discord_is_away_nobody_knows() -> None:
    async with a_publisher() as (publisher, discord):
        for route in (CHANNEL, GUILD_ROUTE):
            for fault in (ErrorPage(500), Limited(0.01)):
                discord.fail(route, fault)
                assert isinstance(await publisher.reach(a_channel()), TryLater)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, Kind.PLAIN), (ANNOUNCEMENT, Kind.ANNOUNCEMENT), (FORUM_KIND, Kind.FORUM), (1, Kind.DIRECT), (2, Kind.OTHER)],
)
def test_every_number_is_a_kind(number: int, kind: Kind) -> None:
    assert kind_of({"type": number}) is kind


def a_guild(everyone: int, **roles: int) -> dict[str, Any]:
    named = {GUILD: everyone, **roles}
    return {"id": GUILD, "owner_id": "1", "roles": [{"id": one, "permissions": str(may)} for one, may in named.items()]}


def a_member(*roles: str, user: str = APP) -> dict[str, Any]:
    return {"user": {"id": user}, "roles": list(roles)}


def overwritten(*overwrites: tuple[str, int, int]) -> dict[str, Any]:
    return {"permission_overwrites": [{"id": one, "allow": str(yes), "deny": str(no)} for one, yes, no in overwrites]}


def test_roles_add_up_and_overwrites_overrule_in_discords_order() -> None:
    guild = a_guild(VIEW, writers=SEND, readers=READ_HISTORY)
    both = a_member("writers", "readers")
    assert allowed_in(guild, a_member(), {}) == VIEW
    assert allowed_in(guild, both, {}) == VIEW | SEND | READ_HISTORY
    assert allowed_in(guild, both, overwritten((GUILD, 0, SEND))) == VIEW | READ_HISTORY
    assert allowed_in(guild, both, overwritten((GUILD, 0, VIEW | SEND), ("writers", VIEW, 0))) == VIEW | READ_HISTORY
    assert allowed_in(guild, both, overwritten(("readers", 0, SEND), ("writers", SEND, 0))) & SEND
    assert not allowed_in(guild, both, overwritten(("writers", SEND, 0), (APP, 0, SEND))) & SEND
    assert allowed_in(guild, both, overwritten((APP, ATTACH, 0))) & ATTACH
    assert allowed_in(guild, both, overwritten(("strangers", ATTACH, VIEW))) == VIEW | SEND | READ_HISTORY


@given(st.integers(0, MEMBER))
def test_administrators_and_owners_may_do_everything(bits: int) -> None:
    denied = overwritten((GUILD, 0, bits), (APP, 0, bits))
    for kind in Kind:
        administrator = allowed_in(a_guild(0, chiefs=ADMINISTRATOR), a_member("chiefs"), denied)
        assert lacking(kind, administrator) == ()
        assert lacking(kind, allowed_in(a_guild(0), a_member(user="1"), denied)) == ()
