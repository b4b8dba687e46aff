"""Channels that are back: their subscriptions go on, and the channels are told so."""

import logging
from collections.abc import Mapping

from bot.announcing import notices
from bot.announcing.means import Means
from bot.channels import Channel, Workspace
from bot.outcomes import Delivery, Gone
from bot.ports.platform import Publisher
from bot.ports.subscribing import Subscriptions
from bot.subscriptions import Subscription, SubscriptionState

_log = logging.getLogger("pprnet.announcing")


class Reviver:
    """Looks whether channels are back. Every method raises `StoreError` when the store cannot be reached."""

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

    async def look(self) -> int:
        """Look at every channel that is gone; return how many are back."""
        return await self._look(await self._means.aside(self._subscriptions.among, state=SubscriptionState.GONE))

    async def came_back(self, where: Channel | Workspace) -> int:
        """Look at a channel, or at a workspace's, since something has happened there; return how many are back.

        Args:
            where: what the platform told of.
        """
        home = where.home if isinstance(where, Channel) else where
        gone = await self._means.aside(self._subscriptions.among, home, SubscriptionState.GONE)
        return await self._look([one for one in gone if where in (one.channel, home)])

    async def _look(self, gone: "tuple[Subscription, ...] | list[Subscription]") -> int:
        lost: set[Workspace] = set()
        back = 0
        for subscription in gone:
            publisher, home = self._publishers.get(subscription.channel.platform), subscription.channel.home
            if publisher is None or home in lost:
                continue
            reach = await publisher.reach(subscription.channel)
            if reach is None:
                back += await self._regain(subscription.channel, publisher)
            elif isinstance(reach, Gone) and reach.workspace:
                lost.add(home)
        return back

    async def _regain(self, channel: Channel, publisher: Publisher) -> int:
        """Let a channel's subscription go on; whoever of several processes is first tells the channel, once."""
        now = self._means.clock.now()
        regained = await self._means.aside(self._subscriptions.regain, channel, now)
        for subscription in regained:
            said = "the channel %s %s/%s is back, its subscription goes on"
            told = (channel.platform, channel.workspace, channel.id)
            _log.info(said, *told, extra={"action": "channel.back"})
            key = f"back-{subscription.id}-{int(now.timestamp()):x}"
            await publisher.publish(Delivery(key, channel, now), notices.BACK)
        return len(regained)
