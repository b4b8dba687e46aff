"""What the app asked of a stand-in Discord, request by request."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.standins.discord_faults import Fault

PATIENCE = 10.0
"""Seconds to wait for something that has to happen; only a broken test waits so long."""


class DiscordError(Exception):
    """Discord answers with this status and this code."""

    def __init__(self, status: int, code: int = 0, message: str = "", **more: Any) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body = {"code": code, "message": message or f"Error {code}", **more}


@dataclass(slots=True, eq=False)
class Call:
    """One request.

    Attributes:
        route: its method and path, as `POST /channels/{channel}/messages`.
        path: what stands in the route's braces.
        body: what was sent, JSON decoded; files are left out.
        files: what was sent beside it, by file name.
        at: when it came, by the event loop's clock.
        status: of the answer; with a fault perhaps never received. 0 when there was none.
        answer: the answer's body.
    """

    route: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any
    token: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    fault: Fault | None = None
    at: float = 0.0
    status: int = 0
    answer: Any = None

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return 200 <= self.status < 300


class Journal:
    """Requests in the order they came, and a way to wait for the next."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._waiting: defaultdict[str, asyncio.Queue[Call]] = defaultdict(asyncio.Queue)

    def record(self, call: Call) -> None:
        """Keep a request and wake whoever waits for it."""
        self.calls.append(call)
        self._waiting[call.route].put_nowait(call)

    async def next(self, route: str) -> Call:
        """Return the next request of a route that nobody has taken yet, waiting for it."""
        try:
            return await asyncio.wait_for(self._waiting[route].get(), PATIENCE)
        except TimeoutError:
            seen = ", ".join(call.route for call in self.calls) or "nothing"
            raise AssertionError(f"no {route} came; what came: {seen}") from None

    def of(self, route: str) -> list[Call]:
        """Return every request of a route so far, taken or not."""
        return [call for call in self.calls if call.route == route]
