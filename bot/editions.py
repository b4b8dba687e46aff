"""What is announced together, and how far each announcement has come."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.channels import Channel
from bot.model import Month
from bot.outcomes import Delivery
from bot.subscriptions import Filter

_SLACK_LANES = 64
_NEWS_MONTHS = 3


def lane_of(channel: Channel) -> str:
    """Return the lane that a channel's deliveries go by.

    A lane has one worker at a time, so that whoever keeps a platform's limits sees all that counts towards them:
    Slack limits each workspace, and workspaces are hashed into 64 lanes; Discord limits the application as a whole.
    """
    if channel.platform == "slack":
        return f"slack:{zlib.crc32(channel.workspace.encode()) % _SLACK_LANES:02}"
    return channel.platform


def oldest_news(at: datetime) -> Month:
    """Return the oldest month whose posts are still news at a moment: three months ago.

    Older posts join the archive without being announced.
    """
    months = at.year * 12 + at.month - 1 - _NEWS_MONTHS
    return Month(months // 12, months % 12 + 1)


class EditionState(StrEnum):
    """How an edition stands."""

    OPEN = "open"
    """It is announced."""
    HELD = "held"
    """It has suspiciously many posts: the operator decides."""
    DISCARDED = "discarded"
    """The operator decided that it is no news."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The posts that are announced together: no post is in two.

    Attributes:
        id: the store's number of it.
        frozen_at: when it was put together, an aware time.
        posts: the ids of its posts, newest first.
        state: how it stands.
        planned_at: when its deliveries were written down, an aware time; `None` before that.
    """

    id: int
    frozen_at: datetime
    posts: tuple[str, ...]
    state: EditionState
    planned_at: datetime | None = None


class DeliveryState(StrEnum):
    """How far one delivery has come."""

    PLANNED = "planned"
    SENDING = "sending"
    """A worker has it in hand. After a crash nobody knows whether it was sent: it is looked for first."""
    WAITING = "waiting"
    """It did not work and is tried again."""
    SENT = "sent"
    FAILED = "failed"
    """It was tried for a day, or the platform will never take it."""
    SKIPPED = "skipped"
    """The channel was gone, or its subscription paused or ended, before it was sent."""
    UNKNOWN = "unknown"
    """Whether it was sent could not be found out for a day: the operator decides."""


SETTLED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED, DeliveryState.UNKNOWN})
"""The states in which nothing more is done by itself."""


@dataclass(frozen=True, slots=True)
class Task:
    """A delivery that a worker has claimed.

    Attributes:
        delivery: what to send, and where.
        edition: the number of its edition.
        posts: the ids of the edition's posts that the subscription's filter took when it was planned, newest first.
        attempts: how often it has been claimed, this time included; at least 1.
        first_tried_at: when it was first claimed, an aware time.
        unsure: it may have been sent already: look for it first.
        filter: what the subscription asks for, to say so in the message.
    """

    delivery: Delivery
    edition: int
    posts: tuple[str, ...]
    attempts: int
    first_tried_at: datetime
    unsure: bool = False
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a task.

    Attributes:
        key: the delivery's key.
        state: how far it has come.
        message: the platform's id of the message, when it was sent.
        url: where the message can be seen, when it was sent and the platform tells.
        why: a sentence about why it was not sent; else empty.
        due_at: when to try again, an aware time; only where it waits.
        unsure: it may have been sent: look for it before trying again.
    """

    key: str
    state: DeliveryState
    message: str = ""
    url: str = ""
    why: str = ""
    due_at: datetime | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery as it stands, to show.

    Attributes:
        key: the delivery's key.
        edition: the number of its edition.
        channel: where it goes.
        label: what the channel is called.
        state: how far it has come.
        at: since when, an aware time.
        attempts: how often it was tried.
        why: a sentence about why it was not sent; else empty.
        url: where the message can be seen; else empty.
        due_at: when it is tried again, an aware time; only where it waits.
    """

    key: str
    edition: int
    channel: Channel
    label: str
    state: DeliveryState
    at: datetime
    attempts: int
    why: str = ""
    url: str = ""
    due_at: datetime | None = None
