"""Whatever goes wrong between us and Slack has an outcome: the real client against a stand-in that goes wrong."""

import socket
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.outcomes import finding_of, outcome_of
from adapters.slack.publisher import SlackPublisher
from bot.outcomes import Gone, NotSent, Refused, Scope, TryLater, Unsure
from tests.adapters.slack.publishing import HISTORY, POST, VIEW, a_delivery, a_publisher, sent
from tests.loops import on_a_loop
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Fault, Limited, Reset, Silence, Truncated

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
@on_a_loop
async def test_every_error_has_its_outcome_and_one_request(codes: tuple[str, ...], kind: type) -> None:
    async with a_publisher() as (publisher, slack):
        for code in codes:
            slack.fail(POST, Failing(code))
            outcome = await publisher.publish(a_delivery(), VIEW)
            assert isinstance(outcome, kind), code
            assert "<!channel>" not in repr(outcome)
        assert len(slack.calls) == len(codes)
        assert slack.messages() == []


@pytest.mark.parametrize("code", [*CHANNEL_GONE, *WORKSPACE_GONE])
@on_a_loop
async def test_a_channel_or_a_workspace_that_is_gone_says_what_to_do(code: str) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, Failing(code))
        outcome = await publisher.publish(a_delivery(), VIEW)
        assert isinstance(outcome, Gone)
        assert outcome.workspace == (code in WORKSPACE_GONE)
        assert any(deed in outcome.why for deed in ("/invite @pprnet", "unarchive", "ask an administrator", "install"))


@pytest.mark.parametrize(
    ("given", "after"),
    [("30", 30.0), ("1.5", 1.5), ("0", 0.0), (None, None), ("soon", None), ("-1", None), ("nan", None), ("inf", None)],
)
@on_a_loop
async def test_slack_says_how_long_to_wait(given: str | None, after: float | None) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, Limited(given))
        slack.fail(HISTORY, Limited(given))
        asked = "Slack asks for fewer messages."
        assert await publisher.publish(a_delivery(), VIEW) == TryLater(asked, after, Scope.WORKSPACE)
        assert await publisher.find(a_delivery()) == TryLater(asked, after, Scope.WORKSPACE)
        assert len(slack.calls) == 2


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("message_limit_exceeded", Scope.WORKSPACE),
        ("team_added_to_org", Scope.WORKSPACE),
        ("service_unavailable", Scope.PLATFORM),
        ("accesslimited", Scope.PLATFORM),
        ("request_timeout", Scope.CHANNEL),
    ],
)
@on_a_loop
async def test_only_what_slack_limits_has_to_wait(code: str, scope: Scope) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, Failing(code))
        outcome = await publisher.publish(a_delivery(), VIEW)
        assert isinstance(outcome, TryLater)
        assert outcome.scope is scope


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
@on_a_loop
async def test_what_may_have_been_posted_is_looked_for_and_found_or_not(fault: Fault) -> None:
    async with a_publisher() as (publisher, slack):
        slack.fail(POST, fault)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Unsure)
        assert len(slack.calls) == 1
        if getattr(fault, "accepted", False):
            [message] = slack.messages()
            assert await publisher.find(a_delivery()) == sent(message)
        else:
            assert slack.messages() == []
            assert await publisher.find(a_delivery()) == NotSent()


@pytest.mark.parametrize("accepted", [True, False])
@on_a_loop
async def test_silence_is_unsure_after_a_while(accepted: bool) -> None:
    async with a_publisher(timeout=0.2) as (publisher, slack):
        slack.fail(POST, Silence(accepted))
        assert await publisher.publish(a_delivery(), VIEW) == Unsure("Slack did not answer in time.")
        assert len(slack.calls) == 1
        slack.fail(HISTORY, Silence(accepted))
        assert isinstance(await publisher.find(a_delivery()), Unsure)


class NoNames(AbstractResolver):
    """A name server that knows nobody."""

    async def resolve(self, *_: Any, **__: Any) -> list[ResolveResult]:
        raise OSError(socket.EAI_NONAME, "Name or service not known")

    async def close(self) -> None:
        pass


@on_a_loop
async def test_what_was_never_sent_is_tried_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refusing = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=NoNames())) as session:
        for url in (refusing, "http://no-such-host.invalid/", "http://:1/"):
            publisher = SlackPublisher(session, lambda _: "xoxb-1", base_url=url)
            assert isinstance(await publisher.publish(a_delivery(), VIEW), TryLater), url
            assert isinstance(await publisher.find(a_delivery()), TryLater), url


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
