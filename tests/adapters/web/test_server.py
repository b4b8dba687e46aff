"""The web server and its health pages, asked over the wire."""

import asyncio
import logging
import socket

import aiohttp
import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.web.health import health_routes
from adapters.web.server import PortError, served
from tests.loops import on_a_loop


async def _well() -> str:
    return ""


async def _unwell() -> str:
    return "not migrated"


async def _broken() -> str:
    raise RuntimeError("what somebody typed")


_TOO_LATE = {"ready": False, "checks": {"database": "no answer in time"}, "seconds_since": {}}


async def _get(url: str) -> tuple[int, object]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


@on_a_loop
async def test_a_process_that_answers_is_live() -> None:
    async with served(health_routes({"database": _unwell}), "127.0.0.1", 0) as address:
        assert await _get(f"{address}/live") == (200, {"live": True})


@on_a_loop
async def test_it_is_ready_when_every_check_is_well() -> None:
    async with served(health_routes({"database": _well, "slack": _well}), "127.0.0.1", 0) as address:
        assert await _get(f"{address}/ready") == (
            200,
            {"ready": True, "checks": {"database": "ok", "slack": "ok"}, "seconds_since": {}},
        )


@on_a_loop
async def test_it_is_not_ready_when_one_check_is_not_well_or_breaks() -> None:
    checks = {"database": _unwell, "slack": _broken, "other": _well}
    async with served(health_routes(checks), "127.0.0.1", 0) as address:
        status, said = await _get(f"{address}/ready")

    found = {"database": "not migrated", "slack": "the check failed (RuntimeError)", "other": "ok"}
    assert (status, said) == (503, {"ready": False, "checks": found, "seconds_since": {}})


@on_a_loop
async def test_a_check_that_does_not_answer_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.web.health._PATIENCE", 0.01)

    async def never() -> str:
        await asyncio.Event().wait()
        return ""

    async with served(health_routes({"database": never}), "127.0.0.1", 0) as address:
        assert await _get(f"{address}/ready") == (503, _TOO_LATE)


@on_a_loop
async def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortError) as caught:
        async with served((), "127.0.0.1", taken.getsockname()[1]):
            pass

    assert "Set PORT to another." in caught.value.human


@on_a_loop
async def test_a_request_in_hand_is_answered_before_the_server_is_gone() -> None:
    arrived, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        arrived.set()
        await may_answer.wait()
        return web.json_response("answered")

    async with served([web.get("/", slow)], "127.0.0.1", 0) as address:
        asking = asyncio.create_task(_get(address))
        await arrived.wait()
        asyncio.get_running_loop().call_soon(may_answer.set)

    assert await asking == (200, "answered")


@web.middleware
async def _through(request: web.Request, handler: Handler) -> web.StreamResponse:
    return await handler(request)


@on_a_loop
async def test_what_is_no_http_is_refused_and_logged_without_a_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with served((), "127.0.0.1", 0, [_through]) as address:
        for line in (b"GET /\x01<typed> HTTP/1.1", b"typed", b"GET / HTTP/1.1\r\nX: " + b"typed" * 3000):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
            writer.write(line + b"\r\nHost: x\r\n\r\n")
            assert b"400 Bad Request" in await reader.read()
            writer.close()

    said = [record.getMessage().partition(" in ")[0] for record in caplog.records]
    assert "typed" not in caplog.text
    assert said
    assert {each.partition(" ")[2] for each in said} == {"elsewhere answered with 400"}
