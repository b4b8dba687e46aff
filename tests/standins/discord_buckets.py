"""A stand-in's rate limits: a bucket for each route and channel, and one for the whole bot.

docs.discord.com, Topics, Rate Limits. A limit is a fixed number of requests in a window that the first one opens.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.standins.discord_calls import Call

GLOBAL_LIMIT = 50
BUCKET_LIMIT, BUCKET_SECONDS = 5, 5.0
CROSSPOST_LIMIT, CROSSPOST_SECONDS = 10, 3600.0

_FREE = ("POST /interactions", "POST /webhooks", "PATCH /webhooks", "GET /webhooks", "DELETE /webhooks")
"""Answers to interactions do not count as the bot's requests."""


@dataclass(slots=True)
class Window:
    """So many requests in so many seconds."""

    limit: int
    seconds: float
    opened: float = float("-inf")
    used: int = 0

    def take(self, now: float) -> bool:
        """Count a request, unless there is no room for it."""
        if now - self.opened >= self.seconds:
            self.opened, self.used = now, 0
        if self.used >= self.limit:
            return False
        self.used += 1
        return True

    def reset_after(self, now: float) -> float:
        """Return in how many seconds there is room again."""
        return max(0.0, self.opened + self.seconds - now)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request is taken, and what its answer tells of the limits."""

    taken: bool
    headers: dict[str, str]
    retry_after: float = 0.0
    everywhere: bool = False


class Buckets:
    """All limits of one bot.

    Attributes:
        on: off, everything is taken and nothing is told of limits.
        refused: how many requests were answered with 429.
        limit, seconds: of each route and channel.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.on = False
        self.refused = 0
        self.limit, self.seconds = BUCKET_LIMIT, BUCKET_SECONDS
        self.everywhere = Window(GLOBAL_LIMIT, 1.0)
        self._clock = clock
        self._windows: dict[tuple[str, str], Window] = {}

    def judge(self, call: Call) -> Verdict:
        """Count a request and say whether it is taken."""
        if not self.on:
            return Verdict(True, {})
        now = self._clock()
        if not call.route.startswith(_FREE) and not self.everywhere.take(now):
            self.refused += 1
            after = self.everywhere.reset_after(now)
            headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
            return Verdict(False, headers, after, everywhere=True)
        window = self._window(call)
        taken = window.take(now)
        self.refused += not taken
        return Verdict(taken, _headers(window, call, now), 0.0 if taken else window.reset_after(now))

    def _window(self, call: Call) -> Window:
        key = (call.route, call.path.get("channel") or call.path.get("guild") or call.path.get("token") or "")
        if key not in self._windows:
            slow = call.route.endswith("/crosspost")
            limit, seconds = (CROSSPOST_LIMIT, CROSSPOST_SECONDS) if slow else (self.limit, self.seconds)
            self._windows[key] = Window(limit, seconds)
        return self._windows[key]


def _headers(window: Window, call: Call, now: float) -> dict[str, str]:
    after = window.reset_after(now)
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(window.limit - window.used),
        "X-RateLimit-Reset": f"{now + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": f"{hash(call.route) & 0xFFFFFFFF:08x}",
        "X-RateLimit-Scope": "user",
    }
