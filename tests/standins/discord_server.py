"""A stand-in's place on loopback: it answers over HTTP, or goes wrong as it was told to."""

import asyncio
import inspect
import json
from collections import defaultdict, deque
from typing import Any

from aiohttp import BodyPartReader, web

from tests.standins.discord_buckets import Buckets, Verdict
from tests.standins.discord_calls import Call, DiscordError, Journal
from tests.standins.discord_faults import (
    BrokenJson,
    ErrorPage,
    Fault,
    Held,
    Limited,
    Moved,
    Refusing,
    Reset,
    Silence,
    Truncated,
)
from tests.standins.discord_gateway import Gateway
from tests.standins.discord_routes import Deed
from tests.standins.slack_faults import reset

BASE = "/api/v10"
_OPEN = ("POST /interactions", "POST /webhooks", "PATCH /webhooks", "GET /webhooks", "DELETE /webhooks")
"""Routes whose address is a secret, so that they ask for no token."""


class Server:
    """Serves the REST API and the gateway on a free port.

    Attributes:
        base_url: its address, without a slash at the end; empty before it runs.
        journal: every request that came.
        faults: what the next requests of a route meet; `None` is one that goes well.
    """

    def __init__(self, token: str, buckets: Buckets) -> None:
        self.base_url = ""
        self.journal = Journal()
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self._token = token
        self._buckets = buckets
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self, deeds: dict[str, Deed], gateway: Gateway) -> None:
        """Listen."""
        site = web.Application(client_max_size=64 * 1024 * 1024)
        site.router.add_get("/gateway", gateway.accept)
        site.router.add_get("/gateway/", gateway.accept)
        for route, deed in deeds.items():
            method, _, path = route.partition(" ")
            site.router.add_route(method, BASE + path, self._handler(route, deed))
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Let go of whoever still waits, and close."""
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def _handler(self, route: str, deed: Deed) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            body, files = await _sent(request)
            token = request.headers.get("Authorization", "").removeprefix("Bot ")
            call = Call(route, dict(request.match_info), dict(request.query), body, token, files)
            call.at = asyncio.get_running_loop().time()
            return await self._answered(request, call, deed)

        return handle

    async def _answered(self, request: web.Request, call: Call, deed: Deed) -> web.StreamResponse:
        faults = self.faults[call.route]
        call.fault = faults.popleft() if faults else None
        verdict = self._buckets.judge(call)
        if call.fault is None or getattr(call.fault, "accepted", False):
            await self._carry_out(call, deed, verdict)
        self.journal.record(call)
        if call.fault is None:
            return _response(call, verdict.headers)
        return await self._go_wrong(request, call, call.fault)

    async def _carry_out(self, call: Call, deed: Deed, verdict: Verdict) -> None:
        try:
            if call.token != self._token and not call.route.startswith(_OPEN):
                raise DiscordError(401, 0, "401: Unauthorized")
            if not verdict.taken:
                more = {"retry_after": verdict.retry_after, "global": verdict.everywhere}
                raise DiscordError(429, 0, "You are being rate limited.", **more)
            done = deed(call)
            call.answer = await done if inspect.isawaitable(done) else done
            call.status = 204 if call.answer is None else 200
        except DiscordError as error:
            call.status, call.answer = error.status, error.body

    async def _go_wrong(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        match fault:
            case Refusing(status, code):
                body = json.dumps({"code": code, "message": "Refused"}).encode()
                headers = {"Via": "1.1 google", "Content-Type": "application/json"}
                return web.Response(body=body, status=status, headers=headers)
            case Limited():
                return _limited(fault)
            case Moved(where):
                return web.Response(status=302, headers={"Location": where})
            case ErrorPage(status, _, content_type):
                return web.Response(text="<html>Something broke</html>", status=status, content_type=content_type)
            case BrokenJson(_, body):
                answer = body.encode(errors="surrogateescape")
                return web.Response(body=answer, headers={"Content-Type": "application/json"})
            case Reset():
                return _cut(request)
            case Truncated():
                return await _half(request, call)
            case Silence():
                await self._closing.wait()
                return _cut(request)
            case Held(_, let_go):
                await let_go.wait()
                return _response(call, {})


def _response(call: Call, headers: dict[str, str]) -> web.Response:
    headers = {**headers, "Via": "1.1 google"}
    if call.status == 204:
        return web.Response(status=204, headers=headers)
    if call.status == 429:
        headers["Retry-After"] = f"{call.answer['retry_after']:.3f}"
    # discord.py reads JSON only where the header says exactly this, as Discord's does
    body = json.dumps(call.answer).encode()
    return web.Response(body=body, status=call.status, headers={**headers, "Content-Type": "application/json"})


def _limited(fault: Limited) -> web.Response:
    headers = {"Retry-After": f"{fault.after:g}", "X-RateLimit-Scope": fault.scope}
    if fault.everywhere:
        headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    if not fault.via:
        return web.Response(text="error code: 1015", status=429, headers=headers)
    body = {"message": "You are being rate limited.", "retry_after": fault.after, "global": fault.everywhere, "code": 0}
    headers |= {"Via": "1.1 google", "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=429, headers=headers)


async def _sent(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """Return the JSON of a request and the files beside it."""
    if request.content_type != "multipart/form-data":
        return json.loads(await request.read() or b"{}"), {}
    body: Any = {}
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        given = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            body = json.loads(given)
        else:
            files[part.filename or part.name or ""] = given
    return body, files


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
