"""Slack's way to an app's own address: signed requests."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.standins.slack_doors import ACK_SECONDS, RETRIES, Answer, Envelope


class HttpDoor:
    """Signed requests: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

    def __init__(self, url: str, secret: str, ack_seconds: float = ACK_SECONDS) -> None:
        self.url = url
        self.secret = secret
        self.age = 0.0
        """How old requests say they are, in seconds."""
        self.ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, envelope: Envelope) -> Answer:
        """Send something; an event comes again, up to three times, until it is answered with 200."""
        answer, reason = Answer(acked=False), ""
        for delivery in range(1 + RETRIES * envelope.is_event):
            answer, reason = await self._send(envelope, delivery, reason)
            if answer.acked:
                break
        return answer

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _send(self, envelope: Envelope, delivery: int, reason: str) -> tuple[Answer, str]:
        body, content_type = _http_body(envelope)
        headers = {**self._signed(body), "Content-Type": content_type}
        if delivery:
            headers |= {"x-slack-retry-num": str(delivery), "x-slack-retry-reason": reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        start = time.perf_counter()
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        try:
            async with self._session.post(self.url, data=body, headers=headers, timeout=timeout) as response:
                said = _decoded(await response.text())
                taken = time.perf_counter() - start
                acked = response.status == 200
                return Answer(acked, said, taken, response.status, delivery + 1), "http_error"
        except TimeoutError:
            return Answer(acked=False, seconds=self.ack_seconds, deliveries=delivery + 1), "http_timeout"
        except aiohttp.ClientError:
            return Answer(
                acked=False, seconds=time.perf_counter() - start, deliveries=delivery + 1
            ), "connection_failed"

    def _signed(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time() - self.age))
        digest = hmac.new(self.secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
        }


def _http_body(envelope: Envelope) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match envelope.kind:
        case "slash_commands":
            return urlencode(envelope.payload).encode(), form
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}).encode(), form
        case _:
            return json.dumps(envelope.payload).encode(), "application/json"


def _decoded(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
