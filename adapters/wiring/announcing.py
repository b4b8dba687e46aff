"""The monthly job and the worker, put together."""

import asyncio
import contextlib
import logging
import random
from functools import partial
from typing import TYPE_CHECKING

from adapters.wiring.app import App
from bot.channels import Channel, Workspace
from bot.errors import PprnetError, SourceError
from bot.subscriptions import SubscriptionState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from bot.announcing.means import Means, Outlets, Stores
    from bot.announcing.sender import Sender
    from bot.announcing.worker import Worker
    from bot.ports.platform import Publisher


_log = logging.getLogger("pprnet")


@contextlib.asynccontextmanager
async def publishers(app: App) -> "AsyncIterator[dict[str, Publisher]]":
    """Give the platforms that can be posted on, by name: those that there is a token for.

    Raises:
        PprnetError: a platform does not let the bot in.
    """
    found: dict[str, Publisher] = {}
    async with contextlib.AsyncExitStack() as stack:
        if app.settings.slack.bot_token:
            from adapters.slack.announcing import slack_publisher

            found["slack"] = await stack.enter_async_context(slack_publisher(app.settings.slack))
        if app.settings.discord.token:
            from adapters.discord.announcing import discord_publisher

            found["discord"] = await stack.enter_async_context(discord_publisher(app.settings.discord))
        yield found


def sender(app: App, publishers: "Mapping[str, Publisher]") -> "Sender":
    """Return what sends announcements."""
    from bot.announcing.identity import names
    from bot.announcing.sender import Sender

    return Sender(_stores(app), _outlets(publishers), names(), _means())


@contextlib.asynccontextmanager
async def worker(app: App) -> "AsyncIterator[Worker]":
    """Let the worker work as long as the context lasts: it follows the schedule and sends; leaving finishes."""
    from bot.announcing.identity import names
    from bot.announcing.worker import Worker

    async with publishers(app) as found:
        made = Worker(_stores(app), _outlets(found), names(), app.schedule, partial(refresh, app), _means())
        async with made.working():
            yield made


async def refresh(app: App) -> None:
    """Read the sources.

    Raises:
        SourceError: one of them could not be read, or not be believed.
        StoreError: the archive could not be read or written.
    """
    if app.settings.sources.places:
        from bot.syncing.refreshing import refresh as read

        await read(app.syncer, app.opener.sources())
    await find_dois(app)


async def find_dois(app: App) -> str:
    """Look for the DOIs that citations lack, if that is set, and return what came of it, a sentence.

    Raises:
        StoreError: the archive could not be read or written.
    """
    if not app.settings.sources.crossref:
        return ""
    try:
        async with app.doi_finder() as finder:
            return (await finder.run()).said
    except SourceError as error:  # posts are as good without; it is tried again next time
        _log.warning("no DOIs could be looked for: %s", error, extra={"action": "doi.failed"})
        return error.human


async def back_in_slack(app: App, channel: Channel) -> None:
    """Look whether a channel is back in which something has happened; raises nothing."""
    from adapters.slack.announcing import slack_publisher

    try:
        subscription = await asyncio.to_thread(app.subscriptions.here, channel)
        if subscription is not None and subscription.state is SubscriptionState.GONE:
            async with slack_publisher(app.settings.slack) as publisher:
                await reviving(app, channel.platform, publisher)(channel)
    except PprnetError as error:  # the worker looks every day
        _log.warning("a channel could not be looked at: %s", error, extra={"action": "channel.unseen"})


def reviving(app: App, platform: str, publisher: "Publisher") -> "Callable[[Channel | Workspace], Awaitable[int]]":
    """Return what is told of a place where channels may be back."""
    from bot.announcing.reviving import Reviver

    return Reviver(app.subscriptions, {platform: publisher}, _means()).came_back


def _stores(app: App) -> "Stores":
    from bot.announcing.means import Stores

    return Stores(app.archive, app.newsroom, app.subscriptions, app.ledger, app.lanes, app.agenda)


def _outlets(publishers: "Mapping[str, Publisher]") -> "Outlets":
    from bot.announcing.means import Outlets
    from bot.announcing.pacing import SLACK
    from bot.pages.announcement import announcement

    return Outlets(publishers, announcement, {"slack": SLACK})  # the publisher for Discord paces itself


def _means() -> "Means":
    from bot.announcing.aside import Aside
    from bot.announcing.clock import SystemClock
    from bot.announcing.means import Means

    return Means(SystemClock(), random.SystemRandom().random, Aside())
