"""Posting in Discord with the real client's connections, against a Discord of our own."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.outcomes import Gone, Refused, Sent
from bot.views import Code, Paragraph, View
from tests.adapters.discord.publishing import (
    GUILD_ROUTE,
    OPEN,
    POST,
    VIEW,
    a_channel,
    a_delivery,
    a_publisher,
)
from tests.loops import on_a_loop
from tests.standins.discord_faults import ErrorPage, Held, Limited, Refusing, Reset
from tests.standins.discord_world import (
    CAROL,
    DIRECT,
    FOREIGN_GUILD,
    FORUM,
    GENERAL,
    GUILD,
    HIDDEN,
    MUTE,
    STAGE,
    STRANGE,
    THREAD,
)
from tests.strategies import views


@on_a_loop
async def test_a_post_is_one_request_with_its_key_as_nonce_and_pings_nobody() -> None:
    async with a_publisher() as (publisher, discord):
        outcome = await publisher.publish(a_delivery(), VIEW)
        [message] = discord.messages()
        assert outcome == Sent(message.id, f"https://discord.com/channels/{GUILD}/{GENERAL}/{message.id}")
        [call] = discord.calls_of(POST)
        assert call.body["nonce"] == "7-3"
        assert call.body["enforce_nonce"] is True
        assert call.body["allowed_mentions"]["parse"] == []
        assert "Practice implications" in str(call.body)
        assert call.token == discord.token


@on_a_loop
async def test_what_is_too_long_goes_as_a_file_beside_the_message() -> None:
    async with a_publisher() as (publisher, discord):
        view = View("A title", (Code("β = −.31, p < .01 " * 400), *VIEW.blocks))
        for channel in (GENERAL, FORUM):
            sent = await publisher.publish(a_delivery(channel, channel), view)
            assert isinstance(sent, Sent)
            assert await publisher.find(a_delivery(channel, channel)) == sent
        [call] = discord.calls_of(POST)[:1]
        [text] = call.files.values()
        assert "β = −.31, p < .01" in text.decode()
        assert call.body["nonce"] == GENERAL


@on_a_loop
async def test_the_same_key_is_posted_once_within_the_window_of_nonces() -> None:
    async with a_publisher() as (publisher, discord):
        first = await publisher.publish(a_delivery(), VIEW)
        assert await publisher.publish(a_delivery(), VIEW) == first
        assert len(discord.messages()) == 1
        discord.api.nonce_seconds = -1
        assert await publisher.publish(a_delivery(), VIEW) != first


@on_a_loop
async def test_in_a_forum_a_delivery_begins_a_post_with_a_title() -> None:
    async with a_publisher() as (publisher, discord):
        first = await publisher.publish(a_delivery("a", FORUM), VIEW)
        assert isinstance(first, Sent)
        post = discord.world.channels[first.message]
        assert (post.name, post.parent) == ("New in November 2026", FORUM)
        assert first.url == f"https://discord.com/channels/{GUILD}/{post.id}/{post.id}"
        assert isinstance(await publisher.publish(a_delivery("b", FORUM), VIEW), Sent)
        assert len(discord.calls_of(POST)) == 1


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Burnout. " + "x" * 200, "Burnout."),
        ("One\nTwo", "One Two"),
        (" \n ", "PPRNet"),
        ("😀" * 100, "😀" * 49),
    ],
)
@on_a_loop
async def test_the_title_of_a_post_is_a_line_that_discord_takes(title: str, named: str) -> None:
    async with a_publisher() as (publisher, discord):
        sent = await publisher.publish(a_delivery(channel=FORUM), View(title, VIEW.blocks))
        assert isinstance(sent, Sent)
        assert discord.world.channels[sent.message].name.startswith(named)


@on_a_loop
async def test_a_forum_that_wants_tags_says_so() -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.channels[FORUM].tag_required = True
        outcome = await publisher.publish(a_delivery(channel=FORUM), VIEW)
        assert isinstance(outcome, Gone)
        assert "without tags" in outcome.why


@on_a_loop
async def test_a_thread_that_was_archived_is_opened_again() -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.channels[THREAD].archived = True
        discord.fail(POST, Refusing(400, 50083))
        assert isinstance(await publisher.publish(a_delivery(channel=THREAD), VIEW), Sent)
        assert len(discord.calls_of(OPEN)) == 1
        assert not discord.world.channels[THREAD].archived


@on_a_loop
async def test_a_locked_thread_is_gone_until_a_moderator_unlocks_it() -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.channels[THREAD].locked = True
        outcome = await publisher.publish(a_delivery(channel=THREAD), VIEW)
        assert isinstance(outcome, Gone)
        assert "unlock" in outcome.why


@on_a_loop
async def test_a_direct_message_has_an_address_and_is_not_published_further() -> None:
    async with a_publisher() as (publisher, discord):
        outcome = await publisher.publish(a_delivery(channel=DIRECT, guild="@me"), VIEW)
        [message] = discord.messages(DIRECT)
        assert outcome == Sent(message.id, f"https://discord.com/channels/@me/{DIRECT}/{message.id}")
    assert [call.route for call in discord.calls] == [POST]


@pytest.mark.parametrize(
    ("channel", "deed"),
    [(HIDDEN, "let it in"), (MUTE, "allow"), (STAGE, "subscribe a text channel"), ("12", "another")],
)
@on_a_loop
async def test_a_channel_that_cannot_be_posted_in_is_gone_and_its_server_is_not(channel: str, deed: str) -> None:
    async with a_publisher() as (publisher, discord):
        outcome = await publisher.publish(a_delivery(channel=channel), VIEW)
        assert isinstance(outcome, Gone)
        assert deed in outcome.why
        assert not outcome.workspace
        assert discord.world.messages == []


@on_a_loop
async def test_a_server_that_the_bot_was_removed_from_is_gone_as_a_whole() -> None:
    async with a_publisher() as (publisher, discord):
        for guild, channel in ((FOREIGN_GUILD, STRANGE), ("13", "12")):
            delivery = a_delivery(channel=channel, guild=guild)
            for outcome in (await publisher.publish(delivery, VIEW), await publisher.find(delivery)):
                assert isinstance(outcome, Gone)
                assert outcome.workspace
        for fault in (ErrorPage(500), ErrorPage(404), Limited(0.01)):
            discord.fail(GUILD_ROUTE, fault)
            outcome = await publisher.publish(a_delivery(channel=STRANGE, guild=FOREIGN_GUILD), VIEW)
            assert isinstance(outcome, Gone)
            assert not outcome.workspace


@on_a_loop
async def test_cancelling_cancels() -> None:
    async with a_publisher() as (publisher, discord):
        held = Held()
        discord.fail(POST, held)
        posting = asyncio.ensure_future(publisher.publish(a_delivery(), VIEW))
        await discord.next_call(POST)
        posting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await posting
        held.let_go.set()
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Sent)


@on_a_loop
async def test_a_view_that_cannot_be_made_into_a_message_is_refused_and_nothing_is_sent() -> None:
    async with a_publisher() as (publisher, discord):
        broken: Any = View("A title", (Paragraph(None),))  # type: ignore[arg-type] # what no page makes
        assert isinstance(await publisher.publish(a_delivery(), broken), Refused)
        assert discord.calls == []


@on_a_loop
async def test_any_view_is_taken_and_found_again() -> None:
    async with a_publisher() as (publisher, discord):

        @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(views())
        def collect(view: View) -> None:
            collected.append(view)

        collected: list[View] = []
        collect()
        for number, view in enumerate(collected):
            for channel in (GENERAL, FORUM):
                delivery = a_delivery(f"{number}-{channel[-3:]}", channel)
                sent = await publisher.publish(delivery, view)
                assert isinstance(sent, Sent)
                assert await publisher.find(delivery) == sent
        assert len(discord.messages()) == len(collected)


@on_a_loop
async def test_a_person_is_told_in_a_direct_message() -> None:
    async with a_publisher() as (publisher, discord):
        assert await publisher.tell(a_channel(), CAROL, VIEW) is True
        assert len(discord.messages(DIRECT)) == 1
        discord.world.closed_to.add(CAROL)
        assert await publisher.tell(a_channel(), CAROL, VIEW) is False
        assert await publisher.tell(a_channel(), "12", VIEW) is False
        discord.fail("POST /users/@me/channels", Reset())
        assert await publisher.tell(a_channel(), CAROL, VIEW) is False
        assert len(discord.messages(DIRECT)) == 1
