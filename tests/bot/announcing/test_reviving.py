"""Channels that were gone: looked at, taken up again, told so once, and given nothing old."""

import asyncio

import pytest
from sqlalchemy import Engine

from bot.announcing.reviving import Reviver
from bot.channels import Workspace
from bot.editions import DeliveryState
from bot.outcomes import Gone, TryLater
from bot.subscriptions import SubscriptionState
from tests.bot.announcing.newsroom import Scene, a_scene, rooms
from tests.simulation import Simulation, simulated


def a_reviver(scene: Scene) -> Reviver:
    return Reviver(scene.stores.subscriptions, scene.platforms, scene.simulation.means)


async def a_loss(scene: Scene) -> None:
    """Let two channels be lost in the midst of an edition."""
    scene.subscribe(*rooms(2), *rooms(1, "T1", "slack"))
    scene.plan()
    scene.discord.outcomes.extend([Gone("It is archived.")] * 2)
    await scene.send()


def test_a_channel_that_is_back_goes_on_is_told_so_once_and_gets_nothing_old(engine: Engine) -> None:
    async def reviving(simulation: Simulation) -> None:
        scene = a_scene(engine, simulation)
        await a_loss(scene)
        back, gone = rooms(2)
        scene.discord.out_of_reach[gone.id] = Gone("It is archived.")

        assert sum(await asyncio.gather(*(a_reviver(scene).look() for _ in range(3)))) == 1

        assert scene.subscribed(back) is SubscriptionState.ACTIVE
        assert scene.subscribed(gone) is SubscriptionState.GONE
        (told,) = scene.discord.messages
        assert told.channel == back
        assert "PPRNet is back" in repr(told.view)
        assert len(told.key) <= 25
        await scene.send()
        assert scene.states() == {DeliveryState.SKIPPED: 2, DeliveryState.PLANNED: 1}
        scene.plan("Something newer")
        await scene.send()
        assert scene.posted() == {back.id: 2}

    simulated(reviving)


def test_what_a_platform_tells_of_is_looked_at_at_once(sqlite: Engine) -> None:
    async def reviving(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        await a_loss(scene)
        one, other = rooms(2)

        assert await a_reviver(scene).came_back(Workspace("discord", "elsewhere")) == 0
        assert await a_reviver(scene).came_back(one) == 1
        assert scene.subscribed(other) is SubscriptionState.GONE
        assert await a_reviver(scene).came_back(Workspace("discord", "g1")) == 1
        assert len(scene.discord.messages) == 2

    simulated(reviving)


def test_of_a_workspace_that_is_still_gone_one_channel_is_asked(sqlite: Engine) -> None:
    async def reviving(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        await a_loss(scene)
        for room in rooms(1):
            scene.discord.out_of_reach[room.id] = Gone("PPRNet was removed.", workspace=True)

        assert await a_reviver(scene).look() == 0

    simulated(reviving)


@pytest.mark.parametrize("platforms", [("discord",), ("slack",)])
def test_whoever_cannot_be_asked_now_is_asked_another_time(sqlite: Engine, platforms: tuple[str, ...]) -> None:
    async def reviving(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        await a_loss(scene)
        for room in rooms(2):
            scene.discord.out_of_reach[room.id] = TryLater("Not now.")
        asked = {name: one for name, one in scene.platforms.items() if name in platforms}

        assert await Reviver(scene.stores.subscriptions, asked, simulation.means).look() == 0
        assert {scene.subscribed(room) for room in rooms(2)} == {SubscriptionState.GONE}

    simulated(reviving)
