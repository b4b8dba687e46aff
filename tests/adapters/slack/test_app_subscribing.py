"""Subscribing in a workspace: from the command to what is kept."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import names
from adapters.wiring.app import App
from bot.channels import Channel
from bot.model import Where
from bot.settings import Managers
from bot.subscriptions import Filter, Subscription, SubscriptionState
from tests.apps import an_app
from tests.builders import a_post
from tests.loops import on_a_loop
from tests.slackbots import DOORS, a_bot
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import Failing
from tests.standins.slack_world import (
    BOT_USER,
    DIRECT,
    ELSEWHERE,
    GENERAL,
    GUEST,
    PRIVATE,
    STRANGER,
    TEAM,
    USER,
    Message,
    ViewSeen,
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return an_app(tmp_path, [a_post(topics=["Burnout"]), a_post("2021-06", "Empathy helps", topics=["Empathy"])])


@contextlib.asynccontextmanager
async def in_slack(app: App, door: str = "socket", **given: Any) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as slack, a_bot(slack, app, door, **given):
        yield slack


async def answered(slack: SlackStandIn, method: str = "response_url") -> Message:
    message = (await slack.next_call(method)).message
    assert message
    return message


async def asked(slack: SlackStandIn, text: str, **given: str) -> Message:
    await slack.command(text, **given)
    return await answered(slack)


async def at_home(slack: SlackStandIn) -> ViewSeen:
    await slack.next_call("views.publish")
    shown = slack.home()
    assert shown
    return shown


def kept(app: App, channel: str = GENERAL) -> Subscription | None:
    return app.subscriptions.here(Channel("slack", TEAM, channel))


@on_a_loop
async def subscribing(app: App, door: str) -> None:
    async with in_slack(app, door) as slack:
        message = await asked(slack, "subscribe burnout except medication", channel=ELSEWHERE)

        assert message.to == USER
        assert "From now on this channel gets what is new about Burnout" in message.text
        subscription = kept(app, ELSEWHERE)
        assert subscription
        assert (subscription.label, subscription.private, subscription.by_name) == ("#elsewhere", False, "Carol")
        assert subscription.filter == Filter(("Burnout",), ("Medications/Pharmacotherapy",))
        assert slack.world.channels[ELSEWHERE].is_member


@pytest.mark.parametrize("door", DOORS)
def test_a_channel_subscribes_and_the_bot_joins_it(app: App, door: str) -> None:
    subscribing(app, door)


@on_a_loop
async def test_sharing_a_change_shows_the_channel_how_things_stand(app: App) -> None:
    async with in_slack(app) as slack:
        message = await asked(slack, "subscribe burnout")
        await slack.click(names.SHARE, message)
        shared = await answered(slack)

        assert shared.to is None
        assert "shared this from PPRNet" in shared.text
        assert "This channel gets what is new about Burnout." in shared.text


@on_a_loop
async def test_a_private_channel_that_the_bot_is_not_in_is_told_how_to_invite_it(app: App) -> None:
    async with in_slack(app) as slack:
        slack.world.channels[PRIVATE].is_member = False
        message = await asked(slack, "subscribe", channel=PRIVATE)
        assert "/invite @pprnet" in message.text
        assert kept(app, PRIVATE) is None

        slack.world.channels[PRIVATE].is_member = True
        await slack.click("Try again", message)
        assert "From now on this channel gets every new summary." in (await answered(slack)).text
        subscription = kept(app, PRIVATE)
        assert subscription
        assert (subscription.label, subscription.private) == ("#supervision", True)


@on_a_loop
async def test_a_guest_may_look_and_change_nothing(app: App) -> None:
    async with in_slack(app) as slack:
        assert "Guests" in (await asked(slack, "subscribe", user=GUEST)).text
        assert kept(app) is None
        assert "This channel has not subscribed." in (await asked(slack, "status", user=GUEST)).text


@on_a_loop
async def test_where_admins_manage_a_member_is_told_so(app: App) -> None:
    async with in_slack(app, managers=Managers.ADMINS) as slack:
        assert "only its admins" in (await asked(slack, "subscribe")).text
        assert kept(app) is None


@on_a_loop
async def test_whoever_only_looks_into_a_channel_cannot_end_what_it_gets(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.click(names.SHARE, await asked(slack, "subscribe"))
        shared = await answered(slack)
        await slack.click("Unsubscribe", shared, user=STRANGER)
        said = await answered(slack)
        assert said.to == STRANGER
        assert "Only members of a channel" in said.text
        await slack.click("Pause", shared)
        assert "Paused" in (await answered(slack)).text
        subscription = kept(app)
        assert subscription
        assert subscription.state is SubscriptionState.PAUSED


@on_a_loop
async def test_a_mention_subscribes_the_channel_it_is_in(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.mention("subscribe burnout")
        assert "From now on this channel gets" in (await answered(slack, "chat.postMessage")).text
        subscription = kept(app)
        assert subscription
        assert subscription.label == "#general"


@on_a_loop
async def test_a_direct_message_subscribes_for_oneself(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.direct_message("subscribe empathy")
        message = await answered(slack, "chat.postMessage")
        assert "From now on you get what is new about Empathy here." in message.text
        subscription = kept(app, DIRECT)
        assert subscription
        assert (subscription.private, subscription.by) == (True, USER)
        assert not slack.calls_of("users.info")


@on_a_loop
async def test_the_home_shows_ones_own_subscription_and_changes_it(app: App) -> None:
    async with in_slack(app) as slack:
        await slack.open_home()
        shown = await at_home(slack)
        assert "You have not subscribed here." in str(shown.blocks)

        await slack.click("Subscribe to everything", shown)
        await slack.next_call("views.open")
        assert "From now on you get every new summary here." in str(slack.modals()[-1].blocks)
        shown = await at_home(slack)
        assert "You get every new summary here." in str(shown.blocks)

        await slack.click("Pause", slack.modals()[-1])
        await slack.next_call("views.update")
        assert "It is paused" in str((await at_home(slack)).blocks)
        subscription = kept(app, DIRECT)
        assert subscription
        assert subscription.state is SubscriptionState.PAUSED


@on_a_loop
async def test_a_modal_knows_the_channel_it_was_opened_in(app: App) -> None:
    async with in_slack(app) as slack:
        await asked(slack, "subscribe")
        message = await asked(slack, "latest")
        post = app.archive.page(Where(), limit=1).posts[0]
        element = {"type": "button", "action_id": "request:1", "value": f"cite {post.id} apa"}
        await slack._act(element, "b", message, USER)
        await slack.next_call("views.open")
        [modal] = slack.modals()
        pause = {"type": "button", "action_id": "request:9", "value": "pause"}
        await slack._act(pause, "b", modal, USER)
        await slack.next_call("views.update")
        subscription = kept(app)
        assert subscription
        assert subscription.state is SubscriptionState.PAUSED
        assert not slack.calls_of("views.publish")


@on_a_loop
async def test_if_slack_does_not_say_who_it_is_nothing_is_changed(app: App) -> None:
    async with in_slack(app) as slack:
        slack.fail("users.info", Failing("internal_error"))
        assert "Something went wrong." in (await asked(slack, "subscribe")).text
        assert kept(app) is None


@on_a_loop
async def test_a_channel_that_is_back_is_told_on(app: App) -> None:
    back: list[Channel] = []

    async def came_back(channel: Channel) -> None:
        back.append(channel)

    async with in_slack(app, came_back=came_back) as slack:
        await slack.event({"type": "channel_unarchive", "channel": "C1", "user": USER})
        await slack.event({"type": "group_unarchive", "channel": "C2", "user": USER})
        await slack.event({"type": "member_joined_channel", "channel": "C3", "user": BOT_USER, "channel_type": "C"})
        await slack.event({"type": "member_joined_channel", "channel": "C4", "user": USER, "channel_type": "C"})
        await asked(slack, "latest")
    assert back == [Channel("slack", TEAM, channel) for channel in ("C1", "C2", "C3")]


@on_a_loop
async def test_without_anyone_to_tell_a_channel_that_is_back_is_taken_note_of(app: App) -> None:
    async with in_slack(app) as slack:
        assert (await slack.event({"type": "channel_unarchive", "channel": "C1", "user": USER})).acked
        await asked(slack, "latest")
