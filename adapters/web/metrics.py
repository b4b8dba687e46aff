"""What is counted and measured, for Prometheus: never whom, where or what somebody asked."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from platform import python_version
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.channels import NOBODY, Asker
from bot.editions import SETTLED, DeliveryState
from bot.errors import StoreError
from bot.model import ArchiveFacts
from bot.requests import Request, Unclear
from bot.subscriptions import SubscriptionState
from bot.views import View
from bot.wording import write

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""https://prometheus.io/docs/instrumenting/exposition_formats/"""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Answer(Protocol):
    """What answers requests: the service's `answer`, or what stands before it."""

    def __call__(self, request: Request | Unclear, asker: Asker = NOBODY) -> View:
        """Return the answer to a request."""
        ...


@dataclass(frozen=True, slots=True)
class Stock:
    """What the store holds at this moment.

    Attributes:
        archive: the posts.
        deliveries: how many are in each state.
        subscriptions: how many there are, by platform and state.
        held: how many editions wait for the operator.
        sources: by name, when each was last read; `None` if never.
    """

    archive: ArchiveFacts
    deliveries: Mapping[DeliveryState, int]
    subscriptions: Mapping[tuple[str, SubscriptionState], int]
    held: int
    sources: Mapping[str, datetime | None]


class Metrics:
    """Counts, and tells Prometheus. Each has a registry of its own, so that nothing of another is told."""

    def __init__(self, version: str) -> None:
        """Begin at nought.

        Args:
            version: the program's.
        """
        self.registry = CollectorRegistry(auto_describe=False)
        self._commands = Counter(
            "pprnet_commands", "Requests answered.", ("command", "outcome", "where"), registry=self.registry
        )
        self._took = Histogram(
            "pprnet_command_seconds", "What an answer takes.", ("command",), buckets=_SECONDS, registry=self.registry
        )
        self._requests = Histogram(
            "pprnet_http_request_seconds",
            "What an answer of the web server takes.",
            ("route", "status"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._ready = Gauge("pprnet_ready", "Whether a part does its work.", ("part",), registry=self.registry)
        self._since = Gauge(
            "pprnet_since_seconds", "How long ago a part last did it.", ("part", "what"), registry=self.registry
        )
        build = Gauge("pprnet_build_info", "What runs.", ("version", "python"), registry=self.registry)
        build.labels(version, python_version()).set(1)

    def counting(self, answer: Answer, where: str) -> Answer:
        """Return what answers the same, and counts it.

        Args:
            answer: what answers.
            where: where it is asked, such as `slack`.
        """

        def counted(request: Request | Unclear, asker: Asker = NOBODY) -> View:
            name, began = _name(request), time.perf_counter()
            outcome = "failed"
            try:
                view = answer(request, asker)
                outcome = "unclear" if isinstance(request, Unclear) else "answered"
                return view
            finally:
                self._commands.labels(name, outcome, where).inc()
                self._took.labels(name).observe(time.perf_counter() - began)

        return counted

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer of the web server; `route` is one of those that there are, never a path."""
        self._requests.labels(route, str(status)).observe(seconds)

    def stocktaking(self, stock: Callable[[], Stock], clock: Callable[[], datetime]) -> None:
        """Take stock at every look.

        Args:
            stock: returns what the store holds; may raise `StoreError`.
            clock: returns the time of day, an aware time.
        """
        self.registry.register(_Stocktaker(stock, clock))

    def told(self, checks: Mapping[str, str], ages: Mapping[str, Mapping[str, float | None]]) -> None:
        """Take note of how the parts are.

        Args:
            checks: by part, a sentence about what is not well; empty when all is.
            ages: by part and deed, how many seconds ago it was last done; `None` if never.
        """
        for part, sentence in checks.items():
            self._ready.labels(part).set(not sentence)
        for part, deeds in ages.items():
            for what, seconds in deeds.items():
                if seconds is not None:
                    self._since.labels(part, what).set(seconds)

    def page(self) -> bytes:
        """Return everything in Prometheus's text format; waits for the store."""
        return generate_latest(self.registry)


class _Stocktaker(Collector):
    """What the store holds, as gauges."""

    def __init__(self, stock: Callable[[], Stock], clock: Callable[[], datetime]) -> None:
        self._stock = stock
        self._clock = clock

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Say nothing at registration: the store need not be there yet."""
        return ()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the gauges; of a store that cannot be reached only that."""
        try:
            stock = self._stock()
        except StoreError:
            yield GaugeMetricFamily("pprnet_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("pprnet_database_up", "Whether the database answers.", value=1)
        yield from _gauges(stock, self._clock())


def _gauges(stock: Stock, now: datetime) -> Iterable[GaugeMetricFamily]:
    queued = sum(count for state, count in stock.deliveries.items() if state not in SETTLED)
    yield GaugeMetricFamily("pprnet_archive_posts", "Posts in the archive.", value=stock.archive.posts)
    yield GaugeMetricFamily("pprnet_archive_starters", "Posts in our own words.", value=stock.archive.starters)
    yield GaugeMetricFamily("pprnet_editions_held", "Editions that wait for the operator.", value=stock.held)
    yield GaugeMetricFamily("pprnet_deliveries_queued", "Deliveries that are not settled.", value=queued)
    deliveries = GaugeMetricFamily("pprnet_deliveries", "Deliveries by state.", labels=("state",))
    for state in DeliveryState:
        deliveries.add_metric((state,), stock.deliveries.get(state, 0))
    subscriptions = GaugeMetricFamily("pprnet_subscriptions", "Subscriptions.", labels=("platform", "state"))
    for (platform, standing), count in sorted(stock.subscriptions.items()):
        subscriptions.add_metric((platform, standing), count)
    sources = GaugeMetricFamily("pprnet_source_age_seconds", "How long ago a source was last read.", labels=("source",))
    for name, read_at in sorted(stock.sources.items()):
        if read_at is not None:
            sources.add_metric((name,), (now - read_at).total_seconds())
    yield from (deliveries, subscriptions, sources)


def _name(request: Request | Unclear) -> str:
    """Return the name of a command, one of those that there are: what somebody typed is none of them."""
    return "unclear" if isinstance(request, Unclear) else write(request).partition(" ")[0]
