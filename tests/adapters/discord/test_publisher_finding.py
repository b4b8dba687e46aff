"""Looking for a message that may have been posted: the mark comes back with it, whatever else is in the channel."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from discord.utils import time_snowflake
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.history import CLOCK_SKEW
from adapters.discord.marks import bears, mark, marked
from bot.outcomes import Gone, NotSent, Sent, TryLater, Unsure
from bot.views import View
from tests.adapters.discord.publishing import CHANNEL, HISTORY, NOW, POST, VIEW, a_delivery, a_publisher
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_faults import BrokenJson, ErrorPage, Fault, Limited, Refusing, Silence, Truncated
from tests.standins.discord_world import APP, CAROL, DIRECT, FORUM, GENERAL, HIDDEN, READ_HISTORY, THREAD, Channel

ARCHIVED_POSTS = "GET /channels/{channel}/threads/archived/public"
FIRST_MESSAGE = "GET /channels/{channel}/messages/{message}"


@pytest.mark.parametrize(("channel", "guild"), [(GENERAL, None), (THREAD, None), (DIRECT, "@me"), (FORUM, None)])
@on_a_loop
async def test_what_was_posted_is_found_and_nothing_else(channel: str, guild: str | None) -> None:
    async with a_publisher() as (publisher, discord):
        where: dict[str, str] = {"channel": channel} | ({"guild": guild} if guild else {})
        assert await publisher.find(a_delivery("wanted", **where)) == NotSent()
        sent = await publisher.publish(a_delivery("wanted", **where), VIEW)
        assert isinstance(sent, Sent)
        discord.world.post(channel, {"content": "hello"}, author=CAROL)
        assert await publisher.find(a_delivery("wanted", **where)) == sent
        assert await publisher.find(a_delivery("other", **where)) == NotSent()


@on_a_loop
async def test_a_message_is_found_among_many_pages_of_others() -> None:
    async with a_publisher() as (publisher, discord):
        for number in range(150):
            discord.world.post(GENERAL, {"content": f"{number}"}, author=CAROL)
        sent = await publisher.publish(a_delivery("wanted"), VIEW)
        for number in range(60):
            discord.world.post(GENERAL, {"content": f"{number}"}, author=CAROL)
        assert await publisher.find(a_delivery("wanted")) == sent
        assert await publisher.find(a_delivery("unwanted")) == NotSent()
        assert len(discord.calls_of(HISTORY)) == 2 + 3


@on_a_loop
async def test_a_copy_by_somebody_else_is_not_ours() -> None:
    async with a_publisher() as (publisher, discord):
        await publisher.publish(a_delivery(), VIEW)
        [message] = discord.messages()
        message.author = CAROL
        assert await publisher.find(a_delivery()) == NotSent()


@pytest.mark.parametrize(("behind", "found"), [(CLOCK_SKEW - timedelta(seconds=1), True), (2 * CLOCK_SKEW, False)])
@pytest.mark.parametrize("channel", [GENERAL, FORUM])
@on_a_loop
async def test_a_message_is_found_though_our_clock_is_ahead_of_discords(
    channel: str, behind: timedelta, found: bool
) -> None:
    async with a_publisher() as (publisher, discord):
        discord.world.clock = (NOW - behind).timestamp
        await publisher.publish(a_delivery(channel=channel), VIEW)
        assert isinstance(await publisher.find(a_delivery(channel=channel)), Sent if found else NotSent)


@on_a_loop
async def test_a_message_of_plain_text_alone_bears_the_mark_too() -> None:
    async with a_publisher() as (publisher, _):
        sent = await publisher.publish(a_delivery(), View("A title", ()))
        assert isinstance(sent, Sent)
        assert await publisher.find(a_delivery()) == sent


@on_a_loop
async def test_a_history_that_may_not_be_read_says_nothing() -> None:
    async with a_publisher() as (publisher, discord):
        await publisher.publish(a_delivery(), VIEW)
        discord.world.channels[GENERAL].allowed &= ~READ_HISTORY
        finding = await publisher.find(a_delivery())
        assert isinstance(finding, Unsure)
        assert "Read Message History" in finding.why


@on_a_loop
async def test_a_history_that_fails_on_a_later_page_has_not_been_looked_through() -> None:
    async with a_publisher(seconds=0.2) as (publisher, discord):
        for number in range(150):
            discord.world.post(GENERAL, {"content": f"{number}"}, author=CAROL)
        cases: list[tuple[Fault, type]] = [
            (Truncated(), Unsure),
            (ErrorPage(500), Unsure),
            (BrokenJson(), Unsure),
            (Silence(), Unsure),
            (Refusing(400, 50035), Unsure),
            (Limited(0.01), TryLater),
            (Refusing(403, 50001), Gone),
        ]
        for fault, kind in cases:
            discord.fail(HISTORY, None, fault)
            assert isinstance(await publisher.find(a_delivery()), kind), fault


@on_a_loop
async def test_a_channel_that_cannot_be_seen_is_gone() -> None:
    async with a_publisher() as (publisher, _):
        for channel in (HIDDEN, "12"):
            assert isinstance(await publisher.find(a_delivery(channel=channel)), Gone)


@on_a_loop
async def test_in_a_forum_closed_posts_are_looked_through_as_far_back_as_needed() -> None:
    async with a_publisher() as (publisher, discord):
        discord.api.threads_page = 1
        for days in (9, 8, 7):
            _a_closed_post(discord, NOW - timedelta(days=days))
        sent = await publisher.publish(a_delivery(channel=FORUM), VIEW)
        assert isinstance(sent, Sent)
        discord.world.channels[sent.message].archived = True
        for seconds in (1, 2):
            _a_closed_post(discord, NOW + timedelta(seconds=seconds))
        assert await publisher.find(a_delivery(channel=FORUM)) == sent
        assert len(discord.calls_of(ARCHIVED_POSTS)) == 3
        assert await publisher.find(a_delivery("other", channel=FORUM)) == NotSent()
        assert len(discord.calls_of(ARCHIVED_POSTS)) == 3 + 4


def _a_closed_post(discord: DiscordStandIn, at: datetime) -> None:
    name = str(time_snowflake(at))
    discord.world.channels[name] = Channel(name, "another", 11, parent=FORUM, owner=APP, archived=True)
    discord.world.post(name, {"content": "another"}).id = name


@on_a_loop
async def test_a_post_whose_first_message_was_deleted_is_not_ours() -> None:
    async with a_publisher() as (publisher, discord):
        await publisher.publish(a_delivery(channel=FORUM), VIEW)
        discord.world.messages[0].deleted = True
        assert await publisher.find(a_delivery(channel=FORUM)) == NotSent()
        discord.fail(FIRST_MESSAGE, Refusing(403, 50013))
        assert isinstance(await publisher.find(a_delivery(channel=FORUM)), Gone)


@on_a_loop
async def test_looking_asks_anew_what_kind_of_channel_it_is() -> None:
    async with a_publisher() as (publisher, discord):
        for _ in range(2):
            await publisher.find(a_delivery())
        assert len(discord.calls_of(CHANNEL)) == 2
        assert discord.calls_of(POST) == []


@given(st.text(max_size=25), st.lists(st.fixed_dictionaries({"type": st.integers(1, 17)}), min_size=1, max_size=5))
def test_what_is_marked_bears_the_mark_and_keeps_the_rest(key: str, components: list[dict[str, int]]) -> None:
    payload = {"components": components, "flags": 4}
    told = marked(payload, key)
    assert bears(told, key)
    assert not bears(payload, key)
    assert 1 << 30 <= mark(key) < 1 << 31
    assert [{**one, "id": 0} for one in told["components"]] == [{**one, "id": 0} for one in components]
    assert told["flags"] == 4


@pytest.mark.parametrize("payload", [{}, {"components": []}, {"content": "words"}])
def test_a_message_that_cannot_be_marked_is_never_sent(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="without components"):
        marked(payload, "7-3")
