"""One lane: deliveries are claimed in batches as fast as they are carried out."""

import asyncio

from bot.announcing.aside import Aside
from bot.announcing.books import GATHERING
from bot.announcing.clock import Clock
from bot.announcing.courier import Courier
from bot.announcing.gates import Gates
from bot.announcing.session import Holding
from bot.editions import Task
from bot.errors import StoreError
from bot.ports.announcing import Ledger

_LOOK = 2.0
"""Seconds after which a lane is looked into again that has nothing to claim for the moment."""


class Pump:
    """Sends in one lane until nothing is due there, the lane is lost or the session is over.

    Attributes:
        in_hand: how many deliveries it has claimed and not settled.
        share: how many it may have in hand.
    """

    def __init__(self, holding: Holding, ledger: Ledger, courier: Courier, gates: Gates, share: int) -> None:
        """Begin with nothing in hand.

        Args:
            holding: the lane.
            ledger: where deliveries are claimed.
            courier: carries them out.
            gates: of the workspaces in the lane.
            share: how many deliveries it may have in hand.
        """
        self.in_hand = 0
        self.share = share
        self._holding = holding
        self._ledger = ledger
        self._courier = courier
        self._gates = gates
        self._news = gates.news

    async def run(self, aside: Aside, clock: Clock) -> None:
        """Send.

        Args:
            aside: calls the ledger.
            clock: the time.
        """
        async with asyncio.TaskGroup() as under_way:
            while not self._holding.is_over:
                self._news.clear()
                room = self._room
                tasks = await self._claim(room, aside, clock)
                for task in tasks:
                    self.in_hand += 1
                    under_way.create_task(self._carry(task))
                await asyncio.sleep(0)  # each gets in line at its workspace's gate: only then it is known who moves
                if self._is_dry:
                    return
                if len(tasks) <= room // 2:  # nearly all that is due is in hand: others gather meanwhile
                    await clock.wait(GATHERING, self._holding.session.over)
                    await clock.wait(self._until_change, self._news)
                elif not self._room:
                    await clock.wait(_LOOK, self._news)

    def lose(self) -> None:
        """Begin nothing more: the lane is somebody else's."""
        self._holding.lost = True
        self.wake()

    def wake(self) -> None:
        """Look again, as something has happened."""
        self._news.set()

    @property
    def rests_for(self) -> float:
        """Seconds until it may have something to do again; 0 while it has."""
        return 0.0 if self.in_hand or self._courier.books else self._gates.opens_in()

    @property
    def _room(self) -> int:
        """How many to claim now: none as long as more than half of the share is under way."""
        moving = self.in_hand - self._gates.parked
        return 0 if moving > self.share // 2 else self.share - moving

    @property
    def _is_dry(self) -> bool:
        """Whether there is nothing to do in the lane, and what was done is known to everybody."""
        return not self.in_hand and not self._courier.books and not self.rests_for

    @property
    def _until_change(self) -> float:
        if not self.in_hand and self._courier.books:
            return GATHERING  # the lane is given up when that is written down: else its next holder looks for it
        return min(self._gates.opens_in() or _LOOK, _LOOK)

    async def _claim(self, room: int, aside: Aside, clock: Clock) -> tuple[Task, ...]:
        if not room or self._gates.are_closed() or not self._holding.may_send():
            return ()
        self._gates.sweep()
        lane, worker, busy = self._holding.lane, self._holding.session.worker, self._gates.busy()
        try:
            return await aside(self._ledger.claim, lane, worker, room, clock.now(), busy)
        except StoreError as error:
            self._holding.session.fail(error)
            return ()

    async def _carry(self, task: Task) -> None:
        await self._courier.deliver(task, self._gates, self._holding)
        self.in_hand -= 1
        if not self.in_hand or self.in_hand - self._gates.parked == self.share // 2:
            self.wake()
