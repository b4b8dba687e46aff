"""Channels that are lost: noted, and told to whoever can be told."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.editions import DeliveryState
from bot.outcomes import Gone
from bot.subscriptions import SubscriptionState
from tests.bot.announcing.newsroom import Absent, a_scene, rooms
from tests.simulation import Simulation, simulated


def test_whoever_cannot_be_told_is_not_told(sqlite: Engine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")

    async def losing(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(Gone("It is archived."))
        scene.discord.tells = False

        await scene.send()

    simulated(losing)
    assert "could not be told" in caplog.text


def test_a_loss_that_cannot_be_noted_is_noted_with_the_next_message(sqlite: Engine) -> None:
    async def losing(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        (room,) = rooms(1)
        scene.subscribe(room)
        scene.plan()
        scene.discord.outcomes.extend([Gone("It is archived.")] * 2)
        subscriptions = Absent(scene.stores.subscriptions, "lose")
        subscriptions.fails = True

        await scene.sender(stores=replace(scene.stores, subscriptions=subscriptions)).run(until_idle=True)
        assert scene.states() == {DeliveryState.SKIPPED: 1}
        assert scene.subscribed(room) is SubscriptionState.ACTIVE

        scene.plan("Something newer")
        await scene.send()
        assert scene.subscribed(room) is SubscriptionState.GONE

    simulated(losing)


def test_a_direct_message_that_is_gone_is_called_so(sqlite: Engine) -> None:
    async def losing(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        (room,) = rooms(1)
        scene.subscribe(room)
        subscription = scene.stores.subscriptions.here(room)
        assert subscription
        scene.stores.subscriptions.save(replace(subscription, label=""))
        scene.plan()
        scene.discord.outcomes.append(Gone("You take no messages from PPRNet."))

        await scene.send()

        ((_, view),) = scene.discord.told
        assert view.title == "PPRNet cannot post in your direct messages"

    simulated(losing)
