"""A far end for benchmarks: Discord as far as posting goes, in a process of its own.

It says yes to everything, or counts as Discord counts, and tells at `/told` what came.
"""

import asyncio
import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

from adapters.discord.pacing import CEILING

GUILD = "900"
FIRST_CHANNEL = 1_000_000
"""Every number from here on is a text channel of the one server."""


@contextmanager
def far_end(*, limited: bool) -> Iterator[str]:
    """Run a server that takes every message that its limits allow; yield the base of its REST API."""
    spawn = multiprocessing.get_context("spawn")
    near, far = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(far, limited), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{near.recv()}/api/v10"
    finally:
        process.terminate()
        process.join()


class _FarEnd:
    """Discord as far as posting goes: 50 requests in each second, 5 in each 5 s on a route of a channel."""

    def __init__(self, *, limited: bool) -> None:
        self._limited = limited
        self._asked = self._refused = 0
        self._reached: set[str] = set()
        self._windows: dict[str, tuple[float, int]] = {}

    async def post(self, request: web.Request) -> web.Response:
        body = await request.json()
        channel = request.match_info["channel"]
        if (refusal := self._refusal(f"POST {channel}")) is not None:
            return refusal
        self._reached.add(channel)
        return self._answer(f"POST {channel}", _message(channel, body["nonce"]))

    async def channel(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        if (refusal := self._refusal(f"GET {channel}")) is not None:
            return refusal
        return self._answer(f"GET {channel}", {"id": channel, "type": 0, "guild_id": GUILD})

    async def told(self, _request: web.Request) -> web.Response:
        return _json({"asked": self._asked, "refused": self._refused, "reached": len(self._reached)})

    def _refusal(self, bucket: str) -> web.Response | None:
        self._asked += 1
        everywhere = not self._take("", CEILING, 1.0)
        if not everywhere and self._take(bucket, 5, 5.0):
            return None
        self._refused += 1
        after = self._left("" if everywhere else bucket, 1.0 if everywhere else 5.0)
        return _json({"message": "slower", "retry_after": after, "global": everywhere, "code": 0}, status=429)

    def _take(self, bucket: str, limit: int, seconds: float) -> bool:
        if not self._limited:
            return True
        now = time.monotonic()
        opened, used = self._windows.get(bucket, (now, 0))
        if now - opened >= seconds:
            opened, used = now, 0
        self._windows[bucket] = opened, min(used + 1, limit)
        return used < limit

    def _left(self, bucket: str, seconds: float) -> float:
        return max(0.0, self._windows[bucket][0] + seconds - time.monotonic())

    def _answer(self, bucket: str, body: object) -> web.Response:
        if not self._limited:
            return _json(body)
        return _json(body, left=5 - self._windows[bucket][1], reset=self._left(bucket, 5.0))


def _json(body: object, status: int = 200, left: int | None = None, reset: float = 0.0) -> web.Response:
    headers = {"Content-Type": "application/json", "Via": "1.1 bench"}
    if left is not None:
        headers |= {"X-RateLimit-Remaining": str(left), "X-RateLimit-Reset-After": f"{reset:.3f}"}
        headers |= {"X-RateLimit-Limit": "5", "X-RateLimit-Bucket": "b"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


def _message(channel: str, nonce: str) -> dict[str, object]:
    author = {"id": "1", "username": "pprnet", "discriminator": "0", "avatar": None}
    return {
        "id": "1575000000000000000",
        "channel_id": channel,
        "type": 0,
        "author": author,
        "content": "",
        "timestamp": "2026-11-25T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "components": [],
        "nonce": nonce,
    }


def _serve(port: Connection, limited: bool) -> None:
    async def login(_request: web.Request) -> web.Response:
        owner = {"id": "1", "username": "pprnet", "discriminator": "0", "avatar": None}
        known = {"name": "", "description": "", "icon": None, "bot_public": True, "bot_require_code_grant": False}
        return _json({**owner, **known, "owner": owner, "verify_key": ""})

    async def serve() -> None:
        far = _FarEnd(limited=limited)
        site = web.Application()
        site.router.add_get("/api/v10/told", far.told)
        site.router.add_get("/api/v10/{whom}/@me", login)
        site.router.add_get("/api/v10/oauth2/applications/@me", login)
        site.router.add_get("/api/v10/channels/{channel}", far.channel)
        site.router.add_post("/api/v10/channels/{channel}/messages", far.post)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())
