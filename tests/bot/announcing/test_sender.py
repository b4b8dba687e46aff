"""What is due is sent once, whatever becomes of it."""

import logging

import pytest
from sqlalchemy import Engine

from bot.channels import Channel
from bot.editions import DeliveryState
from bot.outcomes import Gone, Refused, TryLater, Unsure
from bot.subscriptions import Filter, SubscriptionState
from tests.bot.announcing.newsroom import a_scene, rooms
from tests.builders import a_post
from tests.publishers import Lost
from tests.simulation import Simulation, simulated

HOUR, DAY = 3600.0, 86400.0


def test_every_channel_gets_its_message_once(engine: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(engine, simulation, "discord", "slack")
        servers = [Channel("discord", f"g{number}", f"g{number}-c0") for number in range(10, 230)]
        channels = [*servers, *rooms(30), *rooms(40, "T1", "slack"), *rooms(3, "T2", "slack")]
        scene.subscribe(*channels)
        assert scene.plan() == len(channels)

        await scene.send()
        await scene.send()

        assert scene.states() == {DeliveryState.SENT: len(channels)}
        everywhere = scene.posted("discord") + scene.posted("slack")
        assert everywhere == dict.fromkeys((channel.id for channel in channels), 1)
        (last,) = scene.stores.ledger.standings(limit=1)
        assert last.url.startswith("https://chat.example/")
        assert scene.stores.lanes.holders() == ()

    simulated(sending)


def test_channels_that_get_the_same_get_the_very_same_view(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(5))
        scene.subscribe(*rooms(5, "g2"), filter_=Filter(topics=("Burnout",)))
        scene.bring(a_post("2026-11", "A second one", topics=["Burnout"], summary=("It is about something else.",)))
        scene.plan()

        await scene.send()

        views = {message.channel.workspace: message.view for message in scene.discord.messages}
        assert all(message.view is views[message.channel.workspace] for message in scene.discord.messages)
        assert "Something new" in repr(views["g1"])
        assert "Something new" not in repr(views["g2"])

    simulated(sending)


def test_a_channel_that_is_gone_rests_and_whoever_subscribed_it_is_told_once(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        gone, there = rooms(2)
        scene.subscribe(gone, there)
        scene.plan()
        scene.discord.outcomes.append(Gone("This channel is archived."))

        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 1, DeliveryState.SKIPPED: 1}
        assert scene.subscribed(gone) is SubscriptionState.GONE
        assert scene.subscribed(there) is SubscriptionState.ACTIVE
        ((user, view),) = scene.discord.told
        assert user == "U1"
        assert "This channel is archived." in repr(view)
        assert [record.action for record in caplog.records if record.levelno >= logging.WARNING] == ["channel.lost"]  # type: ignore[attr-defined]

    simulated(sending)


def test_of_a_workspace_that_is_gone_every_channel_rests_and_nobody_can_be_told(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        gone = rooms(3)
        scene.subscribe(*gone, *rooms(2, "g2"))
        scene.plan()
        scene.discord.outcomes.append(Gone("PPRNet was removed.", workspace=True))

        await scene.send()

        assert {scene.subscribed(channel) for channel in gone} == {SubscriptionState.GONE}
        assert scene.discord.told == []
        assert scene.posted().keys() >= {"g2-c0", "g2-c1"}

    simulated(sending)


def test_what_the_platform_will_never_take_fails_at_once(sqlite: Engine, caplog: pytest.LogCaptureFixture) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(2))
        scene.plan()
        scene.discord.outcomes.append(Refused("No text."))

        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 1, DeliveryState.FAILED: 1}
        (failed,) = scene.stores.ledger.standings(states=[DeliveryState.FAILED])
        assert failed.why == "No text."
        assert "discord g1/" in caplog.text

    simulated(sending)


def test_after_a_day_of_failures_it_is_given_up_and_can_be_tried_again(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.extend([TryLater("Not now.")] * 200)

        assert await scene.send_for(DAY - 1) > 24
        assert scene.states() == {DeliveryState.WAITING: 1}
        await scene.send_for(2 * HOUR)
        assert scene.states() == {DeliveryState.FAILED: 1}

        scene.discord.outcomes.clear()
        assert scene.stores.ledger.retry([], simulation.clock.now()) == 1
        await scene.send()
        assert scene.states() == {DeliveryState.SENT: 1}

    simulated(sending)


@pytest.mark.parametrize("arrives", [True, False])
def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(sqlite: Engine, arrives: bool) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(Lost(arrives))

        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 1}
        assert scene.posted() == {"g1-c0": 1}
        assert len(scene.discord.searches) == 1

    simulated(sending)


def test_what_cannot_be_found_out_for_a_day_is_left_to_the_operator(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(Lost())
        scene.discord.findings.extend([Unsure("It does not say."), TryLater("Not now."), TryLater("", 60.0)] * 100)

        await scene.send_for(26 * HOUR)

        assert scene.states() == {DeliveryState.UNKNOWN: 1}
        assert "nobody can tell" in caplog.text
        scene.discord.findings.clear()
        scene.stores.ledger.retry([], simulation.clock.now())
        await scene.send()
        assert scene.posted() == {"g1-c0": 1}
        assert scene.states() == {DeliveryState.SENT: 1}

    simulated(sending)


def test_a_channel_that_is_gone_when_its_message_is_looked_for_rests(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(1))
        scene.plan()
        scene.discord.outcomes.append(Lost(arrives=False))
        scene.discord.findings.append(Gone("It was deleted."))

        await scene.send()

        assert scene.states() == {DeliveryState.SKIPPED: 1}
        assert scene.subscribed(rooms(1)[0]) is SubscriptionState.GONE

    simulated(sending)


def test_a_delivery_that_goes_wrong_here_ends_no_other(sqlite: Engine, caplog: pytest.LogCaptureFixture) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(3))
        scene.plan()
        broken = iter([True, False, False, False, False])

        def hears(_delivery: object) -> None:
            if next(broken):
                raise ZeroDivisionError

        scene.discord.hears = hears
        await scene.send()

        assert scene.posted() == {"g1-c0": 1, "g1-c1": 1, "g1-c2": 1}
        assert "deliver.broken" in {getattr(record, "action", "") for record in caplog.records}

    simulated(sending)


def test_platforms_without_a_publisher_are_left_to_others(sqlite: Engine) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(sqlite, simulation)
        scene.subscribe(*rooms(2), *rooms(2, "T1", "slack"))
        scene.plan()

        await scene.send()

        assert scene.states() == {DeliveryState.SENT: 2, DeliveryState.PLANNED: 2}

    simulated(sending)
