"""The worker: follows the schedule, sends what is due, and looks after channels that are gone."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping

from bot.announcing.editor import Editor
from bot.announcing.job import Job, Refresh
from bot.announcing.means import Means, Names, Outlets, Stores
from bot.announcing.reviving import Reviver
from bot.announcing.sender import Sender
from bot.errors import StoreError
from bot.schedule import Schedule

_log = logging.getLogger("pprnet.announcing")

GRACE = 4.0
"""Seconds for what is in hand when the process is told to end: hosts kill after ten, and others have to end as well."""

_LOOK = 30.0
"""Seconds between two looks at the schedule; an approval by hand is noticed as soon."""

_FIRST_VISIT, _VISITS = 3600.0, 86400.0
"""Seconds until channels that are gone are looked at, and from then on: not at each start of a process."""


class Worker:
    """Everything that happens by itself.

    Attributes:
        grace: seconds for what is in hand when it is told to end.
        sender: sends what is due.
        reviver: looks whether channels are back.
    """

    routes = ()
    """What a web server has to serve for it: nothing."""

    def __init__(
        self, stores: Stores, outlets: Outlets, names: Names, schedule: Schedule, refresh: Refresh, means: Means
    ) -> None:
        """Begin with nothing in hand.

        Args:
            stores: where everything is kept.
            outlets: where messages go, and what they say.
            names: what workers are called.
            schedule: when to announce.
            refresh: reads the sources.
            means: clock, chance and calls.
        """
        self.grace = GRACE
        self.sender = Sender(stores, outlets, names, means)
        self.reviver = Reviver(stores.subscriptions, outlets.publishers, means)
        self._job = Job(stores, Editor(stores.newsroom, stores.ledger), schedule, refresh, means)
        self._clock = means.clock

    async def ready(self) -> str:
        """Return why it cannot do its work at this moment; empty when it can."""
        return self.sender.health.ready()

    def ages(self) -> Mapping[str, float | None]:
        """Return how many seconds ago it last looked for work, and a message last arrived; `None` if none has."""
        health = self.sender.health
        return {"look": health.since_look, "send": health.since_sent}

    async def run(self) -> None:
        """Work until told to end."""
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(self._follow()), group.create_task(self._revive())]
            try:
                await self.sender.run()
            finally:
                for task in beside:
                    task.cancel()

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator["Worker"]:
        """Work for as long as the context lasts; leaving it finishes what is in hand."""
        async with asyncio.TaskGroup() as group:
            work = group.create_task(self.run())
            try:
                yield self
            finally:
                self.sender.end()
                await asyncio.wait({work}, timeout=self.grace)
                work.cancel()

    async def _follow(self) -> None:
        while True:
            try:
                if await self._job.follow():
                    self.sender.wake()
            except StoreError as error:
                _log.warning("the schedule could not be looked at: %s", error, extra={"action": "schedule.failed"})
            await self._clock.wait(_LOOK)

    async def _revive(self) -> None:
        await self._clock.wait(_FIRST_VISIT)
        while True:
            try:
                await self.reviver.look()
            except StoreError as error:
                said = "channels that are gone could not be looked at: %s"
                _log.warning(said, error, extra={"action": "channel.unseen"})
            await self._clock.wait(_VISITS)
