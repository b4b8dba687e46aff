"""Posting again what was not answered: with the same nonce, a few times, and never twice in the channel."""

import pytest

from adapters.discord.pacing import Pacing
from bot.outcomes import NotSent, Scope, Sent, TryLater, Unsure
from tests.adapters.discord.publishing import FORUM_POST, POST, VIEW, a_delivery, a_publisher
from tests.loops import on_a_loop
from tests.standins.discord_faults import BrokenJson, ErrorPage, Fault, Limited, Refusing, Reset, Silence, Truncated
from tests.standins.discord_world import FORUM

UNCERTAIN_FAULTS: list[Fault] = [
    Reset(accepted=False),
    Reset(accepted=True),
    Truncated(),
    BrokenJson(),
    BrokenJson(body=""),
    BrokenJson(body="\udcff"),
    ErrorPage(500),
    ErrorPage(502, accepted=True),
    ErrorPage(503, accepted=True, content_type="text/plain"),
    ErrorPage(200, accepted=True),
    Refusing(503, accepted=True),
]


@pytest.mark.parametrize("fault", UNCERTAIN_FAULTS, ids=repr)
@on_a_loop
async def test_what_may_have_been_posted_is_posted_again_with_the_same_nonce_and_is_there_once(fault: Fault) -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(POST, fault)
        sent = await publisher.publish(a_delivery(), VIEW)
        [message] = discord.messages()
        assert isinstance(sent, Sent)
        assert sent.message == message.id
        first, second = discord.calls_of(POST)
        assert first.body == second.body


@pytest.mark.parametrize("fault", UNCERTAIN_FAULTS, ids=repr)
@on_a_loop
async def test_what_stays_unanswered_is_unsure_and_is_found_or_not(fault: Fault) -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(POST, fault, fault, fault)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Unsure)
        assert len(discord.calls_of(POST)) == 3
        found = await publisher.find(a_delivery())
        assert [one.id for one in discord.messages()] == ([found.message] if isinstance(found, Sent) else [])
        assert isinstance(found, Sent if getattr(fault, "accepted", False) else NotSent)


@pytest.mark.parametrize("later", [Refusing(403, 50013), Limited(0.01), Refusing(400, 50035)], ids=repr)
@on_a_loop
async def test_a_no_to_a_later_attempt_says_nothing_about_the_first(later: Fault) -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(POST, Reset(accepted=True), later, later)
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Unsure)
        assert isinstance(await publisher.find(a_delivery()), Sent)


@pytest.mark.parametrize("fault", UNCERTAIN_FAULTS, ids=repr)
@on_a_loop
async def test_a_forum_post_knows_no_nonce_and_is_tried_once(fault: Fault) -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(FORUM_POST, fault)
        assert isinstance(await publisher.publish(a_delivery(channel=FORUM), VIEW), Unsure)
        assert len(discord.calls_of(FORUM_POST)) == 1
        found = await publisher.find(a_delivery(channel=FORUM))
        assert isinstance(found, Sent if getattr(fault, "accepted", False) else NotSent)


@pytest.mark.parametrize("accepted", [True, False])
@on_a_loop
async def test_silence_is_unsure_after_a_while(accepted: bool) -> None:
    async with a_publisher(seconds=0.2, pauses=(0.0,)) as (publisher, discord):
        discord.fail(POST, Silence(accepted), Silence(accepted))
        assert await publisher.publish(a_delivery(), VIEW) == Unsure("Discord did not answer in time.")
        assert len(discord.calls_of(POST)) == 2


@on_a_loop
async def test_whoever_gets_no_turn_in_time_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_publisher(pacing=Pacing(2.0)) as (publisher, discord):
        monkeypatch.setattr("adapters.discord.publisher.LEAVE_SECONDS", 0.2)
        assert isinstance(await publisher.publish(a_delivery("a"), VIEW), Sent)
        outcome = await publisher.publish(a_delivery("b"), VIEW)
        assert isinstance(outcome, TryLater)
        assert outcome.scope is Scope.PLATFORM
        assert len(discord.calls_of(POST)) == 1


@on_a_loop
async def test_no_attempt_is_made_after_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.publisher.LEAVE_SECONDS", 5.0)
    async with a_publisher(pauses=(60.0,)) as (publisher, discord):
        discord.fail(POST, Reset())
        assert isinstance(await publisher.publish(a_delivery(), VIEW), Unsure)
        assert len(discord.calls_of(POST)) == 1
