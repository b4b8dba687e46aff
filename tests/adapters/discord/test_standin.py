"""The stand-in against the real discord.py: what people do, what the bot answers, and what is kept of it."""

import asyncio
from datetime import UTC, datetime

import discord as library
import pytest

from adapters.discord.publisher import DiscordPublisher
from bot.outcomes import Sent
from tests.adapters.discord.publishing import CHANNEL, VIEW, a_client, a_delivery
from tests.adapters.discord.simple_bot import a_bot
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn, find_component
from tests.standins.discord_world import CAROL, DAN, DIRECT, FORUM, GENERAL, NEWS, STRANGE, THREAD

SAY = {"word": "hello"}


@on_a_loop
async def test_a_command_is_answered_and_only_the_person_sees_it() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        reply = await discord.command("say", SAY)
        assert reply.message is not None
        assert (reply.message.content, reply.ephemeral, reply.failed) == ("hello", True, False)
        assert discord.messages(user=DAN) == []
        for where in (DIRECT, STRANGE, THREAD):
            elsewhere = await discord.command("say", word="there", channel=where, user=DAN)
            assert elsewhere.message is not None
            assert elsewhere.message.channel == where
        assert not (await discord.command("say", SAY, channel=DIRECT)).ephemeral


@on_a_loop
async def test_a_click_changes_the_message_it_is_in() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        reply = await discord.command("say", SAY)
        clicked = await discord.click("Next", reply, user=DAN)
        assert clicked.message is reply.message
        assert (await reply.edited()).content == "edited by dan"
        with pytest.raises(AssertionError, match="no 'Next'"):
            find_component(reply, "Next")


@on_a_loop
async def test_a_form_is_opened_filled_in_and_sent_off() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        opened = await discord.click("form", await discord.command("say", SAY))
        assert opened.modal is not None
        answer = await discord.submit_modal(opened, {"word": "burnout"})
        assert answer.message is not None
        assert answer.message.content == "typed burnout"


@on_a_loop
async def test_what_is_typed_is_completed() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        reply = await discord.autocomplete("say", "word", "burn")
        assert [one["name"] for one in reply.choices] == ["burna", "burnb"]


@on_a_loop
async def test_a_deferred_answer_is_completed_followed_and_taken_back() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        reply = await discord.command("later")
        assert reply.deferred
        assert (await reply.edited()).content == "at last"
        assert (await reply.followup()).content == "and more"
        await reply.gone()
        assert [one.content for one in discord.messages()] == ["and more"]


@on_a_loop
async def test_an_interaction_is_answered_once() -> None:
    async with DiscordStandIn() as discord, a_bot(discord):
        reply = await discord.command("twice")
        assert (await reply.followup()).content == "error 40060"


@on_a_loop
async def test_a_bot_that_says_nothing_has_failed_and_is_too_late_afterwards() -> None:
    async with DiscordStandIn(answer_seconds=0.05) as discord, a_bot(discord) as bot:
        reply = await discord.command("silent")
        assert reply.failed
        with pytest.raises(library.NotFound) as error:
            await (await bot.kept.get()).response.send_message("too late")
        assert error.value.code == 10062


@on_a_loop
async def test_a_webhook_is_unknown_before_the_answer_and_its_token_ends() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()
    async with DiscordStandIn(clock=lambda: now) as discord, a_bot(discord) as bot:
        asking = asyncio.create_task(discord.command("silent"))
        interaction = await bot.kept.get()
        with pytest.raises(library.NotFound) as early:
            await interaction.followup.send("too early")
        assert early.value.code == 10015
        await interaction.response.send_message("in time")
        assert not (await asking).failed
        now += 901
        with pytest.raises(library.HTTPException) as late:
            await interaction.followup.send("much too late")
        assert (late.value.status, late.value.code) == (401, 50027)


@on_a_loop
async def test_history_pages_and_edits_are_as_discord_has_them() -> None:
    async with DiscordStandIn() as discord, a_bot(discord) as bot:
        channel = bot.get_channel(int(GENERAL))
        assert isinstance(channel, library.TextChannel)
        sent = [await channel.send(f"{number}") for number in range(5)]
        await sent[0].edit(content="changed")
        assert [one.content async for one in channel.history(limit=None, oldest_first=True)] == [
            *("changed", "1", "2", "3", "4")
        ]
        assert [one.content async for one in channel.history(after=sent[1], limit=2)] == ["2", "3"]
        assert [one.content async for one in channel.history(before=sent[2], limit=1)] == ["1"]
        assert len([one async for one in channel.history(around=sent[2], limit=3)]) == 3
        assert (await channel.fetch_message(sent[0].id)).nonce is None


@on_a_loop
async def test_a_nonce_brings_back_the_first_message_whatever_channel_is_named() -> None:
    async with DiscordStandIn() as discord, a_bot(discord) as bot:
        here, there = (bot.get_partial_messageable(int(one)) for one in (GENERAL, NEWS))
        first = await here.send("first", nonce="n")
        assert (await there.send("second", nonce="n")).id == first.id
        discord.world.messages[0].deleted = True
        with pytest.raises(library.NotFound):
            await here.send("third", nonce="n")
        discord.api.nonce_seconds = -1.0
        assert (await here.send("fourth", nonce="n")).id != first.id


@on_a_loop
async def test_files_arrive() -> None:
    async with DiscordStandIn() as discord, a_client(discord) as client:
        target = client.get_partial_messageable(int(GENERAL))
        await target.send("see", file=library.File(__file__, "a.txt"))
        [message] = discord.messages()
        assert b"test_files_arrive" in message.files["a.txt"]


@on_a_loop
async def test_limits_are_kept_by_channel_and_for_everything() -> None:
    now = 0.0
    async with DiscordStandIn(clock=lambda: now) as discord, a_client(discord) as client:
        discord.limits.on, discord.limits.limit, discord.limits.seconds = True, 2, 0.01
        target = client.get_partial_messageable(int(GENERAL))
        await target.send("1")
        await target.send("2")
        asking = asyncio.create_task(target.send("3"))
        await discord.next_call("POST /channels/{channel}/messages")
        now += 1
        assert (await asking).content == "3"


@on_a_loop
async def test_a_client_that_knows_its_channels_is_not_asked_about_them() -> None:
    async with DiscordStandIn() as discord, a_bot(discord) as bot, DiscordPublisher(bot) as publisher:
        for channel in (GENERAL, NEWS, FORUM):
            assert isinstance(await publisher.publish(a_delivery(channel, channel), VIEW), Sent)
        await publisher.__aexit__(None, None, None)
        assert discord.calls_of(CHANNEL) == []
        [announcement] = discord.messages(NEWS)
        assert announcement.crossposted


@on_a_loop
async def test_what_discord_would_not_take_fails_the_test_that_sent_it() -> None:
    async def send_too_much() -> None:
        async with DiscordStandIn() as discord, a_client(discord) as client:
            with pytest.raises(library.HTTPException) as error:
                await client.get_partial_messageable(int(GENERAL)).send("x" * 2001)
            assert error.value.code == 50035

    with pytest.raises(AssertionError, match="content: 2001 characters"):
        await send_too_much()


@on_a_loop
async def test_people_are_found_by_their_direct_messages() -> None:
    async with DiscordStandIn() as discord, a_client(discord) as client:
        assert (await client.create_dm(library.Object(int(CAROL)))).id == int(DIRECT)
        dan = await client.create_dm(library.Object(int(DAN)))
        await dan.send("hello")
        assert [one.content for one in discord.messages(str(dan.id), DAN)] == ["hello"]
