"""What the operator looks at: everything the pages for the operator tell, gathered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.web.charts import Bar, Chart
from bot.editions import DeliveryState, Edition, EditionState, Standing, oldest_news
from bot.model import ArchiveFacts, Post
from bot.pages.announcement import announcement
from bot.pages.phrases import counted
from bot.ports.announcing import Ledger, Newsroom
from bot.ports.archive import Archive, Census
from bot.ports.subscribing import Subscriptions
from bot.ports.syncing import SourceStanding
from bot.subscriptions import Subscription, SubscriptionState
from bot.views import View

_MOST_DELIVERIES, _MOST_TOPICS, _MOST_SUBSCRIPTIONS = 50, 15, 500
"""How many of each are shown."""

_NEW = timedelta(days=31)
"""Trouble that is older has been seen for a month: it stays in the lists, and calls nobody any more."""

TROUBLED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
_UNSETTLED = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.PLANNED)


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition and what became of it."""

    edition: Edition
    totals: Mapping[DeliveryState, int]

    @property
    def held(self) -> bool:
        """Whether the operator has to decide about it."""
        return self.edition.state is EditionState.HELD

    @property
    def given_up(self) -> int:
        """How many of its deliveries were given up."""
        return sum(self.totals.get(state, 0) for state in TROUBLED)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything at a glance.

    Attributes:
        at: when it was gathered, an aware time.
        facts: what the archive holds.
        sources: how each source stands.
        next_run: when the next announcement is due, in the time zone of the schedule.
        totals: how many deliveries are in each state.
        editions: the newest ones.
        troubled: deliveries that were given up.
        waiting: deliveries that are not settled.
        subscriptions: all but those that ended.
        years: how many posts each year has.
        spread: how many posts the commonest topics have in each year.
    """

    at: datetime
    facts: ArchiveFacts
    sources: Sequence[SourceStanding]
    next_run: datetime
    totals: Mapping[DeliveryState, int]
    editions: Sequence[EditionRow]
    troubled: Sequence[Standing]
    waiting: Sequence[Standing]
    subscriptions: Sequence[Subscription]
    years: Mapping[int, int]
    spread: Mapping[str, Mapping[int, int]]

    @property
    def concerns(self) -> list[str]:
        """What somebody has to look at, a sentence each."""
        held = [row.edition.id for row in self.editions if row.held]
        given_up = sum(row.given_up for row in self.editions if self._is_new(row.edition.frozen_at))
        gone = sum(
            one.state is SubscriptionState.GONE and self._is_new(one.state_since or one.since)
            for one in self.subscriptions
        )
        return [
            *(f"Edition {number} is held: approve or discard it." for number in held),
            *([f"{_were(given_up, 'delivery', 'deliveries')} given up."] if given_up else []),
            *([f"{counted(gone, 'subscribed channel')} cannot be reached."] if gone else []),
            *(f"The source {one.name} is stale: {one.why}" for one in self.sources if one.stale_since),
        ]

    def _is_new(self, since: datetime) -> bool:
        return self.at - since < _NEW

    @property
    def charts(self) -> list[Chart]:
        """The figures as charts."""
        delivered = [Bar(f"{row.edition.id}", _parts(row.totals)) for row in reversed(self.editions)]
        years = [Bar(str(year), (count,)) for year, count in sorted(self.years.items())]
        topics = [Bar(name, (sum(counts.values()),)) for name, counts in self.spread.items()]
        return [
            Chart("Deliveries per edition", "Edition", ("sent", "waiting", "failed", "skipped"), delivered),
            Chart("Summaries per year", "Year", ("summaries",), years),
            Chart("Summaries per topic, the commonest topics", "Topic", ("summaries",), topics, lying=True),
        ]


@dataclass(frozen=True, slots=True)
class Office:
    """Where the operator's pages are made from. Every method raises `StoreError` when the store cannot be reached.

    Attributes:
        archive: the posts.
        census: how they are spread.
        subscriptions: what channels have asked for.
        newsroom: the editions.
        ledger: the deliveries.
        sources: returns how the sources stand.
        next_run: returns when the first announcement after a moment is due, in the time zone of the schedule.
        clock: returns the time of day, an aware time.
    """

    archive: Archive
    census: Census
    subscriptions: Subscriptions
    newsroom: Newsroom
    ledger: Ledger
    sources: Callable[[], Sequence[SourceStanding]]
    next_run: Callable[[datetime], datetime]
    clock: Callable[[], datetime]

    def report(self) -> Report:
        """Gather everything."""
        now = self.clock()
        return Report(
            at=now,
            facts=self.archive.facts(),
            sources=self.sources(),
            next_run=self.next_run(now),
            totals=self.ledger.totals(),
            editions=[EditionRow(one, self.ledger.totals(one.id)) for one in self.newsroom.editions()],
            troubled=self.ledger.standings(states=TROUBLED, limit=_MOST_DELIVERIES),
            waiting=self.ledger.standings(states=_UNSETTLED, limit=_MOST_DELIVERIES),
            subscriptions=self.subscriptions.among()[:_MOST_SUBSCRIPTIONS],
            years=self.census.years(),
            spread=_commonest(self.census.spread()),
        )

    def preview(self, number: int) -> tuple[Subscription, View | None] | None:
        """Return a subscription and the announcement it would get now; `None` for either where there is none.

        Args:
            number: the store's number of the subscription.
        """
        subscription = next((one for one in self.subscriptions.among() if one.id == number), None)
        if subscription is None:
            return None
        wanted = subscription.filter
        posts = [post for post in self.newsroom.news(oldest_news(self.clock())) if wanted.takes(_topics(post))]
        return subscription, announcement(posts, wanted) if posts else None

    def decide(self, edition: int, state: EditionState) -> bool:
        """Open or discard a held edition; return whether there was one of this number."""
        return self.newsroom.decide(edition, state) is not None


def _were(count: int, noun: str, plural: str) -> str:
    return f"{counted(count, noun, plural)} {'was' if count == 1 else 'were'}"


def _topics(post: Post) -> list[str]:
    return [label.name for label in post.topics]


def _parts(totals: Mapping[DeliveryState, int]) -> tuple[int, ...]:
    return (
        totals.get(DeliveryState.SENT, 0),
        sum(totals.get(state, 0) for state in _UNSETTLED),
        sum(totals.get(state, 0) for state in TROUBLED),
        totals.get(DeliveryState.SKIPPED, 0),
    )


def _commonest(spread: Mapping[tuple[str, int], int]) -> dict[str, dict[int, int]]:
    """Return the topics with the most posts, the commonest first, each with its posts by year."""
    topics: dict[str, dict[int, int]] = {}
    for (name, year), count in spread.items():
        topics.setdefault(name, {})[year] = count
    ordered = sorted(topics.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    return dict(ordered[:_MOST_TOPICS])
