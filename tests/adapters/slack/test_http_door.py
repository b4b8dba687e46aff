"""The door for HTTP: what Slack signed comes in, and nothing else."""

import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.http_door import HttpDoor
from adapters.slack.manifest import EVENTS_PATH
from adapters.web.server import served
from tests.loops import on_a_loop

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Taker:
    taken: list[AsyncBoltRequest] = field(default_factory=list)

    async def __call__(self, request: AsyncBoltRequest) -> BoltResponse:
        self.taken.append(request)
        return BoltResponse(status=200, body={"options": []})


@contextlib.asynccontextmanager
async def opened(taker: Taker) -> AsyncIterator[str]:
    async with served(HttpDoor(SECRET, taker).routes, "127.0.0.1", 0) as address:
        yield f"{address}{EVENTS_PATH}"


def signed(body: bytes, *, secret: str = SECRET, age: float = 0, content_type: str = FORM) -> dict[str, str]:
    at = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}", "Content-Type": content_type}


async def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        await response.read()
        return response.status


@on_a_loop
async def test_what_slack_signed_just_now_is_taken_and_answered() -> None:
    taker, body = Taker(), b"command=%2Fpprnet&text=latest"
    async with opened(taker) as url:
        assert await post(url, body, signed(body)) == 200

    assert [request.body["text"] for request in taker.taken] == ["latest"]


@on_a_loop
async def test_forged_and_stale_requests_are_refused_and_nothing_is_done() -> None:
    taker, body = Taker(), b"command=%2Fpprnet&text=latest"
    good = signed(body)
    refused = {
        "another secret": (body, signed(body, secret=SECRET[::-1])),
        "another body": (body + b"x", good),
        "too old": (body, signed(body, age=301)),
        "from the future": (body, signed(body, age=-302)),
        "no signature": (body, {name: value for name, value in good.items() if name != "X-Slack-Signature"}),
        "no time": (body, {name: value for name, value in good.items() if name != "X-Slack-Request-Timestamp"}),
        "nothing at all": (body, {}),
        "a time that is no number": (body, good | {"X-Slack-Request-Timestamp": "now"}),
        "a time without an end": (body, good | {"X-Slack-Request-Timestamp": "9" * 400}),
        "a signature that is no ASCII": (body, good | {"X-Slack-Signature": "v0=ü"}),
        "a body that is no JSON": (b"{", {"Content-Type": "application/json"}),
        "a body that is no text": (b"\xff", signed(b"\xff")),
    }
    async with opened(taker) as url:
        said = {why: await post(url, sent, headers) for why, (sent, headers) in refused.items()}

    assert said == dict.fromkeys(refused, 401)
    assert taker.taken == []


@on_a_loop
async def test_what_is_signed_but_cannot_be_read_is_refused_too() -> None:
    taker, body = Taker(), b'{"type": '
    async with opened(taker) as url:
        assert await post(url, body, signed(body, content_type="application/json")) == 400

    assert taker.taken == []


@on_a_loop
async def test_headers_that_slack_does_not_sign_tell_bolt_nothing() -> None:
    taker, body = Taker(), json.dumps({"type": "event_callback"}).encode()
    headers = signed(body, content_type="application/json") | {"X-Slack-Bolt-Lazy-Only": "1"}
    async with opened(taker) as url:
        assert await post(url, body, headers) == 200

    assert [request.lazy_only for request in taker.taken] == [False]


@on_a_loop
async def test_only_posts_are_taken() -> None:
    async with opened(Taker()) as url, aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 405
