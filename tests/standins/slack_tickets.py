"""What lets an app answer what one person did: for a while, and so many times."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.standins.slack_world import Message


@dataclass(slots=True)
class Trigger:
    """A person's doing, which lets the app open one modal within three seconds."""

    user: str
    at: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """An address at which one doing of a person can be answered, five times within half an hour."""

    channel: str
    user: str
    at: float
    original: "Message | None"
    uses: int = 0
