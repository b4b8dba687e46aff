"""The worker as a whole: by the schedule, for months, through what goes wrong."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine

from bot.announcing.clock import SystemClock
from bot.announcing.health import Health
from bot.announcing.means import Names, Outlets, Stores
from bot.announcing.outage import Outage
from bot.announcing.worker import Worker
from bot.editions import DeliveryState
from bot.errors import StoreError
from bot.outcomes import Gone
from bot.pages.announcement import announcement
from bot.schedule import Schedule
from bot.settings import SCHEDULE
from bot.subscriptions import SubscriptionState
from tests.bot.announcing.newsroom import Absent, Scene, a_scene, rooms
from tests.builders import a_post
from tests.simulation import SimulatedClock, Simulation, simulated

TICK = datetime(2026, 12, 7, 14, tzinfo=UTC)
"""The first Monday of December 2026, nine o'clock in Toronto."""

_numbers = count(1)


async def nothing() -> None:
    """Read no source."""


def a_worker(scene: Scene, stores: Stores | None = None) -> Worker:
    names = Names(lambda: f"worker-{next(_numbers)}", lambda _: False)
    outlets = Outlets(scene.platforms, announcement)
    schedule = Schedule(SCHEDULE, "America/Toronto")
    return Worker(stores or scene.stores, outlets, names, schedule, nothing, scene.simulation.means)


def test_at_the_tick_every_channel_has_what_is_new(sqlite: Engine) -> None:
    async def working(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(12))
        scene.bring(a_post("2026-12", "Something new"))
        async with a_worker(scene).working() as worker:
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 12})
            assert timedelta(0) <= simulation.clock.now() - TICK < timedelta(minutes=1)
            assert await worker.ready() == ""
            assert set(worker.ages()) == {"look", "send"}
            assert worker.sender.health.messages == 12
            assert worker.routes == ()
        assert scene.stores.lanes.holders() == ()

    simulated(working, start=TICK - timedelta(minutes=3))


def test_channels_that_are_gone_are_looked_at_after_an_hour(sqlite: Engine) -> None:
    async def working(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        (room,) = rooms(1)
        scene.subscribe(room)
        scene.plan()
        scene.discord.outcomes.append(Gone("It is archived."))
        await scene.send()
        subscriptions = Absent(scene.stores.subscriptions, "among")
        async with a_worker(scene, replace(scene.stores, subscriptions=subscriptions)).working():
            await simulation.until(lambda: scene.subscribed(room) is SubscriptionState.ACTIVE)
            assert simulation.clock.elapsed() > 3600.0

    simulated(working, start=TICK + timedelta(days=1))


def test_a_store_that_fails_for_a_while_is_told_and_outlived(sqlite: Engine, caplog: pytest.LogCaptureFixture) -> None:
    async def working(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(2))
        scene.bring(a_post("2026-12", "Something new"))
        agenda, subscriptions = Absent(scene.stores.agenda, "ticks"), Absent(scene.stores.subscriptions, "among")
        agenda.fails = subscriptions.fails = True
        stores = replace(scene.stores, agenda=agenda, subscriptions=subscriptions)
        scene.stores.agenda.settle(TICK - timedelta(days=35))
        async with a_worker(scene, stores).working():
            await simulation.until(lambda: simulation.clock.elapsed() > 3700.0)
            agenda.fails = False
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 2})

    caplog.set_level(logging.WARNING)
    simulated(working, start=TICK)
    assert {getattr(record, "action", "") for record in caplog.records} == {"schedule.failed", "channel.unseen"}


def test_an_end_that_takes_too_long_is_cut_short_and_what_was_under_way_is_looked_for(sqlite: Engine) -> None:
    async def working(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(2))
        scene.plan()
        scene.discord.dead.add("g1")
        worker = a_worker(scene)
        worker.grace = 0.01
        async with worker.working():
            await simulation.until(lambda: scene.states() == {DeliveryState.SENDING: 2})
        scene.discord.dead.clear()

        await scene.send()
        assert scene.posted() == {"g1-c0": 1, "g1-c1": 1}

    simulated(working, start=TICK + timedelta(days=1))


def test_health_tells_what_is_late() -> None:
    clock, outage = SimulatedClock(), Outage()
    health = Health(clock, outage)

    told = [health.ready()]
    ages = [health.since_sent]
    clock.skip(3.0)
    health.sent()
    clock.skip(61.0)
    ages.append(health.since_sent)
    told.append(health.ready())
    health.looked()
    told.append(health.ready())
    outage.begin(StoreError("it is away"))
    told.append(health.ready())

    assert told == ["", "it has not looked for work for 64 seconds", "", "the database is away"]
    assert ages == [None, 61.0]


def test_the_systems_clock_waits_for_what_comes_first() -> None:
    async def waiting() -> None:
        clock, happened = SystemClock(), asyncio.Event()
        before = clock.elapsed()
        await clock.wait(0.0)
        await clock.wait(0.0, happened)
        happened.set()
        await clock.wait(3600.0, happened)
        assert clock.elapsed() >= before
        assert clock.now().tzinfo is UTC

    asyncio.run(waiting())
