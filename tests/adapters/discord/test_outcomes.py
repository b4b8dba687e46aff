"""Whatever goes wrong on the way to Discord has an outcome: real connections, and a stand-in that goes wrong."""

import socket
from typing import Any

import aiohttp
import discord as library
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.addresses import use_api
from adapters.discord.channels import Kind
from adapters.discord.exchange import DeclinedError, UnansweredError, UnreachableError
from adapters.discord.outcomes import A_WHILE, finding_of, no_place_for, outcome_of, reach_of
from adapters.discord.pacing import CrowdedError
from adapters.discord.publisher import DiscordPublisher
from bot.outcomes import Gone, Refused, Scope, Sent, TryLater, Unsure
from tests.adapters.discord.publishing import (
    HISTORY,
    POST,
    VIEW,
    a_channel,
    a_client,
    a_delivery,
    a_publisher,
)
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_faults import Fault, Limited, Moved, Refusing
from tests.standins.discord_world import CAROL

GONE = (
    (404, 10003),
    (404, 10015),
    (403, 50001),
    (403, 50013),
    (403, 50007),
    (403, 50278),
    (403, 40058),
    (400, 50008),
    (400, 50024),
    (400, 40067),
    (403, 160005),
    (403, 99999),
    (404, 99999),
)
SERVER_GONE = ((404, 10004),)
LATER = (
    (429, 0),
    (401, 0),
    (503, 130000),
    (400, 20028),
    (400, 20029),
    (400, 40003),
    (400, 40062),
    (403, 0),
    (404, 0),
    (302, 0),
)
OURS = ((400, 50035), (400, 50006), (413, 40005), (400, 0), (405, 0))
UNCERTAIN = ((500, 0), (502, 0), (503, 0), (504, 0), (524, 0), (408, 0))


@pytest.mark.parametrize(
    ("answers", "kind"),
    [(GONE, Gone), (SERVER_GONE, Gone), (LATER, TryLater), (OURS, Refused), (UNCERTAIN, Unsure)],
)
@on_a_loop
async def test_every_error_has_its_outcome(answers: tuple[tuple[int, int], ...], kind: type) -> None:
    async with a_publisher(pauses=()) as (publisher, discord):
        for status, code in answers:
            discord.fail(POST, Refusing(status, code))
            outcome = await publisher.publish(a_delivery(), VIEW)
            assert isinstance(outcome, kind), (status, code)
            if isinstance(outcome, Gone):
                assert outcome.workspace == ((status, code) in SERVER_GONE)
                assert any(deed in outcome.why for deed in ("ask", "subscribe", "add it again", "allow"))
        assert len(discord.calls_of(POST)) == len(answers)
        assert discord.messages() == []


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Limited(30.5), TryLater("Discord asks for fewer requests.", 30.5, Scope.CHANNEL)),
        (Limited(0.0, everywhere=True), TryLater("Discord asks for fewer requests.", 0.0, Scope.PLATFORM)),
        (Limited(7.0, via=False), TryLater("Discord asks for fewer requests.", 7.0, Scope.PLATFORM)),
    ],
)
@on_a_loop
async def test_discord_says_how_long_to_wait_and_for_whom(fault: Fault, expected: TryLater) -> None:
    for route in (POST, HISTORY):
        async with a_publisher() as (publisher, discord):
            discord.fail(route, fault)
            done = publisher.publish(a_delivery(), VIEW) if route is POST else publisher.find(a_delivery())
            assert await done == expected
            assert len(discord.calls_of(route)) == 1


@on_a_loop
async def test_a_limit_keeps_the_next_request_waiting_even_where_nobody_heeds_the_outcome() -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(POST, Limited(0.3), None)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), TryLater)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Sent)
        first, second = discord.calls_of(POST)
        assert second.at - first.at >= 0.3
        discord.fail(POST, Limited(0.3, everywhere=True), None)
        assert isinstance(await publisher.publish(a_delivery("b"), VIEW), TryLater)
        assert await publisher.tell(a_channel(), CAROL, VIEW)
        assert discord.calls[-1].at - discord.calls_of(POST)[2].at >= 0.3


