"""What a person gets when something goes wrong, and what the log gets."""

import asyncio
import logging
import re
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import names
from adapters.slack.access import SlackAccessError, enter
from adapters.web.server import served
from adapters.wiring.app import App
from bot.channels import Asker
from bot.errors import StoreError
from bot.requests import Request, Search, Unclear
from bot.views import View
from tests.apps import an_app
from tests.builders import a_post
from tests.loops import on_a_loop, until
from tests.slackbots import a_bot
from tests.standins.slack import SCOPES, SlackStandIn
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Limited, Reset
from tests.standins.slack_world import BOT_USER, DIRECT, TEAM, Message

TYPED = "my own secret"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), [a_post()])


async def whispered(slack: SlackStandIn) -> Message:
    message = (await slack.next_call("response_url")).message
    assert message
    assert message.to == "U0CAROL"
    return message


def raising(error: Exception, app: App) -> Any:
    def answer(request: Request | Unclear, asker: Asker) -> View:
        if isinstance(request, Search):
            raise error
        return app.service.answer(request, asker)

    return answer


def reference_in(text: str) -> str:
    found = re.search(r"tell whoever runs this bot: ([0-9a-f]{8})\.", text)
    assert found, text
    return found[1]


@on_a_loop
async def unexpected(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app, answer=raising(ValueError(TYPED), app)):
        await slack.command(f"search {TYPED}")
        said = (await whispered(slack)).text

    [failure] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert reference_in(said) in failure.getMessage()
    assert "ValueError" in failure.getMessage()
    assert TYPED not in caplog.text


def test_the_unexpected_gives_a_sentence_with_a_reference_that_the_log_has_too(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    unexpected(app, caplog)


@on_a_loop
async def test_a_known_error_gives_its_own_sentence_in_every_place(app: App) -> None:
    error = StoreError("the disk is gone", "The archive is being looked after.")
    async with SlackStandIn() as slack, a_bot(slack, app, answer=raising(error, app)):
        await slack.command("search x")
        assert error.human in (await whispered(slack)).text
        await slack.direct_message("what helps?")
        posted = (await slack.next_call("chat.postMessage")).message
        assert posted
        assert error.human in posted.text
        await slack.open_home()
        await slack.next_call("views.publish")
        shown = slack.home()
        assert shown
        await slack.enter(names.SEARCH, "what helps?", shown)
        await slack.next_call("views.open")
        assert error.human in str(slack.modals()[-1].blocks)


@on_a_loop
async def test_an_error_never_replaces_what_is_there_and_never_reaches_the_channel(app: App) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app):
        await slack.command("latest")
        message = await whispered(slack)
        before = message.text
        for action in ("request:1", names.SHARE):
            element = {"type": "button", "action_id": action, "value": "frobnicate 7"}
            await slack._act(element, "b", message, "U0CAROL")
            said = await whispered(slack)
            assert "This button is from an older version." in said.text
            assert said is not message
        assert message.text == before


@on_a_loop
async def faults(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app):
        for fault in (Failing("internal_error"), ErrorPage(), BrokenJson(), Limited("1"), Reset()):
            slack.fail("chat.postMessage", fault, *([fault] if isinstance(fault, Reset) else []))
            await slack.direct_message(TYPED)
            await slack.next_call("chat.postMessage")
            if isinstance(fault, Reset):
                await slack.next_call("chat.postMessage")
            posted = (await slack.next_call("chat.postMessage")).message
            assert posted
            reference_in(posted.text)
            assert posted.channel == DIRECT

    assert TYPED not in caplog.text
    assert "xoxb-" not in caplog.text


def test_what_slack_does_wrong_is_told_as_soon_as_it_listens_again(app: App, caplog: pytest.LogCaptureFixture) -> None:
    faults(app, caplog)


@on_a_loop
async def mute(app: App, caplog: pytest.LogCaptureFixture) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app):
        slack.fail("chat.postMessage", Failing("internal_error"), Failing("internal_error"))
        await slack.direct_message(TYPED)
        await slack.next_call("chat.postMessage")
        await slack.next_call("chat.postMessage")
        slack.fail("response_url", ErrorPage(404))
        await slack.command("latest")
        await slack.next_call("response_url")
        slack.fail("views.publish", Failing("internal_error"))
        await slack.open_home()
        await slack.next_call("views.publish")
        await slack.command("latest")
        assert (await slack.next_call("response_url")).ok

    assert {record.__dict__["action"] for record in caplog.records if record.levelno >= logging.WARNING} == {
        "slack.failed",
        "slack.unanswered",
    }
    assert "response_url" not in caplog.text


def test_where_nobody_can_be_told_the_log_has_it(app: App, caplog: pytest.LogCaptureFixture) -> None:
    mute(app, caplog)


@on_a_loop
async def test_a_modal_that_cannot_be_opened_is_told_in_a_modal_or_in_the_log(app: App) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app):
        await slack.open_home()
        await slack.next_call("views.publish")
        shown = slack.home()
        assert shown
        slack.fail("views.open", Failing("expired_trigger_id"), Failing("expired_trigger_id"))
        await slack.enter(names.SEARCH, "burnout", shown)
        await slack.next_call("views.open")
        await slack.next_call("views.open")
        assert not slack.modals()


@on_a_loop
async def gone(app: App, caplog: pytest.LogCaptureFixture) -> None:
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
    for event in ({"type": "app_uninstalled"}, revoked):
        async with SlackStandIn() as slack, a_bot(slack, app) as bot:
            assert await bot.ready() == ""
            assert (await slack.event(event)).acked
            await until(bot.ready)
            said = await slack.command("latest")
            assert said.body["text"].startswith("PPRNet was removed from this workspace.")
            await slack.direct_message("burnout")
        assert not slack.calls_of("chat.postMessage")
        assert not slack.calls_of("response_url")

    assert [r.getMessage() for r in caplog.records if r.__dict__.get("action") == "slack.gone"] == [
        f"the workspace {TEAM} is no longer used: the app was removed from the workspace; its settings are kept",
        f"the workspace {TEAM} is no longer used: the bot's token was revoked; its settings are kept",
    ]


