"""Channels that cannot be reached: their subscriptions rest, and those who subscribed are told."""

import asyncio
import logging
from collections.abc import Mapping

from bot.announcing import notices
from bot.announcing.means import Means
from bot.channels import Channel
from bot.errors import StoreError
from bot.outcomes import Gone
from bot.ports.platform import Publisher
from bot.ports.subscribing import Subscriptions
from bot.subscriptions import Subscription

_log = logging.getLogger("pprnet.announcing")

_TELLING = 2
"""People told at once."""


class Losses:
    """Lets subscriptions rest whose channels are gone."""

    def __init__(self, subscriptions: Subscriptions, publishers: Mapping[str, Publisher], means: Means) -> None:
        """Begin.

        Args:
            subscriptions: where they are kept.
            publishers: the platforms by name.
            means: clock and calls.
        """
        self._subscriptions = subscriptions
        self._publishers = publishers
        self._means = means
        self._telling = asyncio.Semaphore(_TELLING)

    async def lose(self, channel: Channel, gone: Gone) -> None:
        """Let the subscriptions rest of a channel, or of its whole workspace, and tell whoever subscribed.

        Each person is told once for each loss, by the process that noted it first; if that fails nobody is.
        """
        where = channel.home if gone.workspace else channel
        try:
            lost = await self._means.aside(self._subscriptions.lose, where, gone.why, self._means.clock.now())
        except StoreError as error:  # it is noted with the next message that does not get there
            _log.warning("a channel that is gone could not be noted: %s", error, extra={"action": "channel.unnoted"})
            return
        for subscription in lost:
            lost_at = (channel.platform, channel.workspace, subscription.channel.id)
            said = "the channel %s %s/%s is gone, its subscription rests: %s"
            _log.warning(said, *lost_at, gone.why, extra={"action": "channel.lost"})
        if not gone.workspace:  # where the bot is not let in, it can tell nobody
            for subscription in lost:
                await self._tell(subscription, gone)

    async def _tell(self, subscription: Subscription, gone: Gone) -> None:
        async with self._telling:
            publisher = self._publishers[subscription.channel.platform]
            told = await publisher.tell(subscription.channel, subscription.by, notices.lost(subscription, gone))
        if not told:
            said = "who subscribed the channel %s could not be told that it is gone"
            _log.info(said, subscription.channel.id, extra={"action": "channel.untold"})
