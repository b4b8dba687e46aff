"""What a channel gets: subscribing it, changing and ending that, and looking at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from bot.channels import Asker, Channel
from bot.editions import Standing, oldest_news
from bot.model import Post, Where
from bot.pages import deliveries as standing_pages
from bot.pages import subscriptions as pages
from bot.pages.deliveries import PAGE_SIZE, Neighbours
from bot.pages.phrases import shortened
from bot.pages.standing import Here, Outlook
from bot.ports.announcing import Ledger, Newsroom
from bot.ports.archive import Archive
from bot.ports.subscribing import Subscriptions as Kept
from bot.requests import (
    Pause,
    Preview,
    Resume,
    Status,
    Subscribe,
    Subscribing,
    Subscriptions,
    Unsubscribe,
    changes,
    posts_later,
)
from bot.subscriptions import Filter, Subscription, SubscriptionState
from bot.topics.index import TopicIndex
from bot.topics.several import Understood, read_topics
from bot.views import Button, View
from bot.wording import fits

_MOST_LOOKED_THROUGH, _LOOKED_AT = 200, 20
"""How many posts are looked through for a sample, the newest first, and how many at once."""

_MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Answers everything about what channels get.

    Attributes:
        subscriptions: what channels have asked for.
        ledger: what was sent to them.
        newsroom: what will be.
        archive: the posts, for samples.
        topics: returns the topics; called only when a request names any.
        known: says whether the archive holds a folded word; see `TopicIndex.resolve`.
        next_run: returns when the first announcement after a moment is due, in the time zone of the schedule.
        clock: returns the time of day, an aware time.
    """

    subscriptions: Kept
    ledger: Ledger
    newsroom: Newsroom
    archive: Archive
    topics: Callable[[], TopicIndex]
    known: Callable[[str], bool]
    next_run: Callable[[datetime], datetime]
    clock: Callable[[], datetime]

    def answer(self, request: Subscribing, asker: Asker) -> View:
        """Return the answer to a request; only who may change what a channel gets changes it.

        Raises:
            StoreError: the store could not be reached; nothing was changed.
        """
        if asker.channel is None:
            return pages.nowhere()
        if changes(request) and asker.hindrance:
            return pages.hindered(asker.hindrance)
        if posts_later(request) and asker.obstacle:
            return pages.blocked(asker.obstacle, request)
        here = Here(self.subscriptions.here(asker.channel), asker.direct)
        match request:
            case Subscribe():
                return self._subscribe(request, asker, asker.channel, here)
            case Unsubscribe() | Pause() | Resume():
                return self._change(request, here)
            case Subscriptions(page):
                return self._overview(asker.channel, here, page)
            case Status(page):
                return self._status(asker.channel, here, page)
            case Preview():
                return self._preview(here)

    def _subscribe(self, request: Subscribe, asker: Asker, channel: Channel, here: Here) -> View:
        wanted, unwanted = self._read(request.topics), self._read(request.without)
        if not all(piece.names for piece in (*wanted, *unwanted)):
            return pages.unread((*wanted, *unwanted), self._offers(wanted, unwanted))
        filter_ = Filter(_names(wanted), _names(unwanted))
        if filter_.topics and set(filter_.topics) <= set(filter_.without):
            return pages.empty()
        kept = self.subscriptions.save(self._made(asker, channel, filter_, here))
        return pages.subscribed(here, kept, self._outlook(filter_), (*wanted, *unwanted))

    def _made(self, asker: Asker, channel: Channel, filter_: Filter, here: Here) -> Subscription:
        now, before = self.clock(), here.subscription
        return Subscription(
            id=here.kept.id if here.kept else 0,
            channel=channel,
            label=asker.label,
            private=asker.private or asker.direct,
            by=asker.user,
            since=before.since if before else now,
            filter=filter_,
            state_since=now,
            by_name=asker.name,
        )

    def _change(self, request: Unsubscribe | Pause | Resume, here: Here) -> View:
        before = here.subscription
        if before is None:
            return pages.nothing_to_change(here)
        match request:
            case Unsubscribe():
                return pages.ended(self._turned(before, SubscriptionState.ENDED))
            case Pause():
                already = before.state is SubscriptionState.PAUSED
                return pages.paused(self._turned(before, SubscriptionState.PAUSED), already=already)
            case Resume():
                already = before.state is SubscriptionState.ACTIVE
                self._turned(before, SubscriptionState.ACTIVE)
                return pages.resumed(here, self._outlook(), already=already)

    def _turned(self, subscription: Subscription, state: SubscriptionState) -> Subscription:
        if subscription.state is state:
            return subscription
        return self.subscriptions.save(replace(subscription, state=state, state_since=self.clock(), why=""))

    def _overview(self, channel: Channel, here: Here, page: int) -> View:
        around = [each for each in self.subscriptions.among(channel.home) if each.channel != channel]
        public = [each for each in around if not each.private]
        shown = [(each, self._last(each.channel)) for each in public[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
        hidden = 0 if here.direct else len(around) - len(public)
        return standing_pages.overview(
            replace(here, deliveries=self._last(channel)),
            self._outlook(),
            Neighbours(shown, page, len(public), hidden),
        )

    def _status(self, channel: Channel, here: Here, page: int) -> View:
        found = self.ledger.standings(channel=channel, limit=page * PAGE_SIZE + 1)[(page - 1) * PAGE_SIZE :]
        return standing_pages.status(
            replace(here, deliveries=found[:PAGE_SIZE]), self._outlook(), page, more=len(found) > PAGE_SIZE
        )

    def _preview(self, here: Here) -> View:
        news = [post for post in self.newsroom.news(oldest_news(self.clock())) if _takes(here.filter, post)]
        if news:
            return standing_pages.preview(news, here, self._outlook())
        return standing_pages.no_news(here, self._outlook(here.filter))

    def _last(self, channel: Channel) -> Sequence[Standing]:
        return self.ledger.standings(channel=channel, limit=1)

    def _outlook(self, sampled: Filter | None = None) -> Outlook:
        return Outlook(self.next_run(self.clock()), self._sample(sampled) if sampled is not None else None)

    def _sample(self, filter_: Filter) -> Post | None:
        """Return the latest post that a filter takes."""
        where = Where(topics=filter_.topics)
        for offset in range(0, _MOST_LOOKED_THROUGH, _LOOKED_AT):
            found = self.archive.page(where, offset, _LOOKED_AT).posts
            if taken := next((post for post in found if _takes(filter_, post)), None):
                return taken
            if len(found) < _LOOKED_AT:
                break
        return None

    def _read(self, words: str) -> tuple[Understood, ...]:
        return read_topics(words, self.topics(), self.known) if words else ()

    def _offers(self, wanted: Sequence[Understood], unwanted: Sequence[Understood]) -> list[Button]:
        """Return buttons that ask for the same with what the first words that were not understood may mean."""
        unclear = next(piece for piece in (*wanted, *unwanted) if not piece.names)
        meant = (
            unclear.resolution.topics if unclear.resolution else self.topics().complete(unclear.words, _MOST_OFFERED)
        )
        offered = []
        for topic in meant[:_MOST_OFFERED]:
            request = Subscribe(*(_with(side, unclear, topic.name) for side in (wanted, unwanted)))
            offered += [Button(shortened(topic.name), request)] if fits(request) else []
        return offered


def _with(pieces: Sequence[Understood], unclear: Understood, name: str) -> str:
    return ", ".join(name if piece is unclear else piece.words for piece in pieces)


def _names(pieces: Sequence[Understood]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(piece.names for piece in pieces)))


def _takes(filter_: Filter, post: Post) -> bool:
    return filter_.takes([label.name for label in post.topics])
