"""The door for Socket Mode: the bot calls Slack, keeps the line open, and calls again whenever it is lost.

slack_sdk's own client is not used: it goes on calling an address that is spent, waits for its next look at the line
before it calls again, hangs up before it has a new line, and writes addresses with tickets into the log.
"""

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any, Self

import aiohttp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import UNREACHABLE, app_token_error, error_code, retry_after
from adapters.slack.line import Envelope, Line

_log = logging.getLogger("pprnet.slack")

Take = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

HEARTBEAT = 10.0
"""Seconds of silence after which the line is tried; half as long again without an answer, and it counts as dead."""

_SETTLED = 5.0
"""Seconds that a line has to hold before the next loss counts as the first one."""

_LONGEST_PAUSE = 30.0
"""Seconds between two calls at most, however often they failed."""

_MOST_DOUBLINGS = 10
"""How often the pause is doubled: past the longest one, and far from numbers that no pause can be made of."""

_LAST_WORDS = 2.0
"""Seconds that acknowledgements may take while the door closes."""

_GOODBYE = aiohttp.ClientWSTimeout(ws_close=0.5)
"""How long a line may take to be closed: a dead one says nothing."""

_REFUSALS = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed", "token_revoked"}
)
"""What Slack says to an app token that will never do."""


class SocketDoor:
    """Keeps a line to Slack, and hands on what comes over it."""

    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        app_token: str,
        take: Take,
        *,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        """Make ready to call; nothing is opened yet.

        Args:
            client: Slack's Web API, to ask for addresses.
            session: what carries the lines.
            app_token: the app's own token.
            take: takes a request and returns what to tell Slack.
            heartbeat: see `HEARTBEAT`.
        """
        self._client = client
        self._session = session
        self._app_token = app_token
        self._take = take
        self._heartbeat = heartbeat
        self._lines: list[Line] = []
        self._failures = 0
        self._not_before = 0.0
        self._in_hand: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        """Whether Slack can reach the bot at this moment."""
        return any(line.is_open for line in self._lines)

    async def __aenter__(self) -> Self:
        """Call Slack, and call again whenever the line is lost.

        Raises:
            SlackAccessError: Slack does not take the app token.
        """
        await self._open()
        self._keeping = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Take nothing more, acknowledge what was taken, and hang up."""
        self._keeping.cancel()
        await asyncio.wait([self._keeping])
        for line in self._lines:
            line.stop_listening()
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=_LAST_WORDS)
        for line in self._lines:
            await line.close()

    async def _open(self) -> None:
        """Call for the first time; where Slack cannot be reached, `_keep` goes on trying."""
        try:
            await self._call()
        except SlackApiError as error:
            if (code := error_code(error)) in _REFUSALS:
                raise app_token_error(code) from error
            self._failed(error)
        except UNREACHABLE as error:
            self._failed(error)

    async def _keep(self) -> None:
        while True:
            if self._lines:
                await self._lines[-1].over.wait()
                self._count_loss(self._lines[-1])
            while not await self._called():
                pass

    async def _called(self) -> bool:
        await asyncio.sleep(max(self._not_before, _pause(self._failures)))
        try:
            await self._call()
        except Exception as error:  # noqa: BLE001 - whatever it is: a bot that stops calling is deaf for good
            self._failed(error)
            return False
        return True

    async def _call(self) -> None:
        """Open a line at a new address, for each is good for one call; old lines go on until Slack closes them."""
        told = await self._client.apps_connections_open(app_token=self._app_token)
        socket = await self._session.ws_connect(
            told["url"], heartbeat=self._heartbeat, proxy=self._client.proxy, timeout=_GOODBYE
        )
        self._lines = [*(line for line in self._lines if line.is_open), Line(socket, self._arrived)]
        _log.info("the line to Slack is open", extra={"action": "slack.connected"})

    def _arrived(self, line: Line, envelope: Envelope) -> None:
        task = asyncio.get_running_loop().create_task(self._handle(line, envelope))
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def _handle(self, line: Line, envelope: Envelope) -> None:
        payload = envelope.get("payload")
        request = AsyncBoltRequest(mode="socket_mode", body=payload if isinstance(payload, dict) else {})
        response = await self._take(request)
        if response.status == 200:
            await self._acknowledge(line, {"envelope_id": envelope["envelope_id"], **_told(response)})

    async def _acknowledge(self, line: Line, acknowledgement: Envelope) -> None:
        """Acknowledge on the line that the envelope came by; if that is lost by now, on the newest."""
        for way in (line, self._lines[-1]):
            with contextlib.suppress(ConnectionError):
                await way.acknowledge(acknowledgement)
                return
        _log.warning("a line was lost before an acknowledgement; Slack will ask again", extra={"action": "slack.lost"})

    def _count_loss(self, line: Line) -> None:
        held = asyncio.get_running_loop().time() - line.opened_at
        self._failures = 0 if held >= _SETTLED else self._failures + 1

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        self._not_before = retry_after(error)
        what = error_code(error) or type(error).__name__
        _log.warning("the line to Slack could not be opened: %s", what, extra={"action": "slack.unreachable"})


def _told(response: BoltResponse) -> dict[str, Any]:
    """Return what bolt wants Slack told, as Socket Mode carries it."""
    if not response.body:
        return {}
    if response.first_headers().get("content-type", "").startswith("application/json"):
        return {"payload": json.loads(response.body)}
    return {"payload": {"text": response.body}}


def _pause(failures: int) -> float:
    """Return the seconds before the next call: none after the first loss, then about twice as long each time.

    Spread by chance, so that after an outage not every bot calls at once.
    """
    if failures <= 1:
        return 0.0
    return min(_LONGEST_PAUSE, 0.25 * 2.0 ** min(failures, _MOST_DOUBLINGS)) * random.uniform(0.5, 1.0)  # noqa: S311 - nothing secret
