"""Sends whatever is due, session after session."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from bot.announcing.backoff import backoff
from bot.announcing.books import Books
from bot.announcing.circuit import PlatformCircuit
from bot.announcing.courier import IN_FLIGHT, Courier
from bot.announcing.gates import Gates
from bot.announcing.health import Health
from bot.announcing.keeper import Keeper
from bot.announcing.lease import BEAT, Lease
from bot.announcing.losses import Losses
from bot.announcing.means import Means, Names, Outlets, Stores
from bot.announcing.messages import Messages
from bot.announcing.outage import Outage
from bot.announcing.pacing import UNLIMITED
from bot.announcing.pump import Pump
from bot.announcing.results import SETTLING
from bot.announcing.session import Holding, Session
from bot.editions import DeliveryState
from bot.errors import StoreError

_log = logging.getLogger("pprnet.announcing")

LINGER = timedelta(seconds=30)
"""What is due within this time is waited for by whoever sends by hand."""

_LONGEST = 15.0
"""Seconds between two tries to reach a database that is away, at most."""

_CLOSING = 2.0
"""Seconds for writing the last results down when the process ends."""

_OTHERS = 1000
"""How many deliveries in others' hands are looked at, to see whether one is on a platform of ours."""


class Sender:
    """Sends whatever is due, on every platform that it has a publisher for.

    Attributes:
        health: when it last did something.
    """

    def __init__(self, stores: Stores, outlets: Outlets, names: Names, means: Means) -> None:
        """Begin with nothing in hand.

        Args:
            stores: where everything is kept.
            outlets: where messages go, and what they say.
            names: what workers are called.
            means: clock, chance and calls.
        """
        self._stores = stores
        self._outlets = outlets
        self._names = names
        self._means = means
        self._outage = Outage()
        self.health = Health(means.clock, self._outage)
        self._books = Books(stores.ledger, self._outage, means)
        self._messages = Messages(stores.archive, outlets.compose, means.aside)
        self._courier = Courier(
            publishers=outlets.publishers,
            messages=self._messages,
            books=self._books,
            losses=Losses(stores.subscriptions, outlets.publishers, means),
            health=self.health,
            slots=asyncio.Semaphore(IN_FLIGHT),
            means=means,
        )
        self._circuits = {name: PlatformCircuit(means.draw) for name in outlets.publishers}
        self._ending = asyncio.Event()
        self._woken = asyncio.Event()
        self._session: Session | None = None
        self._own: set[str] = set()
        self._dead: set[str] = set()
        self._told = 0
        self._others_at = -BEAT

    async def run(self, *, until_idle: bool = False) -> None:
        """Send until told to end.

        Args:
            until_idle: end as soon as nothing is due, or in anybody's hands, that could be sent here.
        """
        async with asyncio.TaskGroup() as group:
            writer = group.create_task(self._books.write())
            try:
                await self._sessions(until_idle=until_idle)
            finally:
                await self._close()
                writer.cancel()

    def wake(self) -> None:
        """Look for work at once: something was planned."""
        self._woken.set()

    def end(self) -> None:
        """Begin nothing more; `run` returns when what is in hand is done."""
        self._ending.set()
        self._woken.set()
        if self._session is not None:
            self._session.over.set()

    async def _sessions(self, *, until_idle: bool) -> None:
        clock, failures = self._means.clock, 0
        while not self._ending.is_set():
            if await self._hold(self._begin(), until_idle=until_idle):
                return
            failures = failures + 1 if self._outage.on else 1
            await clock.wait(backoff(failures, self._means.draw, longest=_LONGEST), self._ending)
            while len(self._books) and not self._ending.is_set():  # what is known goes before what has to be found out
                await clock.wait(_CLOSING, self._ending)

    def _begin(self) -> Session:
        self._session = Session(self._names.fresh(), Lease(self._means.clock), self._outage)
        self._own.add(self._session.worker)
        self._others_at = -BEAT
        return self._session

    async def _hold(self, session: Session, *, until_idle: bool) -> bool:
        """Send until the session is over; return whether it ended because nothing was left to do."""
        keeper = Keeper(session, self._stores.lanes, tuple(self._outlets.publishers), self._pump, self._means)
        is_idle, again = False, 0.0
        async with asyncio.TaskGroup() as pumps:
            while not session.over.is_set():
                self._woken.clear()
                try:
                    again = await self._look(keeper, pumps, session)
                    is_idle = until_idle and await self._is_idle(keeper)
                except StoreError as error:
                    session.fail(error)
                if is_idle:
                    session.over.set()
                elif not session.over.is_set():
                    await self._means.clock.wait(again, self._woken)
            keeper.wake()
        return is_idle

    async def _look(self, keeper: Keeper, pumps: asyncio.TaskGroup, session: Session) -> float:
        found_dead = await self._release_dead(session)
        again = await keeper.look(pumps, self._woken)
        self._outage.end()
        self.health.looked(busy=keeper.holds_any)
        if not keeper.holds_any:
            self._messages.forget()
            if sent := self.health.messages - self._told:
                _log.info("announcements sent: %d", sent, extra={"action": "send.done"})
                self._told += sent
        return min(again, SETTLING) if found_dead else again

    async def _release_dead(self, session: Session) -> bool:
        """Free the lanes of workers that are known to have ended; return whether one has only just been found so.

        What it had under way may be on its way still, and is given time to arrive before anyone looks for it. Our own
        earlier names had nothing under way when they ended.
        """
        now, dead = self._means.clock.elapsed(), self._dead
        if now < self._others_at + (SETTLING if dead else BEAT):
            return bool(dead)
        self._others_at = now
        others = set(await self._means.aside(self._stores.lanes.holders)) - {session.worker}
        self._dead = {name for name in others if name not in self._own and self._names.is_dead(name)}
        for name in others & (dead | self._own):
            await self._means.aside(self._stores.lanes.release, name)
        self._own = {session.worker}
        return bool(self._dead - dead)

    def _pump(self, holding: Holding, share: int) -> Pump:
        platform = holding.lane.partition(":")[0]
        limits = self._outlets.limits.get(platform, UNLIMITED)
        gates = Gates(self._circuits[platform], limits, self._means.clock, self._means.draw)
        return Pump(holding, self._stores.ledger, self._courier, gates, share)

    async def _is_idle(self, keeper: Keeper) -> bool:
        """Say whether nothing can be sent before long."""
        if keeper.holds_any:
            return keeper.rests_for > LINGER.total_seconds()
        now, platforms = self._means.clock.now(), self._outlets.publishers
        due = await self._means.aside(self._stores.lanes.next_due, now, platforms=tuple(platforms))
        if due is not None and due <= now + LINGER:
            return False
        in_hand = await self._means.aside(self._stores.ledger.standings, states=_IN_HAND, limit=_OTHERS)
        return not any(standing.channel.platform in platforms for standing in in_hand)

    async def _close(self) -> None:
        """Write down what is known, and free the lanes; what cannot be is found out by whoever takes them over."""
        await self._means.clock.wait(_CLOSING, self._books.written)
        with contextlib.suppress(StoreError):
            for name in self._own if self._books.written.is_set() else ():
                await self._means.aside(self._stores.lanes.release, name)


_IN_HAND = frozenset({DeliveryState.SENDING})
