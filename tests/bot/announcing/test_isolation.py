"""Whatever does not work, or asks for time, holds up itself and nothing else."""

import itertools

import pytest
from sqlalchemy import Engine

from bot.announcing.gates import ENOUGH, TURNS
from bot.announcing.pacing import SLACK, Limits
from bot.channels import Channel
from bot.editions import DeliveryState
from bot.outcomes import Scope, TryLater
from tests.bot.announcing.newsroom import Scene, a_scene, rooms
from tests.simulation import Simulation, simulated


def last_at(scene: Scene, workspace: str) -> float:
    """Return when the last message of a workspace arrived."""
    return max(message.at for message in scene.discord.messages if message.channel.workspace == workspace)


def test_a_dead_workspace_delays_no_other(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(3 * ENOUGH, "dead"), *rooms(100, "g2"), *rooms(100, "g3"))
        scene.plan()
        scene.discord.dead.add("dead")
        sender = scene.sender()

        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: len(scene.discord.messages) == 200)
            assert simulation.clock.elapsed() < 30.0  # not one of the dead workspace's calls has ended

    simulated(sending)


def test_a_dead_workspace_is_tried_with_one_message_at_a_time_and_has_all_when_it_is_back(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(60, "dead"))
        scene.plan()
        scene.discord.dead.add("dead")
        tried: list[float] = []
        scene.discord.hears = lambda _: tried.append(simulation.clock.elapsed())
        sender = scene.sender()

        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: simulation.clock.elapsed() > 300.0)
            later = [at for at in tried if at > 60.0]
            assert len([at for at in tried if at < 30.0]) == TURNS
            assert all(then - before >= 30.0 for before, then in itertools.pairwise(later))
            scene.discord.dead.clear()
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 60})
        assert set(scene.posted().values()) == {1}

    simulated(sending)


def test_a_platform_whose_workspaces_all_fail_is_left_alone_as_a_whole(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        dead = [f"g{number}" for number in range(40)]
        scene.subscribe(*(Channel("discord", name, name) for name in dead))
        scene.plan()
        scene.discord.dead.update(dead)
        tried: list[float] = []
        scene.discord.hears = lambda _: tried.append(simulation.clock.elapsed())
        sender = scene.sender()

        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: simulation.clock.elapsed() > 300.0)
            assert len(tried) < 80
            scene.discord.dead.clear()
            await simulation.until(lambda: scene.states() == {DeliveryState.SENT: 40})

    simulated(sending)


@pytest.mark.parametrize(
    ("scope", "waits", "goes_on"),
    [
        (Scope.CHANNEL, ["g1-c0"], ["g1-c1", "g2-c0", "g2-c1"]),
        (Scope.WORKSPACE, ["g1-c0", "g1-c1"], ["g2-c0", "g2-c1"]),
        (Scope.PLATFORM, ["g1-c0", "g1-c1", "g2-c0", "g2-c1"], []),
    ],
)
def test_a_retry_after_moves_only_what_it_names(
    sqlite: Engine, scope: Scope, waits: list[str], goes_on: list[str]
) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(TryLater("Not so fast.", 100.0, scope))
        sender = scene.sender()
        async with simulation.working(sender.run(), sender.end):
            await simulation.until(lambda: scene.states() == {DeliveryState.WAITING: 1})
            asked_at = simulation.clock.elapsed()
            scene.subscribe(Channel("discord", "g1", "g1-c1"), *rooms(2, "g2"))
            scene.plan("Something newer")
            sender.wake()
            await simulation.until(lambda: set(scene.states()) == {DeliveryState.SENT})

        at = {message.channel.id: message.at - asked_at for message in reversed(scene.discord.messages)}
        assert {name for name, when in at.items() if when >= 100.0} == set(waits)
        assert {name for name, when in at.items() if when < 50.0} == set(goes_on)

    simulated(sending)


def test_sending_by_hand_does_not_wait_for_a_workspace_that_asks_for_an_hour(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(300), *rooms(2, "g2"))
        scene.plan()
        scene.discord.outcomes.append(TryLater("Not so fast.", 3600.0, Scope.WORKSPACE))

        await scene.send()

        assert simulation.clock.elapsed() < 60.0
        assert scene.posted().keys() >= {"g2-c0", "g2-c1"}
        assert scene.states().keys() <= {DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.PLANNED}
        await scene.send_for(2 * 3600.0)
        assert scene.states() == {DeliveryState.SENT: 302}

    simulated(sending)


def test_a_workspace_gets_no_more_messages_than_its_platform_allows(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation, "slack")
        scene.limits["slack"] = SLACK
        scene.subscribe(*rooms(200, "T1", "slack"))
        scene.plan()

        await scene.send()

        arrived = sorted(message.at for message in scene.platforms["slack"].messages)
        assert len(arrived) == 200
        assert max(sum(start <= at < start + 60.0 for at in arrived) for start in arrived) <= 301
        assert arrived[59] - arrived[0] < 10.0

    simulated(sending)


def test_a_channel_gets_no_more_messages_than_its_platform_allows(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation, "slack")
        scene.limits["slack"] = Limits(channel=0.1)
        scene.subscribe(*rooms(1, "T1", "slack"))
        for number in ("one", "two", "three", "four"):
            scene.plan(number)

        await scene.send()

        arrived = sorted(message.at for message in scene.platforms["slack"].messages)
        assert len(arrived) == 4
        assert all(then - before >= 9.9 for before, then in itertools.pairwise(arrived))

    simulated(sending)
