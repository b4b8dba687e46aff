"""What a channel has asked for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.channels import Channel


@dataclass(frozen=True, slots=True)
class Filter:
    """Which posts a channel wants, by the names of their topics.

    Attributes:
        topics: at least one of these, or any post when empty.
        without: none of these.
    """

    topics: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def takes(self, topics: Collection[str]) -> bool:
        """Say whether a post about these topics is wanted."""
        wanted = not self.topics or any(name in topics for name in self.topics)
        return wanted and not any(name in topics for name in self.without)


class SubscriptionState(StrEnum):
    """How a subscription stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Someone paused it."""
    GONE = "gone"
    """The channel cannot be reached; it goes on by itself when the channel is back."""
    ENDED = "ended"
    """Someone unsubscribed; what was delivered is still known."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One channel's subscription; a channel has one at most.

    Attributes:
        id: the store's number of it; 0 before it is kept.
        channel: where the announcements go.
        label: what the channel was called when it subscribed; empty for a direct message.
        private: not everyone in the workspace may know of the channel.
        by: the platform's id of who subscribed last.
        since: when it was subscribed, an aware time.
        filter: which posts it gets.
        state: how it stands.
        state_since: since when, an aware time.
        why: why it is gone, a sentence for people; else empty.
        by_name: what that person was called when they subscribed; empty where it is not known.
    """

    id: int
    channel: Channel
    label: str
    private: bool
    by: str
    since: datetime
    filter: Filter = field(default_factory=Filter)
    state: SubscriptionState = SubscriptionState.ACTIVE
    state_since: datetime | None = None
    why: str = ""
    by_name: str = ""
