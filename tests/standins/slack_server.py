"""A stand-in's place on loopback: it answers over HTTP, or goes wrong as it was told to."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.standins.slack_api import Api
from tests.standins.slack_calls import Call, Journal
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Fault, Limited, Reset, Silence, Truncated, reset
from tests.standins.slack_socket import SocketDoor

CarryOut = Callable[[Call], dict[str, Any]]


class Server:
    """Serves the Web API, response_urls and websockets on a free port.

    Attributes:
        base_url: its address, without a slash at the end; empty before it runs.
        journal: every call that came.
        faults: what the next calls of a method meet; `None` is a call that goes well.
    """

    def __init__(self, api: Api, door: SocketDoor) -> None:
        self.base_url = ""
        self.journal = Journal()
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self._api = api
        self._closing = asyncio.Event()
        site = web.Application(client_max_size=10 * 1024 * 1024)
        site.router.add_route("*", "/api/{method}", self._called)
        site.router.add_post("/respond/{name}", self._responded)
        site.router.add_get("/link", door.accept)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Let go of whoever still waits, and close."""
        self._closing.set()
        await self._runner.cleanup()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], await _arguments(request), _token(request))
        fault = self._take(call, self._api.carry_out)
        if fault is not None:
            return await self._go_wrong(request, call, fault)
        return web.json_response(call.answer, headers=self._headers(call))

    async def _responded(self, request: web.Request) -> web.StreamResponse:
        call = Call("response_url", await _arguments(request))
        fault = self._take(call, lambda call: self._api.respond(request.match_info["name"], call))
        if fault is not None:
            return await self._go_wrong(request, call, fault)
        return web.Response(text="ok") if call.ok else web.json_response(call.answer, status=404)

    def _take(self, call: Call, carry_out: CarryOut) -> Fault | None:
        """Carry a call out, unless it goes wrong before; return how it goes wrong."""
        faults = self.faults[call.method]
        call.fault = faults.popleft() if faults else None
        if call.fault is None or getattr(call.fault, "accepted", False):
            call.answer = carry_out(call)
        self.journal.record(call)
        return call.fault

    def _headers(self, call: Call) -> dict[str, str]:
        workspace = self._api.world.workspace_of(call.token)
        return {"x-oauth-scopes": ",".join(sorted(workspace.scopes))} if workspace else {}

    async def _go_wrong(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        match fault:
            case Failing(error):
                return web.json_response({"ok": False, "error": error})
            case Limited(after):
                headers = {} if after is None else {"Retry-After": after}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            case ErrorPage(status, _, content_type):
                return web.Response(text="<html>Something broke</html>", status=status, content_type=content_type)
            case BrokenJson(_, body):
                answer = body.encode(errors="surrogateescape")
                return web.Response(body=answer, content_type="application/json", charset="utf-8")
            case Reset():
                return _cut(request)
            case Truncated():
                return await _half(request, call)
            case Silence():
                await self._closing.wait()
                return _cut(request)


async def _arguments(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= json.loads(await request.read() or b"{}")
    else:
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in ("blocks", "view", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given


def _token(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _cut(request: web.Request) -> web.StreamResponse:
    assert isinstance(request.transport, asyncio.Transport)
    reset(request.transport)
    return web.StreamResponse()  # for nobody


async def _half(request: web.Request, call: Call) -> web.StreamResponse:
    """Send the first half of an answer and reset the connection."""
    body = json.dumps(call.answer).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    _cut(request)
    return response
