"""The publisher posts once and finds what it posted: the real client against a stand-in Slack."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings

from adapters.slack.publisher import CLOCK_SKEW, SlackPublisher
from bot.outcomes import Gone, NotSent, Refused, Sent, TryLater, Unsure
from bot.views import Paragraph, View
from tests.adapters.slack.publishing import HISTORY, NOW, POST, VIEW, a_delivery, a_publisher, sent
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Silence, Truncated
from tests.standins.slack_world import ARCHIVED, ELSEWHERE, GENERAL, PRIVATE, TEAM
from tests.strategies import views


@on_a_loop
async def test_a_post_carries_its_key_and_unfurls_nothing() -> None:
    async with a_publisher() as (publisher, slack):
        outcome = await publisher.publish(a_delivery(), VIEW)
        [message] = slack.messages()
        assert outcome == sent(message)
        [call] = slack.calls
        assert call.args["metadata"]["event_payload"] == {"key": "subscription-7:edition-3"}
        assert call.args["unfurl_links"] is call.args["unfurl_media"] is False
        assert call.token == slack.bot_token
        assert "Practice implications" in call.args["text"]
        assert call.args["blocks"]


@on_a_loop
async def test_each_workspace_is_posted_to_with_its_own_token() -> None:
    async with SlackStandIn(clock=NOW.timestamp) as slack, aiohttp.ClientSession() as session:
        slack.add_workspace("T0OTHER", "xoxb-other")
        slack.world.channels["C0OTHER"] = replace(slack.world.channels[GENERAL], id="C0OTHER", team="T0OTHER")
        tokens = {TEAM: slack.bot_token, "T0OTHER": "xoxb-other"}
        publisher = SlackPublisher(session, tokens.get, base_url=slack.url)
        for delivery in (a_delivery("a"), a_delivery("b", "C0OTHER", "T0OTHER")):
            assert isinstance(await publisher.publish(delivery, VIEW), Sent)
            assert isinstance(await publisher.find(delivery), Sent)
        assert [call.token for call in slack.calls_of(POST)] == [slack.bot_token, "xoxb-other"]
        assert [call.token for call in slack.calls_of(HISTORY)] == [slack.bot_token, "xoxb-other"]


@on_a_loop
async def test_a_workspace_without_a_token_is_gone_and_nothing_is_sent() -> None:
    async with a_publisher() as (publisher, slack):
        for outcome in (
            await publisher.publish(a_delivery(team="T0GONE"), VIEW),
            await publisher.find(a_delivery(team="T0GONE")),
        ):
            assert isinstance(outcome, Gone)
            assert outcome.workspace
        assert slack.calls == []


@on_a_loop
async def test_two_posts_are_two_requests() -> None:
    async with a_publisher() as (publisher, slack):
        first = await publisher.publish(a_delivery("a"), VIEW)
        second = await publisher.publish(a_delivery("b"), VIEW)
        assert first != second
        assert len(slack.calls) == len(slack.messages()) == 2


@pytest.mark.parametrize(
    ("channel", "deed"),
    [(ELSEWHERE, "/invite @pprnet"), (ARCHIVED, "unarchive"), ("C0NOWHERE", "/invite @pprnet")],
)
@on_a_loop
async def test_a_channel_that_cannot_be_posted_in_is_gone(channel: str, deed: str) -> None:
    async with a_publisher() as (publisher, _):
        outcome = await publisher.publish(a_delivery(channel=channel), VIEW)
        assert isinstance(outcome, Gone)
        assert deed in outcome.why


@on_a_loop
async def test_cancelling_cancels() -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, Silence(accepted=True))
        posting = asyncio.ensure_future(publisher.publish(a_delivery(), VIEW))
        await slack.next_call(POST)
        posting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await posting


@on_a_loop
async def test_a_message_is_found_among_many_pages_of_others() -> None:
    async with a_publisher() as (publisher, slack):
        slack.api.history_page = 3
        sent = await publisher.publish(a_delivery("wanted"), VIEW)
        slack.world.post(GENERAL, {"text": "no metadata"})
        payload = {"event_type": "somebody_elses", "event_payload": {"key": "unwanted"}}
        slack.world.post(GENERAL, {"text": "another app's", "metadata": payload})
        for number in range(8):
            await publisher.publish(a_delivery(f"other {number}"), VIEW)
        assert await publisher.find(a_delivery("wanted")) == sent
        assert await publisher.find(a_delivery("unwanted")) == NotSent()
        assert len(slack.calls_of(HISTORY)) == 4 + 4


@pytest.mark.parametrize(("behind", "found"), [(CLOCK_SKEW - timedelta(seconds=1), True), (2 * CLOCK_SKEW, False)])
@on_a_loop
async def test_a_message_is_found_though_our_clock_is_ahead_of_slacks(behind: timedelta, found: bool) -> None:
    async with a_publisher() as (publisher, slack):
        slack.world.clock = (NOW - behind).timestamp
        await publisher.publish(a_delivery(), VIEW)
        assert isinstance(await publisher.find(a_delivery()), Sent if found else NotSent)


@on_a_loop
async def test_a_history_that_fails_on_a_later_page_has_not_been_looked_through() -> None:
    async with a_publisher() as (publisher, slack):
        slack.api.history_page = 1
        for key in ("wanted", "b", "c"):
            await publisher.publish(a_delivery(key), VIEW)
        for fault in (Truncated(), ErrorPage(500), BrokenJson(), Failing("internal_error")):
            slack.fail(HISTORY, None, Failing("rate_limited"))
            assert isinstance(await publisher.find(a_delivery("wanted")), TryLater)
            slack.fail(HISTORY, None, fault)
            assert isinstance(await publisher.find(a_delivery("wanted")), Unsure)


@pytest.mark.parametrize("channel", [ELSEWHERE, "C0NOWHERE"])
@on_a_loop
async def test_a_history_that_may_not_be_read_because_the_bot_is_out_is_gone(channel: str) -> None:
    async with a_publisher() as (publisher, _):
        finding = await publisher.find(a_delivery(channel=channel))
        assert isinstance(finding, Gone)
        assert "/invite @pprnet" in finding.why


@on_a_loop
async def test_a_history_that_may_not_be_read_for_want_of_a_scope_leaves_it_open() -> None:
    async with a_publisher() as (publisher, slack):
        slack.world.workspaces[TEAM].scopes.remove("groups:history")
        assert isinstance(await publisher.publish(a_delivery(channel=PRIVATE), VIEW), Sent)
        finding = await publisher.find(a_delivery(channel=PRIVATE))
        assert isinstance(finding, Unsure)
        assert "scope" in finding.why
        slack.fail(HISTORY, Failing("invalid_arguments"))
        assert isinstance(await publisher.find(a_delivery(channel=PRIVATE)), Unsure)


@on_a_loop
async def test_a_view_that_cannot_be_made_into_a_message_is_refused_and_nothing_is_sent() -> None:
    async with a_publisher() as (publisher, slack):
        broken: Any = View("A title", (Paragraph(None),))  # type: ignore[arg-type] # what no page makes
        assert isinstance(await publisher.publish(a_delivery(), broken), Refused)
        assert slack.calls == []


@on_a_loop
async def test_any_view_is_taken() -> None:
    async with a_publisher() as (publisher, slack):

        @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(views())
        def collect(view: View) -> None:
            collected.append(view)

        collected: list[View] = []
        collect()
        for number, view in enumerate(collected):
            assert isinstance(await publisher.publish(a_delivery(str(number)), view), Sent)
        assert len(slack.messages()) == len(collected)
