"""Carries out one delivery: in its turn, looked for when unsure, and entered into the books whatever becomes of it."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.announcing.books import Books
from bot.announcing.gates import Gate, Gates
from bot.announcing.health import Health
from bot.announcing.losses import Losses
from bot.announcing.means import Means
from bot.announcing.messages import Messages
from bot.announcing.results import put_back, settlement, settlement_of_search
from bot.announcing.session import Holding
from bot.editions import DeliveryState, Settlement, Task
from bot.errors import StoreError
from bot.outcomes import Finding, Gone, Outcome, Refused, Unsure
from bot.ports.platform import Publisher
from bot.views import View

_log = logging.getLogger("pprnet.announcing")

IN_FLIGHT = 100
"""Messages under way at once, in all."""

_SHORT = 5.0
"""Seconds that a delivery waits for its turn in hand; before a longer wait it is put back."""


@dataclass(frozen=True, slots=True)
class Courier:
    """Carries out deliveries.

    Attributes:
        publishers: the platforms by name.
        messages: what deliveries say.
        books: where it is entered what became of them.
        losses: what to do about channels that are gone.
        health: when a message was last sent.
        slots: bounds how many messages are under way in all.
        means: clock and chance.
    """

    publishers: Mapping[str, Publisher]
    messages: Messages
    books: Books
    losses: Losses
    health: Health
    slots: asyncio.Semaphore
    means: Means

    async def deliver(self, task: Task, gates: Gates, holding: Holding) -> None:
        """Carry out a delivery and enter what became of it; only cancelling keeps it from being entered."""
        channel = task.delivery.channel
        with gates.claimed(channel.home) as gate:
            async with gates.turn(gate):
                done = await self._whatever_comes(task, _Way(gates, gate, holding))
            self.books.enter(holding.session.worker, done.settlement)
        self._tell(task, done.settlement)
        if isinstance(done.outcome, Gone):
            await self.losses.lose(channel, done.outcome)

    async def _whatever_comes(self, task: Task, way: "_Way") -> "_Done":
        try:
            return await self._in_turn(task, way)
        except Exception as error:  # noqa: BLE001 - one delivery that goes wrong must not end all others
            said = "the announcement %s went wrong"
            _log.exception(said, task.delivery.key, extra={"action": "deliver.broken"})
            why = Unsure(f"Something went wrong here ({type(error).__name__}).")
            return _Done(settlement(task, why, self.means.clock.now(), self.means.draw), why)

    async def _in_turn(self, task: Task, way: "_Way") -> "_Done":
        wait = way.wait() or way.gates.take_turn(way.gate, task.delivery.channel)
        if wait > _SHORT:
            return self._back(task, wait)
        if wait:
            await self.means.clock.wait(wait, way.holding.session.over)
        try:
            view = await self.messages.of(task)
        except StoreError as error:
            way.holding.session.fail(error)
            return self._back(task)
        async with self.slots:
            if wait := way.wait():
                return self._back(task, wait)
            with way.gates.trying(way.gate):
                return await self._try(task, view, way)

    async def _try(self, task: Task, view: View | None, way: "_Way") -> "_Done":
        if not way.holding.may_send():
            return self._back(task)
        publisher = self.publishers[task.delivery.channel.platform]
        if task.unsure:
            finding = await publisher.find(task.delivery)
            way.heed(task, finding)
            if found := settlement_of_search(task, finding, self.means.clock.now(), self.means.draw):
                return _Done(found, finding)
            if not way.holding.may_send():
                return self._back(task)
        outcome = await publisher.publish(task.delivery, view) if view else _NO_POSTS
        way.heed(task, outcome)
        return _Done(settlement(task, outcome, self.means.clock.now(), self.means.draw), outcome)

    def _back(self, task: Task, wait: float = 0.0) -> "_Done":
        return _Done(put_back(task, self.means.clock.now() + timedelta(seconds=wait)))

    def _tell(self, task: Task, settled: Settlement) -> None:
        """Note what the operator may want to know."""
        key, channel = settled.key, task.delivery.channel
        match settled.state:
            case DeliveryState.SENT:
                self.health.sent()
            case DeliveryState.FAILED:
                said = "the announcement %s to %s %s/%s failed: %s"
                told = (key, channel.platform, channel.workspace, channel.id, settled.why)
                _log.error(said, *told, extra={"action": "deliver.failed"})
            case DeliveryState.UNKNOWN:
                said = "nobody can tell whether the announcement %s reached %s %s/%s: %s"
                told = (key, channel.platform, channel.workspace, channel.id, settled.why)
                _log.error(said, *told, extra={"action": "deliver.unknown"})
            case _:
                pass


_NO_POSTS = Refused("Its posts are no longer in the archive.")


@dataclass(frozen=True, slots=True)
class _Way:
    """The way that a delivery goes."""

    gates: Gates
    gate: Gate
    holding: Holding

    def wait(self) -> float:
        return self.gates.wait(self.gate)

    def heed(self, task: Task, outcome: Outcome | Finding) -> None:
        self.gates.heed(self.gate, task.delivery.channel, outcome)


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a delivery; `outcome` is the platform's word, if it was asked."""

    settlement: Settlement
    outcome: Outcome | Finding | None = None
