"""Where a message is to go, and what became of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A place on a platform that messages go to.

    Attributes:
        platform: `slack`, for one.
        workspace: the platform's id of the workspace or guild.
        id: the platform's id of the channel, or of the direct message.
    """

    platform: str
    workspace: str
    id: str


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
    """It is there; `message` is the platform's own id of it."""

    message: str


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


@dataclass(frozen=True, slots=True)
class TryLater:
    """It was refused for now.

    Attributes:
        why: a sentence for the operator.
        after: seconds to wait, where the platform says so.
    """

    why: str
    after: float | None = None


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
