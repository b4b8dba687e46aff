"""Who asks: what Slack says with a request, and what is asked for only where it matters."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import enter
from adapters.slack.asking import Askers, Origin
from adapters.slack.publisher import SlackPublisher
from bot.channels import NOBODY, Asker, Channel
from bot.requests import Latest, Pause, Preview, Request, Resume, Status, Subscribe, Unsubscribe
from bot.settings import Managers
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import Failing
from tests.standins.slack_world import (
    ADMIN,
    ARCHIVED,
    BETWEEN,
    DIRECT,
    ELSEWHERE,
    GENERAL,
    GUEST,
    PRIVATE,
    STRANGER,
    TEAM,
    USER,
    Person,
)

COMMAND = Origin(GENERAL, USER, "general")
CLICK = Origin(GENERAL, USER, "general", member=False)
TYPED = Origin(GENERAL, USER)


@contextlib.asynccontextmanager
async def asking(managers: Managers = Managers.MEMBERS) -> AsyncIterator[tuple[Askers, SlackStandIn]]:
    async with SlackStandIn() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, slack.url, session=session)
        workspace = await enter(client, slack.bot_token)
        publisher = SlackPublisher(session, {TEAM: slack.bot_token}.get, base_url=slack.url)
        slack.calls.clear()
        yield Askers(client, workspace, publisher, managers), slack


@pytest.mark.parametrize("request_", [Latest(), Status(), Preview()])
@on_a_loop
async def test_whoever_only_reads_is_not_asked_after(request_: Request) -> None:
    async with asking() as (askers, slack):
        asker = await askers.who(COMMAND, request_)

        assert asker == Asker(Channel("slack", TEAM, GENERAL), "#general", user=USER)
        assert slack.calls == []


@on_a_loop
async def test_what_comes_from_no_channel_comes_from_nobody() -> None:
    async with asking() as (askers, slack):
        assert await askers.who(Origin("", USER), Subscribe()) is NOBODY
        assert slack.calls == []


@pytest.mark.parametrize("request_", [Pause(), Unsubscribe()])
@on_a_loop
async def test_a_member_may_change_what_a_channel_gets(request_: Request) -> None:
    async with asking() as (askers, slack):
        asker = await askers.who(COMMAND, request_)

        assert (asker.name, asker.hindrance, asker.obstacle) == ("Carol", "", "")
        assert [call.method for call in slack.calls] == ["users.info"]


ELSEWHERES: dict[str, dict[str, Any]] = {
    "another organisation": {"team_id": "T0OTHER"},
    "another organisation of several workspaces": {"team_id": "T0OTHER", "enterprise_user": {"enterprise_id": "E1"}},
}


@pytest.mark.parametrize(
    "kind", [{"is_restricted": True}, {"is_restricted": True, "is_ultra_restricted": True}, *ELSEWHERES.values()]
)
@on_a_loop
async def test_guests_and_people_from_elsewhere_may_not(kind: dict[str, Any]) -> None:
    async with asking() as (askers, slack):
        slack.world.users[USER] = Person("eve", kind)
        asker = await askers.who(COMMAND, Subscribe())

        assert asker.hindrance.startswith("Guests, and people from other organisations, cannot change")
        assert [call.method for call in slack.calls] == ["users.info"]


@on_a_loop
async def test_whoever_is_of_another_workspace_of_the_same_organisation_is_no_guest() -> None:
    async with asking() as (askers, slack):
        slack.world.users[USER] = Person("eve", ELSEWHERES["another organisation of several workspaces"])
        askers._workspace.identity.enterprise_id = "E1"

        assert (await askers.who(COMMAND, Pause())).hindrance == ""


@on_a_loop
async def test_where_admins_manage_only_they_may() -> None:
    async with asking(Managers.ADMINS) as (askers, slack):
        assert "only its admins" in (await askers.who(COMMAND, Pause())).hindrance
        assert (await askers.who(replace(COMMAND, user=ADMIN), Pause())).hindrance == ""
        slack.world.users[USER] = Person("owner", {"is_owner": True})
        assert (await askers.who(COMMAND, Pause())).hindrance == ""
        assert (await askers.who(Origin(DIRECT, USER), Pause())).hindrance == ""


@on_a_loop
async def test_a_direct_message_is_ones_own_and_nobody_is_asked() -> None:
    async with asking(Managers.ADMINS) as (askers, slack):
        asker = await askers.who(Origin(DIRECT, GUEST, "directmessage"), Pause())

        assert asker == Asker(Channel("slack", TEAM, DIRECT), private=True, direct=True, user=GUEST)
        assert slack.calls == []


@on_a_loop
async def test_a_click_in_a_channel_counts_only_from_its_members() -> None:
    async with asking() as (askers, slack):
        slack.api.members_page = 1
        slack.world.channels[GENERAL].members = [ADMIN, GUEST, USER]
        assert (await askers.who(CLICK, Pause())).hindrance == ""
        assert len(slack.calls_of("conversations.members")) == 3
        stranger = await askers.who(replace(CLICK, user=STRANGER), Pause())
        assert stranger.hindrance == "Only members of a channel change what it gets. Join it first, and try again."
        assert stranger.name == "Dora Doe"


@on_a_loop
async def test_subscribing_joins_a_public_channel() -> None:
    async with asking() as (askers, slack):
        asker = await askers.who(Origin(ELSEWHERE, USER, "elsewhere"), Subscribe())

        assert (asker.obstacle, asker.label, asker.private) == ("", "#elsewhere", False)
        assert slack.world.channels[ELSEWHERE].is_member


@pytest.mark.parametrize(
    ("channel", "label", "private"), [(GENERAL, "#general", False), (PRIVATE, "#supervision", True)]
)
@on_a_loop
async def test_a_channel_whose_name_slack_does_not_say_is_looked_up(channel: str, label: str, private: bool) -> None:
    async with asking() as (askers, _):
        asker = await askers.who(replace(TYPED, channel=channel), Resume())

        assert (asker.label, asker.private, asker.obstacle) == (label, private, "")


@pytest.mark.parametrize(
    ("channel", "deed"),
    [(ARCHIVED, "unarchive it"), ("C0UNKNOWN", "/invite @pprnet"), (BETWEEN, "between people")],
)
@on_a_loop
async def test_what_keeps_the_bot_out_is_said(channel: str, deed: str) -> None:
    async with asking() as (askers, _):
        assert deed in (await askers.who(Origin(channel, USER), Subscribe())).obstacle


@on_a_loop
async def test_for_whom_it_is_not_the_bot_does_not_join() -> None:
    async with asking() as (askers, slack):
        await askers.who(Origin(ELSEWHERE, GUEST, "elsewhere"), Subscribe())

        assert not slack.world.channels[ELSEWHERE].is_member


@on_a_loop
async def test_where_slack_does_not_say_who_it_is_nothing_is_assumed() -> None:
    async with asking() as (askers, slack):
        slack.fail("users.info", Failing("user_not_found"))
        with pytest.raises(SlackApiError):
            await askers.who(COMMAND, Subscribe())
