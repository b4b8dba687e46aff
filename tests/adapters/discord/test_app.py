"""The bot in a server: what persons do there, and what they get."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.discord.marks import marked
from adapters.discord.pauses import Pauses
from adapters.wiring.app import App
from bot.channels import Asker
from bot.commands import COMMANDS
from bot.model import Post
from bot.requests import Request, Unclear
from bot.views import View
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import a_bot
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn, Reply
from tests.standins.discord_payloads import EPHEMERAL
from tests.standins.discord_world import (
    DAN,
    DIRECT,
    EXTERNAL_APPS,
    GENERAL,
    MEMBER,
    STRANGE,
    Message,
    components_in,
)

LONG = tuple(f"Paragraph {number} tells more about burnout. " * 12 for number in range(12))

POSTS = (
    a_post("2023-11", "Newest of all", topics=["Attachment"], summary=LONG, implications=("Mind the clock.",)),
    *(a_post(f"2021-{month:02}", f"Burnout study {month}", topics=["Burnout"]) for month in range(1, 9)),
    a_post("2020-02", "What @everyone & *stars* do"),
)
NEWEST = POSTS[0].id

DEFERRED, DEFERRED_UPDATE, UPDATE = 5, 6, 7
"""Kinds of a first answer; see https://docs.discord.com/developers/interactions/receiving-and-responding."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), POSTS)


@contextlib.asynccontextmanager
async def in_discord(app: App, **given: Any) -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn() as discord, a_bot(discord, app, **given):
        yield discord


def said(reply: Reply | Message) -> str:
    """Return all words of a message, the buttons' included."""
    message = reply.message if isinstance(reply, Reply) else reply
    assert message
    every = components_in(message.components)
    return "\n".join([message.content, *(part.get("content") or part.get("label") or "" for part in every)])


def button_with(reply: Reply | Message, token: str) -> str:
    """Return the name of the button that carries a token."""
    message = reply.message if isinstance(reply, Reply) else reply
    assert message
    names = [str(part["custom_id"]) for part in components_in(message.components) if part.get("custom_id")]
    return next(name for name in names if name.partition(":")[2] == token)


def turns(reply: Reply) -> list[str]:
    """Return the names of the buttons that turn the parts of a long answer."""
    assert reply.message
    names = [str(part.get("custom_id")) for part in components_in(reply.message.components)]
    return [name for name in names if name.startswith("more")]


def post_called(title: str) -> Post:
    return next(post for post in POSTS if post.title == title)


STUDY = POSTS[1].id

ASKED: list[tuple[str, dict[str, str], str]] = [
    ("latest", {}, "Newest of all"),
    ("month", {"month": "2021-07"}, "July 2021"),
    ("month", {"month": "smarch"}, "I did not understand that"),
    ("topic", {"topic": "burnout"}, "Burnout: 8 summaries"),
    ("topics", {}, "topics"),
    ("search", {"words": "burnout study"}, "Burnout study"),
    ("show", {"summary": STUDY}, "Burnout study 1"),
    ("show", {"summary": "0000"}, "No such summary"),
    ("related", {"summary": STUDY}, "Burnout study"),
    ("random", {}, "20"),
    ("cite", {"summary": STUDY}, "Doe, J. (2020)."),
    ("cite", {"summary": STUDY, "style": "bibtex"}, "@misc"),
    ("cite", {"summary": STUDY, "style": "ris"}, "ER  -"),
    ("about", {}, "PPRNet bot"),
    ("help", {}, "How to ask"),
    ("help", {"command": "search"}, "/pprnet search"),
]


@on_a_loop
async def test_every_command_is_answered_for_the_asker_alone(app: App) -> None:
    async with in_discord(app) as discord:
        for name, options, words in ASKED:
            reply = await discord.command(name, options)
            assert words in said(reply), (name, options)
            assert reply.ephemeral, name
    assert {name for name, _, _ in ASKED} >= {command.name for command in COMMANDS} - {
        "subscribe", "unsubscribe", "subscriptions", "pause", "resume", "preview", "status",
    }  # fmt: skip


@on_a_loop
async def test_options_reach_the_core_as_they_would_be_typed(app: App) -> None:
    asked: list[Request | Unclear] = []

    def answer(request: Request | Unclear, asker: Asker) -> View:
        asked.append(request)
        return app.service.answer(request, asker)

    async with in_discord(app, answer=answer) as discord:
        await discord.command("subscribe", {"topics": "Burnout, Attachment", "except": "Training"})
        await discord.command("subscribe", {"except": "Training"})
        await discord.command("subscribe")
        await discord.command("topic", topic="alliance year:>2019")
    assert [repr(one) for one in asked] == [
        "Subscribe(topics='Burnout, Attachment', without='Training')",
        "Subscribe(topics='', without='Training')",
        "Subscribe(topics='', without='')",
        "TopicPosts(words='alliance year:>2019', page=1)",
    ]


