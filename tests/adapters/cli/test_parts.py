"""Several parts of the bot in one process: started together, looked at together, ended together."""

import asyncio
import contextlib
import logging
import os
import re
import signal
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters.cli.ending import until_told
from adapters.cli.serving import Part, _serve, serve
from adapters.wiring.app import App
from bot.errors import PprnetError
from tests.apps import an_app
from tests.loops import on_a_loop, until


@dataclass
class Told:
    """What parts did, in order."""

    words: list[str] = field(default_factory=list)


@dataclass
class Running:
    routes: tuple[web.RouteDef, ...] = ()
    trouble: str = ""

    async def ready(self) -> str:
        return self.trouble

    def ages(self) -> Mapping[str, float | None]:
        return {"event": None}


def a_part(told: Told, name: str, running: Running | None = None, meet: asyncio.Barrier | None = None) -> Part:
    @contextlib.asynccontextmanager
    async def enter() -> AsyncIterator[Running]:
        told.words.append(f"{name} begins")
        try:
            yield running or Running()
        finally:
            if meet:
                await meet.wait()
            told.words.append(f"{name} ends")

    return Part(name, f"{name} runs", enter)


class Broken(contextlib.AbstractAsyncContextManager[Running]):
    async def __aenter__(self) -> Running:
        async with asyncio.TaskGroup():  # as a part may have some of its own
            await asyncio.sleep(0)
            raise PprnetError("it broke", "It is broken.")

    async def __aexit__(self, *_error: object) -> None:
        pass


def a_broken_part() -> Part:
    return Part("b", "never", Broken)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return an_app(tmp_path)


@contextlib.asynccontextmanager
async def served(app: App, *parts: Part) -> AsyncIterator["asyncio.Task[None]"]:
    serving = asyncio.create_task(until_told(_serve(app, parts)))
    yield serving
    os.kill(os.getpid(), signal.SIGTERM)
    await serving


def test_all_end_side_by_side_when_the_process_is_told_to(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = Told()

    async def begun() -> bool:
        return "b runs" in caplog.text

    @on_a_loop
    async def serving() -> None:
        meet = asyncio.Barrier(2)  # neither gets past its end unless both are at it
        async with served(app, a_part(told, "a", meet=meet), a_part(told, "b", meet=meet)):
            await until(begun)

    serving()
    assert told.words[:2] == ["a begins", "b begins"]
    assert sorted(told.words[2:]) == ["a ends", "b ends"]
    assert [record.__dict__["action"] for record in caplog.records] == ["a.ready", "b.ready", "end"]


def test_one_that_cannot_start_ends_the_others_and_says_why(app: App) -> None:
    told = Told()
    for parts in ([a_part(told, "a"), a_broken_part()], [a_broken_part(), a_part(told, "a")]):
        told.words.clear()
        with pytest.raises(PprnetError, match="it broke"):
            serve(app, parts)
        assert told.words == ["a begins", "a ends"]


def test_one_server_serves_all_and_tells_how_each_is(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    app.settings = replace(app.settings, port=0)

    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async def begun() -> bool:
        return "b runs" in caplog.text

    @on_a_loop
    async def serving() -> None:
        parts = [a_part(Told(), "a", Running((web.get("/a", hello),))), a_part(Told(), "b", Running(trouble="deaf"))]
        async with served(app, *parts):
            await until(begun)
            [address] = re.findall(r"listening at (\S+)", caplog.text)
            async with aiohttp.ClientSession(address) as session:
                async with session.get("/a") as answer:
                    assert await answer.text() == "hello"
                async with session.get("/ready") as answer:
                    assert answer.status == 503
                    assert (await answer.json())["checks"] == {"database": "ok", "a": "ok", "b": "deaf"}

    serving()
