"""The stand-in reaches an app as Slack does, by websocket and by signed requests."""

from typing import Any

import aiohttp
import pytest

from tests.adapters.slack.simple_app import a_client, by_http, by_socket
from tests.loops import on_a_loop

doors = pytest.mark.parametrize("door", [by_socket, by_http])


@doors
@on_a_loop
async def test_an_event_comes_again_until_it_is_answered(door: Any) -> None:
    async with door(ack_seconds=0.3) as (app, _, slack):
        app.deaf = 2
        answer = await slack.mention("burnout?")
        assert (answer.acked, answer.deliveries) == (True, 3)
        assert len({event["event_id"] for event in app.heard}) == 1
        assert [str(attempt or 0) for attempt, _ in app.retries] == ["0", "1", "2"]
        app.deaf = 9
        answer = await slack.direct_message("burnout?")
        assert (answer.acked, answer.deliveries) == (False, 4)


@doors
@on_a_loop
async def test_a_command_that_is_not_answered_in_time_does_not_come_again(door: Any) -> None:
    async with door(ack_seconds=0.3) as (app, _, slack):
        app.deaf = 1
        assert not (await slack.command("latest")).acked
        assert len(app.heard) == 1


@pytest.mark.parametrize("breaking", ["refresh", "cut", "deaden"])
@on_a_loop
async def test_what_a_lost_connection_left_unanswered_comes_by_the_next(breaking: str) -> None:
    async with by_socket() as (app, _, slack):
        match breaking:
            case "refresh":
                await slack.socket.refresh()
            case "cut":
                slack.socket.cut()
            case _:
                slack.socket.deaden()
        assert (await slack.command("latest")).acked
        assert slack.socket.opened == 2
        assert [command["text"] for command in app.heard] == ["latest"]


@on_a_loop
async def test_a_websocket_needs_a_ticket_and_a_ticket_lets_in_one() -> None:
    async with a_client() as (client, slack), aiohttp.ClientSession() as session:
        url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
        async with session.ws_connect(url) as line:
            assert (await line.receive_json())["type"] == "hello"
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)


@on_a_loop
async def test_requests_can_be_forged_and_stale() -> None:
    async with by_http() as (app, _, slack):
        assert slack.http is not None
        slack.http.age = 600
        assert (await slack.command("latest")).status == 401
        slack.http.age, slack.http.secret = 0, "another"
        assert (await slack.command("latest")).status == 401
        assert (app.heard, app.refused) == ([], [401, 401])
        slack.http.secret = slack.signing_secret
        await slack.verify_url()
        assert app.heard[0]["type"] == "url_verification"
