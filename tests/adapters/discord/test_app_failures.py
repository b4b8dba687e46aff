"""What a person gets when something goes wrong, and what the log gets."""

import asyncio
import json
import logging
import re
from typing import Any

import pytest

from adapters.discord.pauses import Pauses
from adapters.discord.suggestions import Suggestions
from adapters.wiring.app import App
from bot.channels import Asker
from bot.errors import StoreError
from bot.requests import Request, Search, Unclear
from bot.topics.catalogue import Topic
from bot.views import View
from tests.adapters.discord.test_app import button_with, in_discord, said
from tests.apps import an_app
from tests.builders import a_post
from tests.discordbots import a_bot
from tests.loops import on_a_loop, until
from tests.standins.discord import DiscordStandIn, Reply
from tests.standins.discord_faults import Refusing, Reset
from tests.standins.discord_world import CAROL, DAN, DIRECT, GENERAL

TYPED = "my own secret"
CALLBACK = "POST /interactions/{id}/{token}/callback"
EDIT = "PATCH /webhooks/{app}/{token}/messages/{message}"
MESSAGE, UPDATE = 4, 7


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    posts = [a_post(f"2021-{month:02}", f"Study {month}", topics=["Burnout"]) for month in range(1, 9)]
    return an_app(tmp_path_factory.mktemp("archive"), posts)


def raising(error: Exception, app: App) -> Any:
    def answer(request: Request | Unclear, asker: Asker) -> View:
        if isinstance(request, Search):
            raise error
        return app.service.answer(request, asker)

    return answer


def actions(caplog: pytest.LogCaptureFixture, level: int = logging.WARNING) -> list[str]:
    return [record.__dict__["action"] for record in caplog.records if record.levelno >= level]


