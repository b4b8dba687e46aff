"""Publishing an announcement to the servers that follow its channel: after it was sent, and without a promise."""

from typing import Any

import pytest

from bot.outcomes import Sent
from tests.adapters.discord.publishing import CHANNEL, CROSSPOST, VIEW, a_delivery, a_publisher
from tests.loops import on_a_loop
from tests.standins.discord_faults import Held, Limited, Refusing, Reset
from tests.standins.discord_world import NEWS


@on_a_loop
async def test_an_announcement_is_published_to_those_who_follow_its_channel() -> None:
    async with a_publisher() as (publisher, discord):
        assert isinstance(await publisher.publish(a_delivery(channel=NEWS), VIEW), Sent)
        await discord.next_call(CROSSPOST)
        [message] = discord.messages(NEWS)
        assert message.crossposted


@on_a_loop
async def test_the_kind_of_a_channel_is_asked_for_once() -> None:
    async with a_publisher() as (publisher, discord):
        for key in ("a", "b"):
            assert isinstance(await publisher.publish(a_delivery(key, NEWS), VIEW), Sent)
            await discord.next_call(CROSSPOST)
        assert len(discord.calls_of(CHANNEL)) == 1


@pytest.mark.parametrize("fault", [Refusing(403, 50013), Limited(3600), Reset()])
@on_a_loop
async def test_an_announcement_that_cannot_be_published_further_is_sent_all_the_same(
    fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_publisher() as (publisher, discord):
        discord.fail(CROSSPOST, fault)
        assert isinstance(await publisher.publish(a_delivery(channel=NEWS), VIEW), Sent)
        await discord.next_call(CROSSPOST)
        assert isinstance(await publisher.publish(a_delivery("b"), VIEW), Sent)
    assert [record.action for record in caplog.records if hasattr(record, "action")] == ["discord.crosspost"]


@on_a_loop
async def test_leaving_waits_for_what_is_still_to_be_published_further() -> None:
    async with a_publisher() as (publisher, discord):
        await publisher.publish(a_delivery(channel=NEWS), VIEW)
    [message] = discord.messages(NEWS)
    assert message.crossposted


@on_a_loop
async def test_leaving_does_not_wait_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.publisher.FINISH_SECONDS", 0.0)
    async with a_publisher() as (publisher, discord):
        held = Held()
        discord.fail(CROSSPOST, held)
        await publisher.publish(a_delivery(channel=NEWS), VIEW)
        await discord.next_call(CROSSPOST)
        await publisher.__aexit__(None, None, None)
        held.let_go.set()