@on_a_loop
async def test_paging_replaces_a_private_answer_in_place(app: App) -> None:
    async with in_discord(app) as discord:
        first = await discord.command("topic", topic="burnout")
        assert "Burnout study 8" in said(first)
        turned = await discord.click(button_with(first, "topic burnout page:2"), first)

        assert turned.callback == UPDATE
        assert turned.message is first.message
        assert "Burnout study 3" in said(first)
        assert "Burnout study 8" not in said(first)
        assert len(discord.messages()) == 1


@on_a_loop
async def test_buttons_work_after_a_restart(app: App) -> None:
    async with DiscordStandIn() as discord:
        async with a_bot(discord, app):
            first = await discord.command("topic", topic="burnout")
        async with a_bot(discord, app):
            await discord.click(button_with(first, "topic burnout page:2"), first)
            assert "Burnout study 3" in said(first)


@on_a_loop
async def test_sharing_brings_the_answer_to_the_channel_and_says_who_did(app: App) -> None:
    async with in_discord(app) as discord:
        private = await discord.command("topic", topic="burnout")
        await discord.click("Share to channel", private)

        [seen] = discord.messages(user=DAN)
        assert seen.to is None
        assert "<@900000000000000011> shared this from PPRNet" in said(seen)
        assert "Burnout study 8" in said(seen)
        assert seen.data["allowed_mentions"]["parse"] == []


@on_a_loop
async def test_a_click_on_what_others_see_is_answered_beside_it(app: App) -> None:
    async with in_discord(app) as discord:
        private = await discord.command("topic", topic="burnout")
        shared = await discord.click("Share to channel", private)
        before = said(shared)
        reply = await discord.click(button_with(shared, "topic burnout page:2"), shared, user=DAN)

        assert reply.ephemeral
        assert "Burnout study 3" in said(reply)
        assert said(shared) == before


@on_a_loop
async def test_a_long_answer_is_turned_in_parts(app: App) -> None:
    async with in_discord(app) as discord:
        reply = await discord.command("show", summary=NEWEST)
        await discord.click(button_with(reply, f"show {NEWEST} full"), reply)
        assert "Paragraph 0 " in said(reply)
        assert "Paragraph 11" not in said(reply)
        while "Paragraph 11" not in said(reply):
            await discord.click(turns(reply)[-1], reply)
        await discord.click(turns(reply)[0], reply)
        assert "Paragraph 11" not in said(reply)
        assert len(discord.messages()) == 1


@on_a_loop
async def test_a_part_of_a_shared_answer_is_read_beside_it(app: App) -> None:
    async with in_discord(app) as discord:
        reply = await discord.command("show", summary=NEWEST)
        await discord.click(button_with(reply, f"show {NEWEST} full"), reply)
        shared = await discord.click("Share to channel", reply)
        aside = await discord.click(turns(shared)[-1], shared, user=DAN)
        assert aside.ephemeral
        assert aside.message is not shared.message


@on_a_loop
async def test_in_direct_messages_answers_stay_and_are_replaced_in_place(app: App) -> None:
    async with in_discord(app) as discord:
        first = await discord.command("topic", topic="burnout", channel=DIRECT)
        assert not first.ephemeral
        assert "Share to channel" not in said(first)
        await discord.click(button_with(first, "topic burnout page:2"), first)
        assert "Burnout study 3" in said(first)
        assert len(discord.messages(DIRECT)) == 1


@on_a_loop
async def test_a_click_under_an_announcement_leaves_it_even_in_a_direct_message(app: App) -> None:
    async with in_discord(app) as discord:
        first = await discord.command("topic", topic="burnout", channel=DIRECT)
        assert first.message is not None
        first.message.data.update(marked(first.message.data, "edition-7"))
        beside = await discord.click(button_with(first, "topic burnout page:2"), first)
        assert "Burnout study 3" not in said(first)
        assert "Burnout study 3" in said(beside)
        assert len(discord.messages(DIRECT)) == 2


@on_a_loop
async def test_where_only_a_person_has_installed_it_answers_are_private(app: App) -> None:
    async with in_discord(app) as discord:
        reply = await discord.command("latest", channel=STRANGE)
        assert reply.ephemeral
        await discord.click("Share to channel", reply)
        assert [message.to for message in discord.messages(STRANGE, user=DAN)] == [None]


@on_a_loop
async def test_nothing_is_to_be_shared_where_nobody_else_would_see_it(app: App) -> None:
    async with in_discord(app) as discord:
        alone = MEMBER & ~EXTERNAL_APPS
        for channel, shareable in ((STRANGE, False), (GENERAL, True), (DIRECT, False)):
            reply = await discord.command("latest", channel=channel, permissions=alone)
            assert ("Share to channel" in said(reply)) is shareable


