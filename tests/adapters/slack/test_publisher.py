"""The publisher and its outcomes: the real client, against a Slack that goes wrong in every way."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.outcomes import finding_of, outcome_of
from adapters.slack.publisher import CLOCK_SKEW, SlackPublisher
from bot.outcomes import Channel, Delivery, Gone, NotSent, Refused, Sent, TryLater, Unsure
from bot.requests import Latest
from bot.views import Button, Buttons, Heading, Link, Paragraph, Text, View
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Fault, Limited, Reset, Silence, Truncated
from tests.standins.slack_world import ARCHIVED, ELSEWHERE, GENERAL, PRIVATE, TEAM
from tests.strategies import views

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
VIEW = View(
    "New in November 2026",
    (
        Heading("Practice implications"),
        Paragraph((Text("Ask <clients> & listen. "), Link("doi.org", "https://doi.org/10.1037/pst0000503"))),
        Buttons((Button("Latest", Latest()),)),
    ),
)
POST, HISTORY = "chat.postMessage", "conversations.history"


def a_delivery(key: str = "subscription-7:edition-3", channel: str = GENERAL, team: str = TEAM) -> Delivery:
    return Delivery(key, Channel("slack", team, channel), NOW)


@asynccontextmanager
async def a_publisher(**given: Any) -> AsyncIterator[tuple[SlackPublisher, SlackStandIn]]:
    async with SlackStandIn(clock=NOW.timestamp) as slack, aiohttp.ClientSession() as session:
        tokens = {team: workspace.token for team, workspace in slack.world.workspaces.items()}
        yield SlackPublisher(session, tokens.get, base_url=slack.url, **given), slack


def with_publisher(test: Callable[..., Awaitable[None]], **given: Any) -> None:
    async def run() -> None:
        async with a_publisher(**given) as (publisher, slack):
            await test(publisher, slack)

    asyncio.run(run())


def test_a_post_carries_its_key_and_unfurls_nothing() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        outcome = await publisher.publish(a_delivery(), VIEW)
        [message] = slack.messages()
        assert outcome == Sent(message.ts)
        [call] = slack.calls
        assert call.args["metadata"]["event_payload"] == {"key": "subscription-7:edition-3"}
        assert call.args["unfurl_links"] is call.args["unfurl_media"] is False
        assert call.token == slack.bot_token
        assert "Practice implications" in call.args["text"]
        assert call.args["blocks"]

    with_publisher(test)


def test_each_workspace_is_posted_to_with_its_own_token() -> None:
    async def test() -> None:
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

    asyncio.run(test())


def test_a_workspace_without_a_token_is_gone_and_nothing_is_sent() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        for outcome in (
            await publisher.publish(a_delivery(team="T0GONE"), VIEW),
            await publisher.find(a_delivery(team="T0GONE")),
        ):
            assert isinstance(outcome, Gone)
            assert outcome.workspace
        assert slack.calls == []

    with_publisher(test)


def test_two_posts_are_two_requests() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        first = await publisher.publish(a_delivery("a"), VIEW)
        second = await publisher.publish(a_delivery("b"), VIEW)
        assert first != second
        assert len(slack.calls) == len(slack.messages()) == 2

    with_publisher(test)


CHANNEL_GONE = (
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "no_permission",
    "messages_tab_disabled",
    "ekm_access_denied",
)
WORKSPACE_GONE = ("account_inactive", "token_revoked", "invalid_auth", "team_access_not_granted", "app_uninstalled")
LATER = (
    "ratelimited",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "org_login_required",
    "message_limit_exceeded",
)
UNCERTAIN = ("internal_error", "fatal_error", "an_error_of_next_year", "Not a code at all <!channel>", "")
OURS = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "no_text", "metadata_too_large")


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(CHANNEL_GONE, Gone), (WORKSPACE_GONE, Gone), (LATER, TryLater), (UNCERTAIN, Unsure), (OURS, Refused)],
)
def test_every_error_has_its_outcome_and_one_request(codes: tuple[str, ...], kind: type) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        for code in codes:
            slack.fail(POST, Failing(code))
            outcome = await publisher.publish(a_delivery(), VIEW)
            assert isinstance(outcome, kind), code
            assert "<!channel>" not in repr(outcome)
        assert len(slack.calls) == len(codes)
        assert slack.messages() == []

    with_publisher(test)


@pytest.mark.parametrize("code", [*CHANNEL_GONE, *WORKSPACE_GONE])
def test_a_channel_or_a_workspace_that_is_gone_says_what_to_do(code: str) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.fail(POST, Failing(code))
        outcome = await publisher.publish(a_delivery(), VIEW)
        assert isinstance(outcome, Gone)
        assert outcome.workspace == (code in WORKSPACE_GONE)
        assert any(deed in outcome.why for deed in ("/invite @pprnet", "unarchive", "ask an administrator", "install"))

    with_publisher(test)


@pytest.mark.parametrize(
    ("channel", "deed"),
    [(ELSEWHERE, "/invite @pprnet"), (ARCHIVED, "unarchive"), ("C0NOWHERE", "/invite @pprnet")],
)
def test_a_channel_that_cannot_be_posted_in_is_gone(channel: str, deed: str) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        outcome = await publisher.publish(a_delivery(channel=channel), VIEW)
        assert isinstance(outcome, Gone)
        assert deed in outcome.why

    with_publisher(test)


@pytest.mark.parametrize(
    ("given", "after"),
    [("30", 30.0), ("1.5", 1.5), ("0", 0.0), (None, None), ("soon", None), ("-1", None), ("nan", None), ("inf", None)],
)
def test_slack_says_how_long_to_wait(given: str | None, after: float | None) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.fail(POST, Limited(given))
        slack.fail(HISTORY, Limited(given))
        assert await publisher.publish(a_delivery(), VIEW) == TryLater("Slack asks for fewer messages.", after)
        assert await publisher.find(a_delivery()) == TryLater("Slack asks for fewer messages.", after)
        assert len(slack.calls) == 2

    with_publisher(test)


UNSURE: list[Fault] = [
    Reset(accepted=False),
    Reset(accepted=True),
    Truncated(),
    BrokenJson(),
    BrokenJson(body=""),
    BrokenJson(body="[]"),
    BrokenJson(body='"ok"'),
    BrokenJson(body='{"ok": true}'),
    BrokenJson(body="\udcff"),
    ErrorPage(500),
    ErrorPage(502, accepted=True),
    ErrorPage(503, accepted=True, content_type="text/plain"),
    ErrorPage(503, content_type="application/json"),
    ErrorPage(200, accepted=True),
    ErrorPage(200, accepted=True, content_type="text/plain"),
]


@pytest.mark.parametrize("fault", UNSURE, ids=repr)
def test_what_may_have_been_posted_is_looked_for_and_found_or_not(fault: Fault) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.fail(POST, fault)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Unsure)
        assert len(slack.calls) == 1
        if getattr(fault, "accepted", False):
            [message] = slack.messages()
            assert await publisher.find(a_delivery()) == Sent(message.ts)
        else:
            assert slack.messages() == []
            assert await publisher.find(a_delivery()) == NotSent()

    with_publisher(test)


@pytest.mark.parametrize("accepted", [True, False])
def test_silence_is_unsure_after_a_while(accepted: bool) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.fail(POST, Silence(accepted))
        assert await publisher.publish(a_delivery(), VIEW) == Unsure("Slack did not answer in time.")
        assert len(slack.calls) == 1
        slack.fail(HISTORY, Silence(accepted))
        assert isinstance(await publisher.find(a_delivery()), Unsure)

    with_publisher(test, timeout=0.2)


def test_what_was_never_sent_is_tried_later() -> None:
    async def outcome_at(base_url: str) -> object:
        async with aiohttp.ClientSession() as session:
            publisher = SlackPublisher(session, lambda _: "xoxb-1", base_url=base_url)
            found = await publisher.find(a_delivery())
            outcome = await publisher.publish(a_delivery(), VIEW)
            assert outcome == found
            return outcome

    with socket.create_server(("127.0.0.1", 0)) as taken:
        refusing = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    for url in (refusing, "http://no-such-host.invalid/", "http://:1/"):
        assert isinstance(asyncio.run(outcome_at(url)), TryLater), url


def test_looking_is_repeated_where_a_connection_breaks_posting_never_is() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        sent = await publisher.publish(a_delivery(), VIEW)
        slack.fail(HISTORY, Reset(accepted=False))
        assert await publisher.find(a_delivery()) == sent
        slack.fail(POST, Reset(accepted=True))
        assert isinstance(await publisher.publish(a_delivery("b"), VIEW), Unsure)
        assert len(slack.calls_of(HISTORY)) == len(slack.calls_of(POST)) == 2

    with_publisher(test)


def test_cancelling_cancels() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.fail(POST, Silence(accepted=True))
        posting = asyncio.ensure_future(publisher.publish(a_delivery(), VIEW))
        await slack.next_call(POST)
        posting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await posting

    with_publisher(test)


def test_a_message_is_found_among_many_pages_of_others() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
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

    with_publisher(test)


@pytest.mark.parametrize(("behind", "found"), [(CLOCK_SKEW - timedelta(seconds=1), True), (2 * CLOCK_SKEW, False)])
def test_a_message_is_found_though_our_clock_is_ahead_of_slacks(behind: timedelta, found: bool) -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.world.clock = (NOW - behind).timestamp
        await publisher.publish(a_delivery(), VIEW)
        assert isinstance(await publisher.find(a_delivery()), Sent if found else NotSent)

    with_publisher(test)


def test_a_history_that_fails_on_a_later_page_has_not_been_looked_through() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.api.history_page = 1
        for key in ("wanted", "b", "c"):
            await publisher.publish(a_delivery(key), VIEW)
        for fault in (Truncated(), ErrorPage(500), BrokenJson(), Failing("internal_error")):
            slack.fail(HISTORY, None, Failing("rate_limited"))
            assert isinstance(await publisher.find(a_delivery("wanted")), TryLater)
            slack.fail(HISTORY, None, fault)
            assert isinstance(await publisher.find(a_delivery("wanted")), Unsure)

    with_publisher(test)


@pytest.mark.parametrize("channel", [ELSEWHERE, "C0NOWHERE"])
def test_a_history_that_may_not_be_read_because_the_bot_is_out_is_gone(channel: str) -> None:
    async def test(publisher: SlackPublisher, _: SlackStandIn) -> None:
        finding = await publisher.find(a_delivery(channel=channel))
        assert isinstance(finding, Gone)
        assert "/invite @pprnet" in finding.why

    with_publisher(test)


def test_a_history_that_may_not_be_read_for_want_of_a_scope_leaves_it_open() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        slack.world.workspaces[TEAM].scopes.remove("groups:history")
        assert isinstance(await publisher.publish(a_delivery(channel=PRIVATE), VIEW), Sent)
        finding = await publisher.find(a_delivery(channel=PRIVATE))
        assert isinstance(finding, Unsure)
        assert "scope" in finding.why
        slack.fail(HISTORY, Failing("invalid_arguments"))
        assert isinstance(await publisher.find(a_delivery(channel=PRIVATE)), Unsure)

    with_publisher(test)


def test_a_view_that_cannot_be_made_into_a_message_is_refused_and_nothing_is_sent() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        broken: Any = View("A title", (Paragraph(None),))  # type: ignore[arg-type] # what no page makes
        assert isinstance(await publisher.publish(a_delivery(), broken), Refused)
        assert slack.calls == []

    with_publisher(test)


def test_any_view_is_taken() -> None:
    async def test(publisher: SlackPublisher, slack: SlackStandIn) -> None:
        @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(views())
        def collect(view: View) -> None:
            collected.append(view)

        collected: list[View] = []
        collect()
        for number, view in enumerate(collected):
            assert isinstance(await publisher.publish(a_delivery(str(number)), view), Sent)
        assert len(slack.messages()) == len(collected)

    with_publisher(test)


@given(
    st.integers(100, 599),
    st.none()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.sampled_from(["error", "ok"]), st.text() | st.integers()),
    st.dictionaries(st.just("Retry-After"), st.text(max_size=8)),
)
def test_nothing_that_slack_could_answer_raises(status: int, data: Any, headers: dict[str, str]) -> None:
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    error = SlackApiError("secret", response)  # type: ignore[no-untyped-call] # the SDK leaves it untyped
    outcome = outcome_of(error)
    assert isinstance(outcome, Gone | TryLater | Unsure | Refused)
    assert "secret" not in outcome.why
    assert not isinstance(finding_of(error), Refused)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("xoxb-1"),
        aiohttp.ServerDisconnectedError("xoxb-1"),
        ConnectionResetError("xoxb-1"),
        KeyError("xoxb-1"),
    ],
)
def test_no_sentence_repeats_what_an_error_says(error: Exception) -> None:
    outcome = outcome_of(error)
    assert isinstance(outcome, Unsure)
    assert "xoxb-1" not in outcome.why
