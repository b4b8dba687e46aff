"""The line to Slack, against a stand-in that closes, resets and forgets it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import SlackAccessError
from adapters.slack.quiet import library_logger
from adapters.slack.socket_door import SocketDoor, _pause
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Limited, Reset


@dataclass
class Taker:
    """Takes requests, and says what it is told to say once it may."""

    response: dict[str, Any] = field(default_factory=lambda: {"status": 200})
    taken: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def __call__(self, request: AsyncBoltRequest) -> BoltResponse:
        self.taken.append(request.body.get("text", ""))
        self.arrived.set()
        await self.may_answer.wait()
        return BoltResponse(**self.response)


@contextlib.asynccontextmanager
async def opened(
    slack: SlackStandIn, taker: Taker, *, app_token: str = "", heartbeat: float = 10.0
) -> AsyncIterator[SocketDoor]:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=slack.url, session=session, logger=library_logger())
        token = app_token or slack.app_token
        async with SocketDoor(client, session, token, taker, heartbeat=heartbeat) as door:
            yield door


@on_a_loop
async def test_what_comes_over_the_line_is_taken_and_acknowledged() -> None:
    taker = Taker()
    async with SlackStandIn() as slack, opened(slack, taker) as door:
        answer = await slack.command("latest")

        assert (answer.acked, answer.body, taker.taken) == (True, None, ["latest"])
        assert door.connected


@on_a_loop
async def test_what_is_to_be_told_at_once_goes_with_the_acknowledgement() -> None:
    taker = Taker({"status": 200, "body": {"options": []}})
    async with SlackStandIn() as slack, opened(slack, taker):
        assert (await slack.command("x")).body == {"options": []}
        taker.response = {"status": 200, "body": "Gone."}
        assert (await slack.command("x")).body == {"text": "Gone."}


@on_a_loop
async def test_what_could_not_be_taken_is_not_acknowledged() -> None:
    async with SlackStandIn(ack_seconds=0.05) as slack, opened(slack, Taker({"status": 500})):
        assert not (await slack.command("latest")).acked


@on_a_loop
async def test_a_new_line_is_there_before_slack_closes_the_old_one() -> None:
    taker = Taker()
    async with SlackStandIn() as slack, opened(slack, taker):
        taker.may_answer.clear()
        asking = asyncio.create_task(slack.command("latest"))
        await taker.arrived.wait()
        await slack.socket.refresh()  # returns as soon as there is a new line, and then closes the old one
        taker.may_answer.set()

        assert (await asking).acked
        assert (await slack.command("again")).deliveries == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_every_reason_for_a_new_line_is_followed(reason: str) -> None:
    @on_a_loop
    async def follow() -> None:
        async with SlackStandIn() as slack, opened(slack, Taker()):
            await slack.socket.refresh(reason)
            assert (await slack.command("latest")).acked

    follow()


@on_a_loop
async def test_a_line_that_is_reset_is_opened_again_and_loses_nothing() -> None:
    taker = Taker()
    async with SlackStandIn() as slack, opened(slack, taker):
        taker.may_answer.clear()
        asking = asyncio.create_task(slack.command("latest"))
        await taker.arrived.wait()
        slack.socket.cut()
        taker.may_answer.set()

        assert (await asking).acked
        assert set(taker.taken) == {"latest"}


@on_a_loop
async def test_a_line_that_is_dead_is_noticed_by_its_silence() -> None:
    taker = Taker()
    async with SlackStandIn() as slack, opened(slack, taker, heartbeat=0.05):
        slack.socket.deaden()

        assert (await slack.command("latest")).acked
        assert slack.socket.opened == 2


@on_a_loop
async def test_every_call_has_an_address_of_its_own_however_often_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.socket_door._LONGEST_PAUSE", 0.01)
    faults = (ErrorPage(), BrokenJson(), Limited("0"), Limited("soon"), Reset(), Failing("internal_error"))
    async with SlackStandIn() as slack, opened(slack, Taker()):
        slack.fail("apps.connections.open", *faults)
        slack.socket.cut()

        assert (await slack.command("latest")).acked
        assert len(slack.calls_of("apps.connections.open")) == 2 + len(faults)


@on_a_loop
async def test_a_slack_that_is_away_at_the_start_is_called_again() -> None:
    async with SlackStandIn() as slack:
        slack.fail("apps.connections.open", Failing("internal_error"), Reset())
        async with opened(slack, Taker()):
            assert (await slack.command("latest")).acked


@on_a_loop
async def test_an_app_token_that_will_never_do_is_told_at_the_start() -> None:
    async with SlackStandIn() as slack:
        with pytest.raises(SlackAccessError) as caught:
            async with opened(slack, Taker(), app_token="-".join(["xapp", "other"])):
                pass

    assert "SLACK_APP_TOKEN (invalid_auth)" in caught.value.human
    assert "xapp-other" not in f"{caught.value} {caught.value.human}"


@on_a_loop
async def test_what_was_taken_is_acknowledged_before_the_line_is_closed() -> None:
    taker = Taker()
    taker.may_answer.clear()
    async with SlackStandIn() as slack:
        async with opened(slack, taker) as door:
            asking = asyncio.create_task(slack.command("latest"))
            await taker.arrived.wait()
            asyncio.get_running_loop().call_soon(taker.may_answer.set)

        assert (await asking).acked
        assert not door.connected


@on_a_loop
async def test_a_dead_line_does_not_hold_up_the_end() -> None:
    async with SlackStandIn() as slack:
        async with opened(slack, Taker()) as door:
            slack.socket.deaden()

        assert not door.connected


@on_a_loop
async def test_what_slack_says_wrongly_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    async with SlackStandIn() as slack, opened(slack, Taker()):
        link = await slack.socket.connected()
        for nonsense in ("{", "[1]", '{"type": "pong"}'):
            await link.socket.send_str(nonsense)
        await link.socket.send_bytes(b"\x00")

        assert (await slack.command("latest")).acked
    assert [record.message for record in caplog.records if record.levelno > logging.INFO] == [
        "Slack sent something that cannot be read",
        "Slack sent something that cannot be read",
    ]


@on_a_loop
async def test_no_ticket_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with SlackStandIn() as slack, opened(slack, Taker()):
        slack.fail("apps.connections.open", ErrorPage(), Failing("internal_error"))
        slack.socket.cut()
        await slack.command("latest")

    assert caplog.records
    assert not any(word in caplog.text for word in ("ticket=", "xapp-", "xoxb-", "latest"))


@pytest.mark.parametrize("failures", [5, 1_000, 10_000])
def test_however_long_slack_is_away_it_is_called_again(failures: int) -> None:
    assert 4.0 <= _pause(failures) <= 30.0