@on_a_loop
async def test_what_was_typed_never_becomes_markup_and_pings_nobody(app: App) -> None:
    async with in_discord(app) as discord:
        reply = await discord.command("search", words="xyzzy @everyone <@900000000000000012> **bold** [a](https://x.y)")
        text = said(reply)
        assert "**bold**" not in text
        assert "](https://x.y)" not in text
        assert reply.message
        assert reply.message.data["allowed_mentions"]["parse"] == []


@on_a_loop
async def test_topics_are_offered_by_names_and_other_words_with_their_counts(app: App) -> None:
    async with in_discord(app) as discord:
        offered = (await discord.autocomplete("topic", "topic", "burn")).choices
        assert offered[0] == {"name": "Burnout (8 summaries)", "value": "Burnout"}
        assert {"name": "Training (no summaries yet)", "value": "Training"} in offered
        assert (await discord.autocomplete("topic", "topic", "burnuot")).choices[0]["value"] == "Burnout"
        assert len((await discord.autocomplete("topic", "topic", "")).choices) == 25
        assert (await discord.autocomplete("topic", "topic", "xyzzy?!")).choices == []


@on_a_loop
async def test_several_topics_are_offered_one_after_the_other(app: App) -> None:
    async with in_discord(app) as discord:
        offered = (await discord.autocomplete("subscribe", "topics", "Burnout, attach")).choices
        assert offered[0] == {"name": "Burnout, Attachment", "value": "Burnout, Attachment"}
        again = (await discord.autocomplete("subscribe", "except", "Burnout,burn")).choices
        assert "Burnout, Burnout" not in [one["value"] for one in again]
        long = ", ".join(["Attachment"] * 9)
        for one in (await discord.autocomplete("subscribe", "topics", f"{long}, ")).choices:
            assert len(one["value"]) <= 100


@on_a_loop
async def test_summaries_are_offered_by_title_and_found_again_by_what_is_sent(app: App) -> None:
    async with in_discord(app) as discord:
        found = post_called("Burnout study 8")
        for command in ("show", "related", "cite"):
            [offered, *_] = (await discord.autocomplete(command, "summary", "burnout st")).choices
            assert offered == {"name": "Burnout study 8 (August 2021)", "value": found.id}
        assert "Burnout study 8" in said(await discord.command("show", summary=found.id))


@on_a_loop
async def test_months_that_have_summaries_are_offered(app: App) -> None:
    async with in_discord(app) as discord:
        assert (await discord.autocomplete("month", "month", "")).choices[0] == {
            "name": "November 2023",
            "value": "2023-11",
        }
        assert [one["name"] for one in (await discord.autocomplete("month", "month", "ju")).choices] == [
            "July 2021",
            "June 2021",
        ]


@on_a_loop
async def slow(app: App, place: str) -> None:
    loop, may_answer = asyncio.get_running_loop(), asyncio.Event()
    held = {"on": place == "command"}

    def late(request: Request | Unclear, asker: Asker) -> View:
        if held["on"]:
            asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with in_discord(app, answer=late, pauses=Pauses(patience=0.01 if place == "command" else 0.2)) as discord:
        asked = await discord.command("topic", topic="burnout")
        if place == "command":
            assert asked.callback == DEFERRED
            assert asked.ephemeral
            may_answer.set()
            assert "Burnout study 8" in said(await asked.completed())
            return
        held["on"] = True
        if place == "click":
            turned = await discord.click(button_with(asked, "topic burnout page:2"), asked)
            assert turned.callback == DEFERRED_UPDATE
            may_answer.set()
            assert "Burnout study 3" in said(await turned.edited())
            return
        shared = await discord.click("Share to channel", asked)
        assert shared.callback == DEFERRED
        assert shared.ephemeral
        may_answer.set()
        told = await shared.followup()
        assert told.to is None
        assert "shared this from PPRNet" in said(told)
        assert "It is in the channel now." in said(shared)


@pytest.mark.parametrize("place", ["command", "click", "share"])
def test_a_slow_answer_asks_for_time_and_follows(app: App, place: str) -> None:
    slow(app, place)


@on_a_loop
async def test_what_is_in_hand_at_the_end_is_finished(app: App) -> None:
    loop, asked, may_answer = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def late(request: Request | Unclear, asker: Asker) -> View:
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with DiscordStandIn() as discord:
        async with a_bot(discord, app, answer=late):
            asking = asyncio.create_task(discord.command("latest"))
            await asked.wait()
            loop.call_soon(may_answer.set)
        assert "Newest of all" in said(await asking)


@on_a_loop
async def test_a_flag_says_that_only_one_person_sees_an_answer(app: App) -> None:
    async with in_discord(app) as discord:
        reply = await discord.command("latest", channel=GENERAL)
        assert reply.message
        assert reply.message.data["flags"] & EPHEMERAL
        assert discord.messages(user=DAN) == []
