"""How many messages a second a platform takes, in all of a workspace and in one channel."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows; `None` where somebody else sees to it.

    Attributes:
        workspace: messages a second in one workspace, in the long run.
        burst: how many a workspace that was quiet takes at once.
        channel: messages a second in one channel.
    """

    workspace: float | None = None
    burst: int = 1
    channel: float | None = None


UNLIMITED = Limits()
"""For a platform whose publisher paces itself."""

SLACK = Limits(workspace=4.0, burst=60, channel=1.0)
"""https://docs.slack.dev/apis/web-api/rate-limits: a message a second in a channel, and "several hundred messages per
minute" in a workspace, which other apps share. With a burst of 60 and four a second no minute has more than 300,
and a workspace of usual size has its announcements at once."""


class Pace:
    """Spaces messages out: each gets its turn. All times are seconds of one clock.

    It is the virtual scheduling of the generic cell rate algorithm (ITU-T I.371): as exact as a bucket of tokens, with
    one number to keep.
    """

    def __init__(self, rate: float | None, burst: int = 1) -> None:
        """Begin with a turn that is free.

        Args:
            rate: turns a second; any number when `None`.
            burst: how many come at once after a while without any.
        """
        self._interval = 1 / rate if rate else 0.0
        self._ahead = self._interval * (burst - 1)
        self._even_at = 0.0

    def take(self, now: float) -> float:
        """Take the next turn; return the seconds until it comes."""
        even_at = max(now, self._even_at)
        self._even_at = even_at + self._interval
        return max(0.0, even_at - self._ahead - now)

    def is_free(self, now: float) -> bool:
        """Say whether nothing is known that a new one would not know."""
        return self._even_at <= now


class ChannelPaces:
    """When each channel takes its next message; what has passed is forgotten."""

    def __init__(self, rate: float | None) -> None:
        """Begin with channels that are free.

        Args:
            rate: messages a second in one channel; any number when `None`.
        """
        self._interval = 1 / rate if rate else 0.0
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._held: dict[str, float] = {}

    def take(self, channel: str, now: float) -> float:
        """Take a channel's next turn; return the seconds until it comes."""
        self._forget(now)
        turn = max(now, self._free_at.pop(channel, 0.0), self._held.pop(channel, 0.0))
        if turn + self._interval > now:
            self._free_at[channel] = turn + self._interval
        return turn - now

    def hold(self, channel: str, until: float) -> None:
        """Leave a channel alone until some time."""
        self._held[channel] = until

    def __len__(self) -> int:
        return len(self._free_at)

    def _forget(self, now: float) -> None:
        """Forget the oldest turns that have passed: what is taken out is never more than what was put in."""
        while self._free_at and next(iter(self._free_at.values())) <= now:
            self._free_at.popitem(last=False)