@on_a_loop
async def test_a_bucket_that_is_used_up_is_waited_for_and_never_overdrawn() -> None:
    async with a_publisher(limited=True) as (publisher, discord):
        discord.limits.on, discord.limits.limit, discord.limits.seconds = True, 2, 0.2
        discord.limits._clock = lambda: library.utils.utcnow().timestamp()
        for number in range(5):
            assert isinstance(await publisher.publish(a_delivery(str(number)), VIEW), Sent)
        assert discord.limits.refused == 0


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
    async with DiscordStandIn() as standin, a_client(standin) as client:
        client.http.connector = aiohttp.TCPConnector(resolver=NoNames())
        async with client.http.connector, DiscordPublisher(client) as publisher:
            for url in (refusing, "http://no-such-host.invalid/"):
                use_api(url)
                for outcome in (
                    await publisher.publish(a_delivery(), VIEW),
                    await publisher.find(a_delivery()),
                    await publisher.reach(a_channel()),
                ):
                    assert isinstance(outcome, TryLater), url
                    assert outcome.scope is Scope.PLATFORM
                assert await publisher.tell(a_channel(), CAROL, VIEW) is False


@on_a_loop
async def test_a_token_that_is_no_longer_good_is_asked_about_rarely() -> None:
    async with a_publisher() as (publisher, discord):
        discord._server._token = "another"
        outcome = await publisher.publish(a_delivery(), VIEW)
        assert isinstance(outcome, TryLater)
        assert (outcome.after, outcome.scope) == (A_WHILE, Scope.PLATFORM)
        assert "DISCORD_TOKEN" in outcome.why
        assert discord.token not in repr(outcome)


@given(st.integers(300, 499), st.integers(0, 200_000), st.none() | st.floats(0, 1e6), st.booleans())
def test_nothing_that_discord_could_answer_is_without_an_outcome(
    status: int, code: int, after: float | None, everywhere: bool
) -> None:
    error = DeclinedError(status, code, after, everywhere=everywhere)
    assert isinstance(outcome_of(error), Gone | TryLater | Unsure | Refused)
    assert isinstance(finding_of(error), Gone | TryLater | Unsure)
    assert isinstance(reach_of(error), Gone | TryLater)


@pytest.mark.parametrize("error", [ValueError("secret"), KeyError("secret"), RuntimeError("secret")])
def test_no_sentence_repeats_what_an_error_says(error: Exception) -> None:
    outcome = outcome_of(error)
    assert isinstance(outcome, Unsure)
    assert "secret" not in outcome.why


@pytest.mark.parametrize("error", [CrowdedError(), UnreachableError("Discord cannot be reached.")])
def test_what_never_left_may_be_sent(error: Exception) -> None:
    assert isinstance(outcome_of(error), TryLater)
    assert isinstance(reach_of(UnansweredError("Discord failed.")), TryLater)


def test_a_limit_that_does_not_say_how_long_is_waited_for_a_while() -> None:
    outcome = outcome_of(DeclinedError(429, everywhere=True))
    assert isinstance(outcome, TryLater)
    assert (outcome.after, outcome.scope) == (A_WHILE, Scope.PLATFORM)


@on_a_loop
async def test_a_post_that_is_sent_elsewhere_is_not_made_a_look_up_there() -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(POST, Moved("/api/v10/users/@me"))
        outcome = await publisher.publish(a_delivery(), VIEW)
        assert isinstance(outcome, TryLater)
        assert "DISCORD_API_URL" in outcome.why
        assert len(discord.calls) == 1


def test_missing_permissions_are_named() -> None:
    assert no_place_for(Kind.PLAIN, ()) is None
    one = no_place_for(Kind.PLAIN, ("Send Messages",))
    assert one is not None
    assert one.why.endswith("to allow Send Messages.")
    three = no_place_for(Kind.PLAIN, ("View Channel", "Send Messages", "Attach Files"))
    assert three is not None
    assert three.why.endswith("to allow View Channel, Send Messages and Attach Files.")
