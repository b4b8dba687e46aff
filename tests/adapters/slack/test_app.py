"""The bot in a workspace: what persons do there, and what they get."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack import names
from adapters.wiring.app import App
from bot.channels import Asker
from bot.model import Post
from bot.wording import parse
from tests.apps import an_app
from tests.builders import a_post
from tests.loops import on_a_loop
from tests.slackbots import DOORS, a_bot
from tests.standins.slack import SlackStandIn, find_element
from tests.standins.slack_faults import Failing
from tests.standins.slack_world import BOT, BOT_USER, DIRECT, GENERAL, Message

LONG = tuple(f"Paragraph {number} tells more about burnout. " * 12 for number in range(12))

POSTS = (
    a_post("2023-11", "Newest of all", topics=["Attachment"], summary=LONG, implications=("Mind the clock.",)),
    *(a_post(f"2021-{month:02}", f"Burnout study {month}", topics=["Burnout"]) for month in range(1, 9)),
    a_post("2020-02", "What <!channel> & *stars* do"),
)

NEWEST = POSTS[0].id


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), POSTS)


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@contextlib.asynccontextmanager
async def in_slack(app: App, door: str = "socket", **given: Any) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as slack, a_bot(slack, app, door, **given):
        yield slack


async def asked(slack: SlackStandIn, text: str) -> Message:
    answer = await slack.command(text)
    assert (answer.acked, answer.body) == (True, None)
    return await answered(slack, "response_url")


async def answered(slack: SlackStandIn, method: str) -> Message:
    message = (await slack.next_call(method)).message
    assert message
    return message


def post_called(title: str) -> Post:
    return next(post for post in POSTS if post.title == title)


ASKED = {
    "latest": "Newest of all",
    "": "How to ask",
    "month 2021-07": "July 2021",
    "month smarch": "I did not understand that",
    "topic burnout": "Burnout: 8 summaries",
    "topics": "51 topics",
    "search burnout study": "Burnout study",
    "search": "I did not understand that",
    f"show {POSTS[1].id}": "Burnout study 1",
    "show 0000": "No such summary",
    f"related {POSTS[1].id}": "Burnout study",
    "random": "2",
    f"cite {POSTS[1].id}": "Doe, J. (2020).",
    f"cite {POSTS[1].id} bibtex": "@misc",
    f"cite {POSTS[1].id} ris": "ER  -",
    "about": "PPRNet bot",
    "help search": "/pprnet search",
    "serach burnout": "I did not understand that",
}


@on_a_loop
async def every_command(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        for text, said in ASKED.items():
            message = await asked(slack, text)
            assert said in message.text, text
            assert message.to == "U0CAROL", text


def test_every_command_is_answered_for_the_asker_alone(app: App, door: str) -> None:
    every_command(app, door)


@on_a_loop
async def test_signs_that_slack_escapes_are_read_as_they_were_typed(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "topic burnout year:&gt;2022")
        assert "Burnout study" not in message.text


@on_a_loop
async def test_what_was_typed_never_becomes_markup(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "xyzzy <!channel> <@U0CAROL> &amp;lt;")
        assert "&lt;!channel&gt;" in message.text


@on_a_loop
async def paging(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        first = await asked(slack, "topic burnout")
        assert (await slack.click(_button_with(first, "topic burnout page:2"), first)).acked
        second = await answered(slack, "response_url")

        assert second is first
        assert "Burnout study 3" in second.text
        assert "Burnout study 8" not in second.text
        assert len(slack.messages()) == 1


def test_paging_replaces_the_message_in_place(app: App, door: str) -> None:
    paging(app, door)


@on_a_loop
async def test_opening_a_summary_of_a_list_replaces_the_list(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "topic burnout")
        await slack.click(_button_with(message, f"show {post_called('Burnout study 8').id}"), message)
        assert (await answered(slack, "response_url")).text.startswith("Burnout study 8")


@on_a_loop
async def modals(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        message = await asked(slack, "latest")
        before = message.text
        await slack.click(_button_with(message, f"show {NEWEST} full"), message)
        await slack.next_call("views.open")
        [modal] = slack.modals()
        assert "Paragraph 11" in str(modal.blocks)
        assert message.text == before

        await slack.click(_button_with(modal, f"cite {NEWEST} apa"), modal)
        await slack.next_call("views.update")
        assert "Doe, J. (2020)." in str(modal.blocks)
        await slack.click(_button_with(modal, f"cite {NEWEST} ris"), modal)
        await slack.next_call("views.update")
        assert "ER  -" in str(modal.blocks)


def test_long_reading_and_citations_open_in_a_modal_and_go_on_there(app: App, door: str) -> None:
    modals(app, door)


@on_a_loop
async def test_a_modal_whose_trigger_has_run_out_becomes_a_message(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "latest")
        slack.world.triggers.clear()
        slack.fail("views.open", Failing("expired_trigger_id"))
        await slack.click(_button_with(message, f"cite {NEWEST} apa"), message)
        assert "Doe, J. (2020)." in (await answered(slack, "response_url")).text


@on_a_loop
async def test_a_modal_is_opened_in_time_even_when_the_answer_is_late(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.desk._PATIENCE", 0.01)
    loop, opened = asyncio.get_running_loop(), asyncio.Event()

    def late(request: Any, asker: Asker) -> Any:
        if "cite" in str(request).casefold():
            asyncio.run_coroutine_threadsafe(opened.wait(), loop).result()
        return app.service.answer(request, asker)

    async with in_slack(app, answer=late) as slack:
        message = await asked(slack, "latest")
        await slack.click(_button_with(message, f"cite {NEWEST} apa"), message)
        await slack.next_call("views.open")
        [modal] = slack.modals()
        assert "Looking it up" in str(modal.blocks)
        opened.set()
        await slack.next_call("views.update")
        assert "Doe, J. (2020)." in str(modal.blocks)


@on_a_loop
async def sharing(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        message = await asked(slack, "topic burnout")
        await slack.click(names.SHARE, message)
        posted = await answered(slack, "response_url")

        assert posted is not message
        assert posted.to is None
        assert "<@U0CAROL>" in str(posted.blocks) + posted.text
        assert "Burnout: 8 summaries" in posted.text


def test_sharing_tells_the_channel_who_shared_what(app: App, door: str) -> None:
    sharing(app, door)


@on_a_loop
async def test_a_click_under_what_was_shared_is_answered_for_the_clicker_alone(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.click(names.SHARE, await asked(slack, "topic burnout"))
        posted = await answered(slack, "response_url")
        before = posted.text
        await slack.click(_button_with(posted, "topic burnout page:2"), posted)
        whispered = await answered(slack, "response_url")

        assert (whispered.to, posted.text) == ("U0CAROL", before)


@on_a_loop
async def home(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        await slack.open_home()
        await slack.next_call("views.publish")
        shown = slack.home()
        assert shown
        assert "Newest of all" in str(shown.blocks)

        offered = await slack.suggest(names.TOPIC, "burn", shown)
        option = offered.body["options"][0]
        assert option["text"]["text"] == "Burnout"
        await slack.choose(names.TOPIC, option, shown)
        await slack.next_call("views.open")
        assert "Burnout: 8 summaries" in str(slack.modals()[-1].blocks)

        await slack.enter(names.SEARCH, "burnout study", shown)
        await slack.next_call("views.open")
        assert "Burnout study" in str(slack.modals()[-1].blocks)


def test_the_home_has_the_newest_month_a_search_and_the_topics(app: App, door: str) -> None:
    home(app, door)


@on_a_loop
async def test_every_topic_is_offered_before_anything_is_typed(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.open_home()
        await slack.next_call("views.publish")
        shown = slack.home()
        assert shown
        offered = await slack.suggest(names.TOPIC, "", shown)
        assert len(offered.body["options"]) == len(app.topics.topics)


@on_a_loop
async def test_the_other_tab_of_the_home_changes_nothing(app: App) -> None:
    async with in_slack(app) as slack:
        event = {"type": "app_home_opened", "user": "U0CAROL", "channel": DIRECT, "tab": "messages"}
        assert (await slack.event(event)).acked
        await asked(slack, "latest")
        assert not slack.calls_of("views.publish")


@on_a_loop
async def conversing(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        await slack.mention("burnout study?")
        mentioned = await answered(slack, "chat.postMessage")
        assert (mentioned.channel, mentioned.thread_ts) == (GENERAL, None)
        assert "Burnout study" in mentioned.text

        await slack.direct_message("burnout?")
        direct = await answered(slack, "chat.postMessage")
        assert (direct.channel, direct.thread_ts) == (DIRECT, None)


def test_a_mention_and_a_direct_message_are_answered_as_a_search(app: App, door: str) -> None:
    conversing(app, door)


@on_a_loop
async def test_a_question_in_a_thread_is_answered_there(app: App) -> None:
    async with in_slack(app) as slack:
        event = {"type": "app_mention", "user": "U0CAROL", "text": f"<@{BOT_USER}> latest", "ts": "2.0"}
        root = slack.world.post(GENERAL, {"text": "Has anyone read it?"})
        await slack.event({**event, "channel": GENERAL, "thread_ts": root.ts})
        assert (await answered(slack, "chat.postMessage")).thread_ts == root.ts


@on_a_loop
async def test_a_click_in_a_direct_message_replaces_it(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.direct_message("topic burnout")
        message = await answered(slack, "chat.postMessage")
        await slack.click(_button_with(message, "topic burnout page:2"), message)
        assert await answered(slack, "response_url") is message


@on_a_loop
async def test_a_click_under_an_announcement_leaves_it_even_in_a_direct_message(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.direct_message("topic burnout")
        message = await answered(slack, "chat.postMessage")
        message.blocks[0]["block_id"] = names.DELIVERY_BLOCK
        await slack.click(_button_with(message, "topic burnout page:2"), message)
        assert await answered(slack, "response_url") is not message


@on_a_loop
async def test_bots_and_changed_messages_are_not_answered(app: App) -> None:
    said = {"type": "message", "channel_type": "im", "channel": DIRECT, "text": "burnout", "ts": "3.0"}
    nobody = [
        {**said, "user": BOT_USER, "bot_id": BOT},
        {**said, "user": "U0OTHERBOT", "bot_id": "B0OTHER"},
        {**said, "subtype": "message_changed"},
        {**said, "user": "U0CAROL", "subtype": "message_deleted"},
        {**said, "user": "U0CAROL", "channel_type": "channel"},
        {"type": "app_mention", "user": "U0OTHERBOT", "bot_id": "B0OTHER", "channel": GENERAL, "text": "x", "ts": "4"},
        {"type": "reaction_added", "user": "U0CAROL"},
    ]
    async with in_slack(app) as slack:
        for event in nobody:
            assert (await slack.event(event)).acked
        await asked(slack, "latest")
        assert not slack.calls_of("chat.postMessage")


@on_a_loop
async def repeated(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        event = {"type": "message", "channel_type": "im", "user": "U0CAROL", "text": "burnout", "ts": "5.0"}
        for _ in range(3):
            assert (await slack.event({**event, "channel": DIRECT}, event_id="Ev1")).acked
        await slack.event({**event, "channel": DIRECT}, event_id="Ev2")
        await slack.next_call("chat.postMessage")
        await slack.next_call("chat.postMessage")
        await asked(slack, "latest")
        assert len(slack.calls_of("chat.postMessage")) == 2


def test_an_event_that_comes_again_is_answered_once(app: App, door: str) -> None:
    repeated(app, door)


@on_a_loop
async def test_a_submitted_or_closed_view_and_a_link_button_are_taken_without_an_answer(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "latest")
        await slack.click(_button_with(message, f"cite {NEWEST} apa"), message)
        await slack.next_call("views.open")
        [modal] = slack.modals()
        assert (await slack.submit(modal)).acked
        element = {"type": "button", "action_id": "link", "url": "https://example.org"}
        assert (await slack._act(element, "b", message, "U0CAROL")).acked


def _button_with(where: Any, token: str) -> str:
    """Return the action_id of the button that carries a token."""
    for block in where.blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            if isinstance(element, dict) and element.get("value") == token and element["action_id"] != names.SHARE:
                assert find_element(where, element["action_id"])
                return str(element["action_id"])
    raise AssertionError(f"no button asks for {token}; {parse(token)}")