def test_a_workspace_that_removed_the_app_is_left_alone(app: App, caplog: pytest.LogCaptureFixture) -> None:
    gone(app, caplog)


@on_a_loop
async def test_a_persons_own_token_that_is_revoked_is_none_of_our_business(app: App) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app):
        await slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0CAROL"]}})
        await slack.command("latest")
        await whispered(slack)


@on_a_loop
async def test_a_workspace_is_left_when_a_call_says_that_it_is_gone(app: App) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app) as bot:
        slack.fail("chat.postMessage", Failing("token_revoked"), Failing("token_revoked"))
        await slack.direct_message("burnout")
        await slack.next_call("chat.postMessage")
        await slack.next_call("chat.postMessage")
        assert await bot.ready() == "the bot's token was revoked"


@on_a_loop
async def test_a_line_that_is_lost_is_said_to_whoever_asks(app: App) -> None:
    async with SlackStandIn() as slack, a_bot(slack, app) as bot:
        slack.fail("apps.connections.open", *[Failing("internal_error")] * 3)
        slack.socket.cut()
        await until(bot.ready)
        assert await bot.ready() == "not connected"


REFUSALS = {
    "invalid_auth": "Slack does not know SLACK_BOT_TOKEN (invalid_auth).",
    "token_revoked": "The app was removed from the workspace (token_revoked).",
    "fatal_error": "Slack does not let the bot in (fatal_error).",
}


@on_a_loop
async def test_slack_says_at_the_start_why_it_lets_nobody_in(app: App) -> None:
    async with SlackStandIn() as slack:
        for code, said in REFUSALS.items():
            slack.fail("auth.test", Failing(code))
            with pytest.raises(SlackAccessError) as caught:
                async with a_bot(slack, app):
                    pass
            assert said in caught.value.human
            assert slack.bot_token not in f"{caught.value} {caught.value.human}"


@on_a_loop
async def test_a_slack_that_cannot_be_reached_is_told_in_a_sentence(app: App) -> None:
    async with SlackStandIn() as slack:
        for fault in (ErrorPage(), BrokenJson()):
            slack.fail("auth.test", fault)
            with pytest.raises(SlackAccessError) as caught:
                async with a_bot(slack, app):
                    pass
            assert "Slack cannot be reached" in caught.value.human
    with pytest.raises(SlackAccessError) as caught:
        async with a_bot(slack, app):  # the stand-in is closed by now
            pass
    assert slack.url in caught.value.human


@on_a_loop
async def test_scopes_that_are_missing_are_named_with_the_place_to_click(app: App) -> None:
    most = SCOPES.replace("chat:write ", "").replace("im:history ", "")
    async with SlackStandIn(scopes=most) as slack:
        with pytest.raises(SlackAccessError) as caught:
            async with a_bot(slack, app):
                pass
    assert "lacks the scopes chat:write and im:history." in caught.value.human
    assert "“Reinstall to Workspace”" in caught.value.human
    async with SlackStandIn(scopes=f"{most} chat:write") as slack:
        with pytest.raises(SlackAccessError, match="im:history") as caught:
            async with a_bot(slack, app):
                pass
    assert "lacks the scope im:history." in caught.value.human


@on_a_loop
async def test_a_slack_that_keeps_the_scopes_to_itself_is_let_be() -> None:
    async def who(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "team_id": TEAM, "user_id": BOT_USER})

    async with served([web.post("/api/auth.test", who)], "127.0.0.1", 0) as address:
        workspace = await enter(AsyncWebClient(base_url=f"{address}/api/"), "xoxb-1")

    assert (workspace.identity.team_id, workspace.gone) == (TEAM, "")


@on_a_loop
async def test_what_is_in_hand_at_the_end_is_finished(app: App) -> None:
    loop, asked, may_answer = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def late(request: Request | Unclear, asker: Asker) -> View:
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with SlackStandIn() as slack:
        async with a_bot(slack, app, answer=late):
            await slack.command("latest")
            await asked.wait()
            loop.call_soon(may_answer.set)
        assert [call.ok for call in slack.calls_of("response_url")] == [True]


@on_a_loop
async def cut_off(app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("adapters.slack.bot._LAST_WORK", 0.01)
    loop, asked, may_answer = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def never(request: Request | Unclear, asker: Asker) -> View:
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(may_answer.wait(), loop).result()
        return app.service.answer(request, asker)

    async with SlackStandIn() as slack:
        async with a_bot(slack, app, answer=never):
            await slack.command("latest")
            await asked.wait()
        may_answer.set()
    assert "cut off at the end, in pieces of work: 1" in caplog.text


def test_what_takes_too_long_at_the_end_is_cut_off_and_counted(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cut_off(app, monkeypatch, caplog)


def test_nothing_typed_and_no_token_is_ever_logged(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    @on_a_loop
    async def everything() -> None:
        async with SlackStandIn() as slack, a_bot(slack, app, "http"):
            await slack.command(TYPED)
            await whispered(slack)
            await slack.direct_message(TYPED)
            await slack.next_call("chat.postMessage")
            assert slack.http
            slack.http.age = 600
            await slack.command(TYPED)
            await slack.event({"type": "message", "channel_type": "im", "text": TYPED, "user": "U0CAROL"})

    everything()
    assert not [word for word in (TYPED, "xoxb-", "xapp-", "stand-in-secret", "v0=") if word in caplog.text]
