"""What the app asked of a stand-in, call by call."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.standins.slack_faults import Fault
from tests.standins.slack_world import Message

PATIENCE = 10.0
"""Seconds to wait for something that has to happen; only a broken test waits so long."""


@dataclass(slots=True, eq=False)
class Call:
    """One call of the Web API, or one use of a response_url (then the method is `response_url`).

    Attributes:
        args: the arguments, JSON decoded.
        answer: what was answered; with a fault perhaps never received.
        message: what the call posted or changed.
    """

    method: str
    args: dict[str, Any]
    token: str = ""
    fault: Fault | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    message: Message | None = None

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return bool(self.answer.get("ok"))


class Journal:
    """Calls in the order they came, and a way to wait for the next."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._waiting: defaultdict[str, asyncio.Queue[Call]] = defaultdict(asyncio.Queue)

    def record(self, call: Call) -> None:
        """Keep a call and wake whoever waits for it."""
        self.calls.append(call)
        self._waiting[call.method].put_nowait(call)

    async def next(self, method: str) -> Call:
        """Return the next call of a method that nobody has taken yet, waiting for it."""
        try:
            return await asyncio.wait_for(self._waiting[method].get(), PATIENCE)
        except TimeoutError:
            seen = ", ".join(call.method for call in self.calls) or "nothing"
            raise AssertionError(f"no {method} came; what came: {seen}") from None

    def of(self, method: str) -> list[Call]:
        """Return every call of a method so far, taken or not."""
        return [call for call in self.calls if call.method == method]
