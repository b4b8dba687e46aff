"""A message that is to go somewhere, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.channels import Channel


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that has to reach one channel, once.

    Attributes:
        key: unique among all deliveries; the platform keeps it with the message so that it can be found.
        channel: where it goes.
        intended_at: when the intent to send was written down, an aware time; no message is older.
    """

    key: str
    channel: Channel
    intended_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there.

    Attributes:
        message: the platform's own id of it.
        url: where people can see it; empty where the platform does not tell.
    """

    message: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """It was looked for and is not there: it may be sent."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The channel cannot be reached until someone does something about it.

    Attributes:
        why: a sentence for whoever subscribed.
        workspace: the whole workspace is gone, not this channel alone.
    """

    why: str
    workspace: bool = False


class Scope(StrEnum):
    """What a limit holds for."""

    CHANNEL = "channel"
    WORKSPACE = "workspace"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class TryLater:
    """It was refused for now.

    Attributes:
        why: a sentence for the operator.
        after: seconds to wait, where the platform says so.
        scope: what has to wait.
    """

    why: str
    after: float | None = None
    scope: Scope = Scope.CHANNEL


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may be there or not: look for it before sending again. `why` is a sentence for the operator."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take this message: our mistake. `why` is a sentence for the operator."""

    why: str


Outcome = Sent | Gone | TryLater | Unsure | Refused
"""What became of sending."""

Finding = Sent | NotSent | Gone | TryLater | Unsure
"""What became of looking for a message."""


Reach = None | Gone | TryLater
"""Whether a channel can be posted in: `None` when it can."""
