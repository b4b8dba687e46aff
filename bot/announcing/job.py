"""The monthly job: at each tick of the schedule the sources are read, and what is new is announced."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.announcing.editor import Editor
from bot.announcing.means import Means, Stores
from bot.announcing.ticks import LOOK_AGAIN, Tick, due
from bot.errors import PprnetError
from bot.schedule import Schedule

_log = logging.getLogger("pprnet.announcing")

Refresh = Callable[[], Awaitable[None]]
"""Reads the sources; raises `PprnetError` when that did not work."""

_A_DAY = timedelta(days=1)
"""How often the sources are read while a month's posts are not there yet, and for how long those that cannot be read
keep what others have brought from being announced."""


class Job:
    """Follows the schedule."""

    def __init__(self, stores: Stores, editor: Editor, schedule: Schedule, refresh: Refresh, means: Means) -> None:
        """Begin.

        Args:
            stores: where the agenda and the archive are.
            editor: makes editions.
            schedule: when to.
            refresh: reads the sources.
            means: clock and calls.
        """
        self._stores = stores
        self._editor = editor
        self._schedule = schedule
        self._refresh = refresh
        self._means = means

    async def follow(self) -> int:
        """Do what is due now; return how many deliveries were planned.

        Raises:
            StoreError: the store could not be reached; it is due again later.
        """
        aside, now = self._means.aside, self._means.clock.now()
        tick = due(self._schedule, await aside(self._stores.agenda.ticks), now)
        if tick is not None:
            await self._follow(tick, now)
        # In any case: an edition may have been approved, and whoever froze one may have gone down before planning it.
        return await aside(self._editor.plan, self._means.clock.now())

    async def _follow(self, tick: Tick, now: datetime) -> None:
        aside, agenda = self._means.aside, self._stores.agenda
        if not tick.new and not await aside(agenda.begin, tick.at, now, now - LOOK_AGAIN):
            return  # another process is at it
        if tick.new or await self._announced(tick):
            await aside(agenda.settle, tick.at)

    async def _announced(self, tick: Tick) -> bool:
        """Look for what is new; return whether the tick has its edition."""
        aside, clock = self._means.aside, self._means.clock
        if await aside(self._editor.frozen_since, tick.at):  # by whoever went down before settling, or by hand
            return True
        if await self._is_stale(tick) and not await read_sources(self._refresh) and clock.now() - tick.at < _A_DAY:
            return False
        if await aside(self._editor.freeze, clock.now()) is not None:
            return True
        _log.info("nothing is new yet, it will be looked for again", extra={"action": "schedule.nothing"})
        return False

    async def _is_stale(self, tick: Tick) -> bool:
        read_at = (await self._means.aside(self._stores.archive.facts)).source_read_at
        return tick.first or read_at is None or self._means.clock.now() - read_at >= _A_DAY


async def read_sources(refresh: Refresh) -> bool:
    """Read the sources; return whether that worked, and log what did not."""
    try:
        await refresh()
    except PprnetError as error:
        _log.warning("the sources could not be read: %s", error, extra={"action": "schedule.unread"})
        return False
    except Exception:  # noqa: BLE001 - a page that nobody foresaw must not end the sending of what is there
        _log.exception("the sources could not be read", extra={"action": "schedule.unread"})
        return False
    return True
