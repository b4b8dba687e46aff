"""How Slack reaches an app, whichever way: what it sends, and what comes back at once."""

from dataclasses import dataclass
from typing import Any, Protocol

ACK_SECONDS = 3.0
"""How long Slack waits for an answer."""

RETRIES = 3
"""How often an event that was not answered comes again. Slack waits none, 1 and 5 minutes; tests do not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said at once to one thing that Slack sent it.

    Attributes:
        acked: it said yes in time.
        body: what it said, JSON decoded; `None` for nothing.
        seconds: how long it took, the last delivery alone.
        status: over HTTP its status; in Socket Mode 200 when acked.
        deliveries: how often it was sent.
    """

    acked: bool
    body: Any = None
    seconds: float = 0.0
    status: int = 0
    deliveries: int = 1


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing that Slack sends: `kind` is Socket Mode's type of it."""

    kind: str
    payload: dict[str, Any]

    @property
    def is_event(self) -> bool:
        """Whether Slack sends it again when nobody answers."""
        return self.kind == "events_api"


class Door(Protocol):
    """A way to the app."""

    async def deliver(self, envelope: Envelope) -> Answer:
        """Send something and return what the app says to it."""
        ...
