"""What became of deliveries, written down in groups; what cannot be written is kept until it can."""

import asyncio
from itertools import groupby
from operator import itemgetter

from bot.announcing.backoff import backoff
from bot.announcing.means import Means
from bot.announcing.outage import Outage
from bot.editions import Settlement
from bot.errors import StoreError
from bot.ports.announcing import Ledger

GROUP = 100
"""Settlements in one transaction, at most."""

GATHERING = 0.05
"""Seconds that a settlement waits for others to be written with, at most."""

_LONGEST = 15.0
"""Seconds between two tries to reach a database that is away, at most."""

_Kept = tuple[str, Settlement]


class Books:
    """Writes down what became of deliveries.

    Attributes:
        written: set when all that was entered is written.
    """

    def __init__(self, ledger: Ledger, outage: Outage, means: Means) -> None:
        """Begin with nothing to write.

        Args:
            ledger: where it is written.
            outage: whether it can be written.
            means: clock, chance and calls.
        """
        self._ledger = ledger
        self._outage = outage
        self._means = means
        self._kept: list[_Kept] = []
        self._any = asyncio.Event()
        self._group = asyncio.Event()
        self.written = asyncio.Event()
        self.written.set()

    def __len__(self) -> int:
        return len(self._kept)

    def enter(self, worker: str, settlement: Settlement) -> None:
        """Keep a settlement, to be written soon."""
        self._kept.append((worker, settlement))
        self.written.clear()
        self._any.set()
        if len(self._kept) >= GROUP:
            self._group.set()

    async def write(self) -> None:
        """Write whatever is entered, until cancelled."""
        while True:
            await self._any.wait()
            await self._means.clock.wait(GATHERING, self._group)
            await self._write_group()

    async def _write_group(self) -> None:
        group, at, failures = self._kept[:GROUP], self._means.clock.now(), 0
        while True:
            try:
                for worker, entries in groupby(group, key=itemgetter(0)):
                    await self._means.aside(self._ledger.settle, worker, [one for _, one in entries], at)
            except StoreError as error:
                failures += 1
                self._outage.begin(error)
                await self._means.clock.wait(backoff(failures, self._means.draw, longest=_LONGEST))
            else:
                return self._strike(len(group))

    def _strike(self, count: int) -> None:
        """Forget what is written."""
        self._outage.end()
        del self._kept[:count]
        if len(self._kept) < GROUP:
            self._group.clear()
        if not self._kept:
            self._any.clear()
            self.written.set()