async def forged(discord: DiscordStandIn, reply: Reply, custom_id: str) -> Reply:
    """Click on a button that was made by another version."""
    assert reply.message
    rows = [{"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}]}]
    discord.world.edit(reply.message, {"components": [*reply.message.components, *rows]})
    return await discord.click(custom_id, reply)


@on_a_loop
async def unexpected(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with in_discord(app, answer=raising(ValueError(TYPED), app)) as discord:
        reply = await discord.command("search", words=TYPED)
        assert reply.ephemeral
        [reference] = re.findall(r"tell whoever runs this bot: ([0-9a-f]{8})\.", said(reply))

    [failure] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert reference in failure.getMessage()
    assert "ValueError" in failure.getMessage()
    assert TYPED not in caplog.text


def test_the_unexpected_gives_a_sentence_with_a_reference_that_the_log_has_too(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    unexpected(app, caplog)


@on_a_loop
async def test_a_known_error_gives_its_own_sentence_for_the_asker_alone(app: App) -> None:
    error = StoreError("the disk is gone", "The archive is being looked after.")
    async with in_discord(app, answer=raising(error, app)) as discord:
        for channel in (GENERAL, DIRECT):
            reply = await discord.command("search", words="x", channel=channel)
            assert error.human in said(reply)
            assert reply.ephemeral


@on_a_loop
async def test_an_error_never_replaces_what_is_there_and_never_reaches_the_channel(app: App) -> None:
    async with in_discord(app) as discord:
        first = await discord.command("latest")
        for custom_id in ("ask1:frobnicate 7", "share1:frobnicate 7", "more2:frobnicate 7", "of another version"):
            reply = await forged(discord, first, custom_id)
            assert "This button is from an older version." in said(reply)
            assert reply.ephemeral
            assert reply.message is not first.message
        assert discord.messages(user=DAN) == []


@on_a_loop
async def slow_failure(app: App, place: str) -> None:
    loop, may_answer = asyncio.get_running_loop(), asyncio.Event()

    def late(request: Request | Unclear, asker: Asker) -> View:
        if "page=2" in repr(request) or place == "share":
            asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
            raise StoreError("the disk is gone", "The archive is being looked after.")
        return app.service.answer(request, asker)

    async with in_discord(app, answer=late, pauses=Pauses(patience=0.3)) as discord:
        if place == "share":
            asked = await forged(discord, await _with_a_message(discord), "share1:latest")
            assert asked.deferred
            may_answer.set()
            assert "The archive is being looked after." in said(await asked.completed())
            assert discord.messages(user=DAN) == []
            return
        first = await discord.command("topic", topic="burnout")
        before = said(first)
        turned = await discord.click(button_with(first, "topic burnout page:2"), first)
        assert turned.deferred
        may_answer.set()
        told = await turned.followup()
        assert "The archive is being looked after." in said(told)
        assert told.to == CAROL
        assert said(first) == before


async def _with_a_message(discord: DiscordStandIn) -> Reply:
    """Return a reply whose message is there without the bot's doing."""
    reply = discord.interactions.begin(2, CAROL, GENERAL)
    reply.message = discord.world.post(GENERAL, {"components": [], "flags": 1 << 15}, to=CAROL)
    return reply


@pytest.mark.parametrize("place", ["click", "share"])
def test_an_error_after_more_time_was_asked_for_is_told_beside_what_is_there(app: App, place: str) -> None:
    slow_failure(app, place)


@on_a_loop
async def late_and_double(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with in_discord(app) as discord:
        for status, code in ((404, 10062), (400, 40060), (404, 10015), (401, 50027)):
            discord.fail(CALLBACK, Refusing(status, code))
            asking = asyncio.create_task(discord.command("latest"))
            await discord.next_call(CALLBACK)
            asking.cancel()
        discord.fail(CALLBACK, Refusing(404, 10062))
        typing = asyncio.create_task(discord.autocomplete("topic", "topic", "burn"))
        await discord.next_call(CALLBACK)
        typing.cancel()

        async def told() -> bool:
            return actions(caplog, logging.DEBUG).count("discord.late") == 5

        await until(told)
    assert [action for action in actions(caplog) if action.startswith("discord")] == []


def test_what_is_late_or_answered_twice_is_nobodys_concern(app: App, caplog: pytest.LogCaptureFixture) -> None:
    with_discord_py_silent = logging.getLogger("discord")
    with_discord_py_silent.setLevel(logging.ERROR)
    late_and_double(app, caplog)


@on_a_loop
async def unheard(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with in_discord(app) as discord:
        discord.fail(CALLBACK, Refusing(400, 50035), Refusing(400, 50035))
        asking = asyncio.create_task(discord.command("latest"))
        for _ in range(2):
            await discord.next_call(CALLBACK)
        asking.cancel()
        discord.fail(CALLBACK, Reset())
        assert "Something went wrong." in said(await discord.command("latest"))
    assert actions(caplog) == ["discord.failed"] * 3
    assert "HTTPException (400, 50035)" in caplog.text


def test_where_nobody_can_be_told_the_log_has_it(app: App, caplog: pytest.LogCaptureFixture) -> None:
    unheard(app, caplog)


@on_a_loop
async def test_a_message_that_the_person_dismissed_is_not_missed(app: App) -> None:
    loop, may_answer = asyncio.get_running_loop(), asyncio.Event()

    def late(request: Request | Unclear, asker: Asker) -> View:
        asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with in_discord(app, answer=late, pauses=Pauses(patience=0.01)) as discord:
        asked = await discord.command("latest")
        assert asked.message
        asked.message.deleted = True
        may_answer.set()
        assert (await discord.next_call(EDIT)).status == 404


@on_a_loop
async def silent(app: App, caplog: pytest.LogCaptureFixture) -> None:
    loop, may_answer = asyncio.get_running_loop(), asyncio.Event()

    def late(typed: str) -> list[Topic]:
        if typed == "slow":
            asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        raise StoreError("the disk is gone")

    slow = Suggestions(late, app.archive.topic_counts, lambda: app.offers)
    async with in_discord(app, suggestions=slow) as discord:
        assert (await discord.autocomplete("topic", "topic", "slow")).choices == []
        may_answer.set()
        assert (await discord.autocomplete("topic", "topic", TYPED)).choices == []
    assert actions(caplog) == ["discord.silent"] * 2


def test_suggestions_that_are_late_or_fail_are_none(
    app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.app._SUGGESTING", 0.01)
    silent(app, caplog)


@on_a_loop
async def cut_off(app: App, caplog: pytest.LogCaptureFixture) -> None:
    loop, asked, may_answer = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def never(request: Request | Unclear, asker: Asker) -> View:
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with DiscordStandIn() as discord:
        async with a_bot(discord, app, answer=never):
            asking = asyncio.create_task(discord.command("latest"))
            await asked.wait()
        may_answer.set()
        asking.cancel()
    assert "cut off at the end, in pieces of work: 1" in caplog.text


def test_what_takes_too_long_at_the_end_is_cut_off_and_counted(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("adapters.discord.bot._LAST_WORK", 0.01)
    cut_off(app, caplog)


@on_a_loop
async def changed(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with in_discord(app) as discord:
        [group] = discord.world.commands
        stale = json.loads(json.dumps(group["options"][0]))
        group["options"].append({**stale, "name": "frobnicate", "options": [{**stale, "type": 3, "name": "words"}]})
        reply = await discord.command("frobnicate", words="x")
        assert "That command has changed." in said(reply)
        assert reply.ephemeral
        typing = asyncio.create_task(discord.autocomplete("frobnicate", "words", "x"))
        await discord.command("latest")
        typing.cancel()
    assert actions(caplog) == ["discord.changed"]


def test_a_command_of_another_version_is_told_so(app: App, caplog: pytest.LogCaptureFixture) -> None:
    changed(app, caplog)


def test_nothing_typed_and_no_token_is_ever_logged(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "pprnet")
    caplog.set_level(logging.DEBUG, "asyncio")

    @on_a_loop
    async def everything() -> None:
        async with in_discord(app, answer=raising(ValueError(TYPED), app)) as discord:
            await discord.command("search", words=TYPED)
            await discord.autocomplete("topic", "topic", TYPED)
            await discord.command("topic", topic=TYPED)

    everything()
    assert not [word for word in (TYPED, "stand-in.discord.token", "interaction-") if word in caplog.text]
