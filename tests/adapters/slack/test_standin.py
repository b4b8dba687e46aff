"""The stand-in behaves as Slack does: else what is tried against it proves nothing."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.simple_app import FIELD, GO, MODAL, NOW, a_client, by_http, by_socket, words
from tests.loops import on_a_loop
from tests.standins import slack_calls
from tests.standins.slack_faults import Failing
from tests.standins.slack_world import DIRECT, ELSEWHERE, GENERAL, PRIVATE, TEAM, USER

doors = pytest.mark.parametrize("door", [by_socket, by_http])


async def error_of(asking: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await asking
    return str(caught.value.response["error"])


@on_a_loop
async def test_a_token_is_told_whose_it_is_and_what_it_may_do() -> None:
    async with a_client(scopes="chat:write commands") as (client, slack):
        answer = await client.auth_test()
        assert answer["team_id"] == TEAM
        assert answer.headers["x-oauth-scopes"] == "chat:write,commands"
        assert await error_of(client.users_info(user=USER)) == "missing_scope"
        assert await error_of(AsyncWebClient("xoxb-other", base_url=slack.url).auth_test()) == "invalid_auth"
        assert await error_of(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
        assert await error_of(client.api_call("chat.shout")) == "unknown_method"


@on_a_loop
async def test_posting_needs_a_channel_that_the_bot_is_in() -> None:
    async with a_client() as (client, slack):
        assert await error_of(client.chat_postMessage(channel=ELSEWHERE, text="a")) == "not_in_channel"
        assert await error_of(client.conversations_history(channel=ELSEWHERE)) == "not_in_channel"
        await client.conversations_join(channel=ELSEWHERE)
        await client.chat_postMessage(channel=ELSEWHERE, text="a")
        slack.world.channels[PRIVATE].is_member = False
        assert await error_of(client.chat_postMessage(channel=PRIVATE, text="a")) == "channel_not_found"
        assert (await client.chat_postMessage(channel=USER, text="a"))["channel"] == DIRECT


@on_a_loop
async def test_a_history_is_newest_first_in_pages_and_shows_metadata_when_asked() -> None:
    async with a_client() as (client, _):
        metadata = {"event_type": "a_kind", "event_payload": {"key": "a"}}
        sent = [
            (await client.chat_postMessage(channel=GENERAL, text=str(number), metadata=metadata))["ts"]
            for number in range(5)
        ]
        asked = {"channel": GENERAL, "oldest": sent[0], "limit": 3, "include_all_metadata": True}
        pages = [page.data["messages"] async for page in await client.conversations_history(**asked)]
        assert [[message["text"] for message in page] for page in pages] == [["4", "3", "2"], ["1"]]
        assert pages[0][0]["metadata"] == metadata
        [latest] = (await client.conversations_history(channel=GENERAL, limit=1))["messages"]
        assert "metadata" not in latest


@on_a_loop
async def test_a_message_can_be_changed_and_taken_back() -> None:
    async with a_client() as (client, slack):
        ts = (await client.chat_postMessage(channel=GENERAL, text="before"))["ts"]
        await client.chat_update(channel=GENERAL, ts=ts, text="after")
        assert [message.text for message in slack.messages()] == ["after"]
        await client.chat_delete(channel=GENERAL, ts=ts)
        assert slack.messages() == []
        assert await error_of(client.chat_update(channel=GENERAL, ts=ts, text="after")) == "message_not_found"


@doors
@on_a_loop
async def test_a_command_is_answered_at_once_and_later(door: Any) -> None:
    async with door() as (app, _, slack):
        app.says = {"response_type": "ephemeral", "text": "one moment"}
        answer = await slack.command("topic burnout")
        assert (answer.acked, answer.body, answer.deliveries) == (True, app.says, 1)
        [command] = app.heard
        assert (command["command"], command["text"]) == ("/pprnet", "topic burnout")
        async with aiohttp.ClientSession() as session:
            for kind in ("ephemeral", "in_channel"):
                said = {"text": kind, "response_type": kind}
                assert (await session.post(command["response_url"], json=said)).status == 200
                assert (await slack.next_call("response_url")).args == said
        assert [message.text for message in slack.messages()] == ["one moment", "ephemeral", "in_channel"]
        assert [message.text for message in slack.messages(user="U0OTHER")] == ["in_channel"]


@on_a_loop
async def test_a_response_url_takes_five_answers_within_half_an_hour() -> None:
    async with by_socket() as (app, _, slack), aiohttp.ClientSession() as session:
        await slack.command("latest")
        await slack.command("latest")
        used, late = (command["response_url"] for command in app.heard)
        statuses = [(await session.post(used, json={"text": "a"})).status for _ in range(6)]
        assert statuses == [200] * 5 + [404]
        slack.world.clock = lambda: NOW + 1801
        answer = await session.post(late, json={"text": "a"})
        assert await answer.json() == {"ok": False, "error": "expired_url"}


@doors
@on_a_loop
async def test_a_click_can_replace_and_delete_what_it_was_in(door: Any) -> None:
    async with door() as (app, client, slack), aiohttp.ClientSession() as session:
        await client.chat_postMessage(channel=GENERAL, text="a", blocks=[GO])
        await client.chat_postEphemeral(channel=GENERAL, user=USER, text="b", blocks=[GO])
        everyones, mine = slack.messages()
        assert (await slack.click("Go", everyones)).acked
        assert (await slack.click("go", mine)).acked
        seen, unseen = app.heard
        assert seen["actions"][0]["value"] == "latest"
        assert seen["message"]["ts"] == everyones.ts
        assert "message" not in unseen
        assert unseen["container"] == {
            "type": "message",
            "message_ts": mine.ts,
            "channel_id": GENERAL,
            "is_ephemeral": True,
        }
        await session.post(seen["response_url"], json={"text": "c", "replace_original": True})
        await session.post(unseen["response_url"], json={"delete_original": True})
        assert [message.text for message in slack.messages()] == ["c"]


@doors
@on_a_loop
async def test_a_modal_opens_once_within_three_seconds_and_is_sent_off(door: Any) -> None:
    async with door() as (app, client, slack):
        for _ in range(2):
            await slack.command("latest")
        first, second = (command["trigger_id"] for command in app.heard)
        await client.views_open(trigger_id=first, view=MODAL)
        assert await error_of(client.views_open(trigger_id=first, view=MODAL)) == "exchanged_trigger_id"
        slack.world.clock = lambda: NOW + 4
        assert await error_of(client.views_open(trigger_id=second, view=MODAL)) == "expired_trigger_id"
        assert await error_of(client.views_open(trigger_id="none", view=MODAL)) == "invalid_trigger_id"
        [modal] = slack.modals()
        app.says = {"response_action": "errors", "errors": {"words": "No words"}}
        await slack.submit(modal, {"words": ""})
        app.says = {"response_action": "update", "view": {**MODAL, "title": words("Found")}}
        await slack.submit(modal, {"words": "burnout"})
        assert modal.view["title"]["text"] == "Found"
        app.says = None
        await slack.submit(modal)
        assert slack.modals() == []
        [*_, typed, _] = app.heard
        [block] = typed["view"]["state"]["values"].values()
        assert block["words"]["value"] == "burnout"
        assert await error_of(client.views_update(view_id=modal.id, view=MODAL)) == "not_found"


@doors
@on_a_loop
async def test_a_home_offers_menus_with_type_ahead_and_fields(door: Any) -> None:
    menu = {"type": "external_select", "action_id": "topic", "placeholder": words("A topic"), "min_query_length": 1}
    search = {**FIELD, "dispatch_action": True}
    async with door() as (app, client, slack):
        await slack.open_home()
        await client.views_publish(user_id=USER, view={"type": "home", "blocks": [GO]})
        home = slack.home()
        assert home is not None
        shown = {"type": "home", "blocks": [{"type": "actions", "elements": [menu]}, search]}
        stale = await error_of(client.views_update(view_id=home.id, hash="old", view=shown))
        await client.views_publish(user_id=USER, view=shown)
        assert stale == "hash_conflict"
        option = {"text": words("Burnout"), "value": "burnout"}
        app.says = {"options": [option]}
        assert (await slack.suggest("topic", "bur", home)).body == app.says
        app.says = None
        await slack.choose("topic", option, home)
        await slack.enter("words", "empathy", home)
        opened, asked, chosen, typed = app.heard
        assert opened["event"]["type"] == "app_home_opened"
        assert (asked["type"], asked["value"]) == ("block_suggestion", "bur")
        assert chosen["actions"][0]["selected_option"] == option
        assert typed["actions"][0]["value"] == "empathy"
        with pytest.raises(AssertionError, match="no 'nowhere'"):
            await slack.click("nowhere", home)


@on_a_loop
async def test_who_waits_for_a_call_that_never_comes_is_told_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_calls, "PATIENCE", 0.01)
    async with a_client() as (client, slack):
        slack.fail("auth.test", None, Failing("fatal_error"))
        await client.auth_test()
        assert await error_of(client.auth_test()) == "fatal_error"
        with pytest.raises(AssertionError, match=r"no chat.postMessage came; what came: auth.test, auth.test"):
            await slack.next_call("chat.postMessage")


@on_a_loop
async def test_what_slack_would_not_take_is_refused_and_fails_the_test() -> None:
    header = {"type": "header", "text": words("a" * 151)}

    async def test() -> None:
        async with a_client() as (client, slack):
            post = client.chat_postMessage(channel=GENERAL, text="a", blocks=[header])
            assert await error_of(post) == "invalid_blocks"
            assert slack.messages() == []
            slack.violations.clear()
            publish = client.views_publish(user_id=USER, view={"type": "home", "blocks": [header]})
            assert await error_of(publish) == "invalid_arguments"

    with pytest.raises(AssertionError, match=r"views.publish: /blocks/0 \(header\): text: 151 characters"):
        await test()
