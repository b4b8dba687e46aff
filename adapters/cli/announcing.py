"""The command `announce`: the monthly job by hand, or what it would do."""

import argparse
import asyncio
import signal
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from adapters.cli.printing import print_json
from adapters.cli.working import NO_PLATFORM, platforms
from adapters.wiring import announcing
from adapters.wiring.app import App, open_app
from bot.announcing.editor import MOST, Editor
from bot.announcing.job import read_sources
from bot.editions import DeliveryState, Edition, EditionState, oldest_news
from bot.errors import SettingsError
from bot.model import Post
from bot.pages.phrases import counted, summaries
from bot.settings import Settings
from bot.subscriptions import Subscription, SubscriptionState

_NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
_UNFINISHED = (DeliveryState.PLANNED, DeliveryState.SENDING, DeliveryState.WAITING)


def announce(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Announce what is new, at once; done only if nothing is held and every delivery that was due has arrived."""
    if asked.dry_run:
        return _foretell(open_app(settings, at=now), asked, now)
    if not platforms(settings) and not asked.hold:
        raise SettingsError("no platform is set", NO_PLATFORM)
    app = open_app(settings, at=now)
    if asked.hold:
        return _hold(app, now)
    done = asyncio.run(_announce(app))
    if asked.json:
        print_json(done.data())
    else:
        print("\n".join(done.lines()))
    return done.well


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a run by hand.

    Attributes:
        edition: what was new; `None` when nothing was.
        is_read: the sources could be read.
        planned: how many deliveries that made.
        sent: how many messages have arrived.
        failed: how many deliveries were given up.
        left: how many are still to be sent.
    """

    edition: Edition | None
    is_read: bool
    planned: int
    sent: int
    failed: int
    left: int

    @property
    def is_held(self) -> bool:
        return self.edition is not None and self.edition.state is EditionState.HELD

    @property
    def well(self) -> bool:
        return not (self.is_held or self.failed)

    def lines(self) -> list[str]:
        edition, lines = self.edition, []
        if not self.is_read:
            lines.append("The sources could not be read; what is announced is what was there.")
        if edition is None:
            lines.append("Nothing new is to be announced.")
        elif self.is_held:
            lines.append(
                f"Edition {edition.id} has {summaries(len(edition.posts))} and is held, as {MOST} are the most at once."
                f" Look at it, then `pprnet editions approve {edition.id}` or `pprnet editions discard {edition.id}`."
            )
        else:
            lines.append(f"Edition {edition.id} has {summaries(len(edition.posts))}.")
        lines.append(f"{counted(self.planned, 'announcement')} planned, {self.sent:,} sent, {self.failed:,} failed.")
        if self.failed:
            lines.append("`pprnet deliveries --failed` lists them, `pprnet deliveries retry` sends them again.")
        if self.left:
            lines.append(
                f"{counted(self.left, 'announcement')} still to be sent: by `pprnet worker`, or by a next run."
            )
        return lines

    def data(self) -> dict[str, object]:
        return {
            "edition": self.edition and self.edition.id,
            "held": self.is_held,
            "posts": list(self.edition.posts) if self.edition else [],
            "sources_read": self.is_read,
            "planned": self.planned,
            "sent": self.sent,
            "failed": self.failed,
            "left": self.left,
        }


async def _announce(app: App) -> _Done:
    editor = Editor(app.newsroom, app.ledger)
    async with announcing.publishers(app) as found:
        is_read = await read_sources(partial(announcing.refresh, app))
        edition = await asyncio.to_thread(editor.freeze, app.clock())
        planned = await asyncio.to_thread(editor.plan, app.clock())
        before = await asyncio.to_thread(app.ledger.totals)
        sender = announcing.sender(app, found)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, sender.end)
        await sender.run(until_idle=True)
        after = await asyncio.to_thread(app.ledger.totals)
    failed = sum(after.get(state, 0) - before.get(state, 0) for state in _NOT_ARRIVED)
    left = sum(after.get(state, 0) for state in _UNFINISHED)
    return _Done(edition, is_read, planned, sender.health.messages, max(0, failed), left)


def _hold(app: App, now: datetime) -> bool:
    """Put what is new into an edition that is held: it is announced, or never, as the operator decides."""
    edition = Editor(app.newsroom, app.ledger).freeze(now, most=0)
    if edition is None:
        print("Nothing new is to be announced.")
    else:
        print(f"Edition {edition.id} has {summaries(len(edition.posts))} and is held: `pprnet editions` lists it.")
    return True


def _foretell(app: App, asked: argparse.Namespace, now: datetime) -> bool:
    """Show who would get what; nothing is changed and no source is read."""
    news = app.newsroom.news(oldest_news(now))
    active = app.subscriptions.among(state=SubscriptionState.ACTIVE)
    gets = [(one, posts) for one in active if (posts := _wanted(one, news))]
    if asked.json:
        print_json({"posts": [_post_data(post) for post in news], "channels": [_data(*one) for one in gets]})
        return True
    print(f"This is a trial: nothing is sent. {summaries(len(news))} to announce, to {counted(len(gets), 'channel')}.")
    if len(news) > MOST:
        print(f"As there are more than {MOST}, they would be held until you approve of them.")
    for post in news:
        print(f"  {post.id}  {post.month.label}  {post.title}")
    for one, posts in gets:
        print(f"{_name(one)}: {', '.join(post.id for post in posts)}")
    return True


def _wanted(subscription: Subscription, news: tuple[Post, ...]) -> list[Post]:
    return [post for post in news if subscription.filter.takes([topic.name for topic in post.topics])]


def _name(subscription: Subscription) -> str:
    channel = subscription.channel
    return f"{channel.platform} {channel.workspace}/{channel.id} {subscription.label or 'a direct message'}"


def _post_data(post: Post) -> dict[str, object]:
    return {"id": post.id, "month": str(post.month), "title": post.title}


def _data(subscription: Subscription, posts: list[Post]) -> dict[str, object]:
    channel = subscription.channel
    return {
        "platform": channel.platform,
        "workspace": channel.workspace,
        "channel": channel.id,
        "label": subscription.label,
        "posts": [post.id for post in posts],
    }
