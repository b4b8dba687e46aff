"""What can go wrong on the way to Discord and back; what any far end does wrong is said as for Slack."""

import asyncio
from dataclasses import dataclass, field

from tests.standins.slack_faults import BrokenJson, ErrorPage, Reset, Silence, Truncated

__all__ = ["BrokenJson", "ErrorPage", "Fault", "Held", "Limited", "Moved", "Refusing", "Reset", "Silence", "Truncated"]


@dataclass(frozen=True, slots=True)
class Refusing:
    """Discord says no: an HTTP status and a code of its own."""

    status: int
    code: int = 0
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Limited:
    """Too many requests: 429. `via` says that Discord itself answers, not the machines before it."""

    after: float = 0.05
    everywhere: bool = False
    scope: str = "user"
    via: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """The answer is elsewhere: 302."""

    where: str


@dataclass(frozen=True, slots=True)
class Held:
    """The answer is held back until the test lets go; the request was carried out before."""

    accepted: bool = True
    let_go: asyncio.Event = field(default_factory=asyncio.Event)


Fault = Refusing | Limited | Moved | Held | ErrorPage | BrokenJson | Reset | Truncated | Silence
