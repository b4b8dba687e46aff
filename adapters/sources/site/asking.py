"""Requests, made one at a time and patiently, and no more of them than one visit may make."""

from collections.abc import Mapping

from yarl import URL

from adapters.sources.site.errors import OversizeError
from adapters.sources.site.limits import REQUESTS, VISIT_LIMIT
from adapters.sources.site.pacing import Pace
from adapters.sources.site.transport import Answer, Transport

_PASSING = frozenset({0, 408, 425, 429})
_NEVER = frozenset({501, 505})


class Asker:
    """Asks with pauses, and again where waiting may help."""

    def __init__(self, transport: Transport, pace: Pace) -> None:
        self._transport = transport
        self._pace = pace
        self._requests = 0
        self._fetched = 0

    def check(self, url: URL) -> None:
        """Let an address pass; see `Transport.check`."""
        self._transport.check(url)

    def slow_down(self, pause: float) -> None:
        """Make the pause between two requests longer, in seconds, if it is not as long already."""
        self._pace.slow_down(pause)

    async def ask(self, url: URL, headers: Mapping[str, str]) -> Answer:
        """Ask until an answer comes that will not change by waiting.

        Raises:
            NotNowError: none comes, or only after longer than the visit may take.
            SourceError: whatever else `Transport.get` raises, or there were too many requests, or too much came.
        """
        failures = 0
        while True:
            await self._pace.turn()
            self._count()
            try:
                answer = await self._transport.get(url, headers, seconds=self._pace.left)
            finally:
                self._pace.answered()
            self._weigh(answer)
            if not _is_passing(answer.status):
                return answer
            failures += 1
            await self._pace.back_off(failures, answer.headers.get("retry-after", ""))

    def _count(self) -> None:
        self._requests += 1
        if self._requests > REQUESTS:
            human = f"The source has no end: {REQUESTS:,} requests were made, the most for one visit."
            raise OversizeError("a visit makes too many requests", human)

    def _weigh(self, answer: Answer) -> None:
        self._fetched += len(answer.body)
        if self._fetched > VISIT_LIMIT:
            human = f"The source sends more than {VISIT_LIMIT // 1024**2} MiB, the most for one visit."
            raise OversizeError("a visit fetches too much", human)


def _is_passing(status: int) -> bool:
    return status in _PASSING or (status >= 500 and status not in _NEVER)
