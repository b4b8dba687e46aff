"""Leases that end, databases that go away, processes that end: nothing is lost and nothing doubled."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.editions import DeliveryState
from bot.outcomes import Delivery
from tests.bot.announcing.newsroom import Absent, a_scene, rooms
from tests.publishers import Lost
from tests.simulation import Simulation, simulated


def test_a_machine_that_slept_sends_nothing_until_it_holds_its_lanes_again(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(40))
        scene.plan()
        held: list[bool] = []

        def hears(_delivery: Delivery) -> None:
            if not held:
                simulation.clock.sleep_deeply(3600.0)  # all that is in hand already is under way
            held.append(bool(scene.stores.lanes.holders()))

        scene.discord.hears = hears
        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 40}
        assert set(scene.posted().values()) == {1}

    simulated(sending)


def test_results_are_kept_while_the_database_is_away_and_sending_pauses(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(120, "g1"), *rooms(120, "g2"))
        scene.plan()
        ledger, lanes = Absent(scene.stores.ledger, "settle", "claim"), Absent(scene.stores.lanes, "hold", "release")
        sender = scene.sender(stores=replace(scene.stores, ledger=ledger, lanes=lanes))

        def hears(_delivery: Delivery) -> None:
            ledger.fails = lanes.fails = True

        scene.discord.hears = hears
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: simulation.clock.elapsed() > 120.0)
            assert len(scene.discord.messages) < 240
            assert sender.health.ready() == "the database is away"
            scene.discord.hears = lambda _: None
            ledger.fails = lanes.fails = False
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 240})
        assert set(scene.posted().values()) == {1}
        assert scene.discord.searches == []  # what was known was not looked for

    simulated(sending)
    actions = [getattr(record, "action", "") for record in caplog.records]
    assert actions.count("send.paused") == 1
    assert actions.count("send.resumed") == 1


def test_what_was_claimed_without_an_answer_is_looked_for(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(10))
        scene.plan()
        ledger = Absent(scene.stores.ledger, "claim")
        ledger.fails = ledger.after_the_fact = True
        sender = scene.sender(stores=replace(scene.stores, ledger=ledger))
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: scene.states() == {DeliveryState.SENDING: 10})
            ledger.fails = False
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 10})

        assert len(scene.discord.searches) >= 10
        assert set(scene.posted().values()) == {1}

    simulated(sending)


def test_posts_that_cannot_be_read_are_read_later(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(3))
        scene.plan()
        archive = Absent(scene.stores.archive, "get")
        archive.fails = True
        sender = scene.sender(stores=replace(scene.stores, archive=archive))
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: simulation.clock.elapsed() > 20.0)
            archive.fails = False
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 3})

    simulated(sending)


def test_told_to_end_it_finishes_what_is_under_way_and_puts_the_rest_back(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(100))
        scene.plan()
        sender = scene.sender()
        scene.discord.hears = lambda _: sender.end()

        await sender.run()

        states = scene.states()
        assert 0 < states[DeliveryState.SENT] < 100
        assert states[DeliveryState.SENT] == len(scene.discord.messages)
        assert states.keys() == {DeliveryState.SENT, DeliveryState.WAITING}
        assert scene.stores.lanes.holders() == ()
        scene.discord.hears = lambda _: None
        await scene.send()
        assert scene.discord.searches == []
        assert set(scene.posted().values()) == {1}

    simulated(sending)


def test_told_to_end_while_the_database_is_away_it_ends(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(3))
        scene.plan()
        ledger = Absent(scene.stores.ledger, "settle")
        ledger.fails = True
        sender = scene.sender(stores=replace(scene.stores, ledger=ledger))
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: len(scene.discord.messages) == 3 and simulation.clock.elapsed() > 40.0)
        assert scene.states() == {DeliveryState.SENDING: 3}

        await scene.send()  # under another name, which looks first
        assert scene.states() == {DeliveryState.SENT: 3}
        assert set(scene.posted().values()) == {1}

    simulated(sending)


def test_a_dead_neighbours_lanes_are_taken_over_without_waiting_for_its_lease(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(5))
        scene.plan()
        now = simulation.clock.now()
        (lane,) = scene.stores.lanes.hold("dead", 1, now, now.replace(year=2030))
        scene.stores.ledger.claim(lane, "dead", 3, now)

        await scene.sender(dead=["dead"]).run(until_idle=True)

        assert scene.states() == {DeliveryState.SENT: 5}
        assert len(scene.discord.searches) == 3
        assert simulation.clock.elapsed() < 30.0

    simulated(sending)


def test_a_neighbours_lanes_are_left_to_it_until_its_lease_ends(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(2))
        scene.plan()
        now = simulation.clock.now()
        scene.stores.lanes.hold("elsewhere", 1, now, now + timedelta(seconds=60))

        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 2}
        assert simulation.clock.elapsed() >= 60.0

    simulated(sending)


def test_a_lane_that_somebody_else_has_taken_is_left_to_them(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(90))
        scene.plan()
        scene.discord.seconds = 2.0
        lanes = Thief(scene.stores.lanes)
        sender = scene.sender(stores=replace(scene.stores, lanes=lanes))
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: len(scene.discord.messages) > 0)
            lanes.steals = True
            await simulation.until(lambda: DeliveryState.WAITING in scene.states())
            sent = len(scene.discord.messages)
            assert sent < 90
            lanes.steals = False
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 90})
        assert set(scene.posted().values()) == {1}

    simulated(sending)


class Thief:
    """The lanes, of which none is given as long as somebody else has them all."""

    def __init__(self, lanes: Any) -> None:
        self._lanes = lanes
        self.steals = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lanes, name)

    def hold(self, *args: Any, **given: Any) -> tuple[str, ...]:
        held: tuple[str, ...] = self._lanes.hold(*args, **given)
        return () if self.steals else held


def test_told_to_end_while_it_looks_for_a_message_it_does_not_send_it(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(Lost(arrives=False))
        sender = scene.sender()
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: scene.discord.searches)
        assert scene.states() == {DeliveryState.WAITING: 1}
        assert scene.discord.messages == []

        await scene.send()
        assert len(scene.discord.searches) == 2  # it is as unsure as it was
        assert scene.posted() == {"g1-c0": 1}

    simulated(sending)


def test_told_to_end_before_it_has_begun_it_ends(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        sender = scene.sender()
        sender.end()
        await sender.run()
        assert scene.states() == {DeliveryState.PLANNED: 1}

    simulated(sending)
