"""Holds lanes for one session, and lets a pump run in each."""

import asyncio
from collections.abc import Callable, Collection

from bot.announcing.lease import BEAT
from bot.announcing.means import Means
from bot.announcing.pump import Pump
from bot.announcing.session import Holding, Session
from bot.ports.announcing import Lanes

IN_HAND = 400
"""Deliveries in hand in all: four times what is under way at once, so that nothing waits for the database."""

_LEAST, _MOST = 10, 200
"""Deliveries in hand in one lane, as it is one of many or the only one."""

_TAKEN = 8
"""Lanes taken at once: what is more is left to other workers, which look as often."""

_BUSY = 1.0
"""Seconds after which lanes are looked for again while some are held."""

MakePump = Callable[[Holding, int], Pump]
"""Makes the pump of a lane, with its share of what is in hand."""


class Keeper:
    """The lanes of one session."""

    def __init__(
        self, session: Session, lanes: Lanes, platforms: Collection[str], pump: MakePump, means: Means
    ) -> None:
        """Begin without any.

        Args:
            session: who holds them.
            lanes: where it is kept who holds them.
            platforms: those that can be posted on.
            pump: makes the pump of a lane.
            means: clock, chance and calls.
        """
        self._session = session
        self._lanes = lanes
        self._platforms = platforms
        self._pump = pump
        self._means = means
        self._running: dict[str, tuple[Pump, asyncio.Task[None]]] = {}

    @property
    def holds_any(self) -> bool:
        """Whether a lane is held."""
        return bool(self._running)

    @property
    def rests_for(self) -> float:
        """Seconds for which nothing can be done in any lane that is held: what is due there has been asked to wait."""
        return min((pump.rests_for for pump, _ in self._running.values()), default=0.0)

    def wake(self) -> None:
        """Let every pump see that the session is over."""
        for pump, _ in self._running.values():
            pump.wake()

    async def look(self, group: asyncio.TaskGroup, woken: asyncio.Event) -> float:
        """Renew the lease, give up lanes that have run dry, take others; return the seconds until the next look.

        Args:
            group: runs the pumps.
            woken: set when the next look should not wait for its time.

        Raises:
            StoreError: the lanes could not be held.
        """
        await self._give_up_dry()
        before = len(self._running)
        for lane in await self._hold():
            if lane not in self._running:
                self._start(lane, group, woken)
        for pump, _ in self._running.values():
            pump.share = self._share()
        if len(self._running) > before:
            return 0.0
        return _BUSY if self._running else await self._until_due()

    async def _give_up_dry(self) -> None:
        if dry := [lane for lane, (_, task) in self._running.items() if task.done()]:
            await self._means.aside(self._lanes.release, self._session.worker, dry)
            for lane in dry:
                del self._running[lane]

    async def _hold(self) -> tuple[str, ...]:
        clock = self._means.clock
        asked_at, now, until = clock.elapsed(), clock.now(), self._session.lease.until()
        most = _TAKEN if sum(pump.in_hand for pump, _ in self._running.values()) <= IN_HAND // 2 else 0
        held = await self._means.aside(
            self._lanes.hold, self._session.worker, most, now, until, platforms=self._platforms
        )
        self._session.lease.given(asked_at, until)
        for lane in self._running.keys() - set(held):
            self._running[lane][0].lose()
        return held

    def _start(self, lane: str, group: asyncio.TaskGroup, woken: asyncio.Event) -> None:
        pump = self._pump(Holding(lane, self._session), self._share())
        task = group.create_task(pump.run(self._means.aside, self._means.clock))
        task.add_done_callback(lambda _: woken.set())
        self._running[lane] = (pump, task)

    def _share(self) -> int:
        return max(_LEAST, min(_MOST, IN_HAND // max(1, len(self._running))))

    async def _until_due(self) -> float:
        now = self._means.clock.now()
        due = await self._means.aside(self._lanes.next_due, now, platforms=self._platforms)
        return BEAT if due is None else min(BEAT, max(_BUSY, (due - now).total_seconds()))
