"""Whether the bot can post in a channel, and telling one person something."""

import pytest

from adapters.slack.rooms import address_of, is_direct, label_of
from bot.channels import Channel
from bot.outcomes import Gone, TryLater
from tests.adapters.slack.publishing import POST, SITE, VIEW, a_publisher
from tests.loops import on_a_loop
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Fault, Limited, Reset, Truncated
from tests.standins.slack_world import ARCHIVED, BETWEEN, DIRECT, ELSEWHERE, GENERAL, PRIVATE, TEAM, USER


def channel(name: str, team: str = TEAM) -> Channel:
    return Channel("slack", team, name)


@pytest.mark.parametrize(("name", "method"), [(GENERAL, "conversations.info"), (DIRECT, "conversations.history")])
@on_a_loop
async def test_where_the_bot_is_already_one_call_says_so(name: str, method: str) -> None:
    async with a_publisher() as (publisher, slack):
        assert await publisher.reach(channel(name)) is None
        assert await publisher.reach(channel(PRIVATE)) is None
        assert [call.method for call in slack.calls] == [method, "conversations.info"]


@on_a_loop
async def test_a_public_channel_is_joined() -> None:
    async with a_publisher() as (publisher, slack):
        assert await publisher.reach(channel(ELSEWHERE)) is None
        assert slack.world.channels[ELSEWHERE].is_member
        assert await publisher.reach(channel(ELSEWHERE)) is None
        assert len(slack.calls_of("conversations.join")) == 1


@pytest.mark.parametrize(
    ("name", "deed"),
    [(ARCHIVED, "unarchive it"), ("C0UNKNOWN", "/invite @pprnet"), (BETWEEN, "between people")],
)
@on_a_loop
async def test_where_the_bot_cannot_post_it_says_what_to_do(name: str, deed: str) -> None:
    async with a_publisher() as (publisher, slack):
        reach = await publisher.reach(channel(name))
        assert isinstance(reach, Gone)
        assert deed in reach.why
        assert slack.messages(name) == []


@on_a_loop
async def test_a_channel_in_which_only_some_may_post_is_forbidden() -> None:
    async with a_publisher() as (publisher, slack):
        slack.world.channels[GENERAL].is_read_only = True
        reach = await publisher.reach(channel(GENERAL))
        assert isinstance(reach, Gone)
        assert "ask an administrator" in reach.why


@pytest.mark.parametrize(
    ("code", "deed"),
    [
        ("too_many_members", "takes no more members"),
        ("channel_is_limited_access", "ask an administrator"),
        ("method_not_supported_for_channel_type", "/invite @pprnet"),
        ("is_archived", "unarchive it"),
    ],
)
@on_a_loop
async def test_a_channel_that_cannot_be_joined_says_why(code: str, deed: str) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail("conversations.join", Failing(code))
        reach = await publisher.reach(channel(ELSEWHERE))
        assert isinstance(reach, Gone)
        assert deed in reach.why


@on_a_loop
async def test_a_conversation_of_several_people_needs_what_the_app_does_not_ask_for() -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail("conversations.info", Failing("missing_scope"))
        reach = await publisher.reach(channel("G0GROUP"))
        assert isinstance(reach, Gone)
        assert "between people" in reach.why
        assert not reach.workspace


@on_a_loop
async def test_a_workspace_that_is_gone_is_gone_for_every_channel() -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail("conversations.info", Failing("token_revoked"))
        for reach in (await publisher.reach(channel(GENERAL)), await publisher.reach(channel(GENERAL, "T0OTHER"))):
            assert isinstance(reach, Gone)
            assert reach.workspace


@pytest.mark.parametrize("fault", [Truncated(), ErrorPage(), BrokenJson(), Limited("7"), Failing("internal_error")])
@on_a_loop
async def test_what_could_not_be_found_out_may_be_tried_later(fault: Fault) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail("conversations.info", fault)
        assert isinstance(await publisher.reach(channel(GENERAL)), TryLater)


@on_a_loop
async def test_a_person_is_told_in_their_direct_messages() -> None:
    async with a_publisher() as (publisher, slack):
        assert await publisher.tell(channel(GENERAL), USER, VIEW)
        [message] = slack.messages(DIRECT)
        assert "New in November 2026" in message.text
        assert message.metadata is None
        assert slack.messages(GENERAL) == []
        assert [call.method for call in slack.calls] == [POST]


@on_a_loop
async def test_whoever_cannot_be_told_is_not() -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, Failing("messages_tab_disabled"), Reset())
        assert not await publisher.tell(channel(GENERAL), USER, VIEW)
        assert not await publisher.tell(channel(GENERAL), USER, VIEW)
        assert not await publisher.tell(channel(GENERAL, "T0OTHER"), USER, VIEW)
        assert not await publisher.tell(channel(GENERAL), "U0NOBODY", VIEW)


def test_a_message_has_an_address_without_asking_for_it() -> None:
    where = channel(GENERAL)
    assert address_of(SITE, where, "1764072000.000100") == f"{SITE}archives/{GENERAL}/p1764072000000100"
    assert address_of("", where, "1.2") == f"https://slack.com/app_redirect?team={TEAM}&channel={GENERAL}"


def test_names_that_only_say_what_kind_of_conversation_it_is_are_none() -> None:
    assert label_of("research") == "#research"
    assert [label_of(name) for name in ("", "directmessage", "privategroup", "mpdm-carol--dora-1")] == [""] * 4
    assert [is_direct(name) for name in (DIRECT, GENERAL, PRIVATE)] == [True, False, False]
