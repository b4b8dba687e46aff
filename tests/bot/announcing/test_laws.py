"""Whatever goes wrong, however often, and whenever the process is killed: one message a channel, or a reason."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.announcing.results import put_back, settlement, settlement_of_search
from bot.channels import Channel
from bot.editions import SETTLED, DeliveryState, Task
from bot.outcomes import Delivery, Finding, Gone, NotSent, Outcome, Refused, Scope, Sent, TryLater, Unsure
from tests.bot.announcing.newsroom import Absent, Scene, a_scene, rooms
from tests.publishers import Lost
from tests.simulation import START, Simulation, simulated

later = st.builds(TryLater, st.just("Not now."), st.none() | st.floats(0, 120), st.sampled_from(Scope))
troubles = st.lists(
    st.none()
    | st.builds(Lost, st.booleans())
    | later
    | st.just(Refused("No."))
    | st.builds(Gone, st.just("It is gone."), st.booleans()),
    max_size=25,
)
findings = st.lists(st.none() | st.just(Unsure("It does not say.")) | later, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(troubles=troubles, found=findings, kills=st.lists(st.integers(1, 25), max_size=3), seed=st.integers(0, 9))
def test_every_channel_has_one_message_or_none_and_a_reason(
    sqlite_template: Path,
    opened: Callable[..., Engine],
    troubles: list[Outcome | Lost | None],
    found: list[Finding | None],
    kills: list[int],
    seed: int,
) -> None:
    async def sending(simulation: Simulation) -> None:
        scene = a_scene(engine, simulation)
        scene.subscribe(*rooms(6), *rooms(5, "g2"), *rooms(1, "g3"))
        scene.plan()
        scene.discord.outcomes.extend(troubles)
        scene.discord.findings.extend(found)
        for kill in kills:
            await _send_until_killed(scene, kill)
        await scene.send_for(30 * 3600.0)

        assert not scene.states().keys() - SETTLED
        posted = scene.posted()
        assert set(posted.values()) <= {1}
        for standing in scene.stores.ledger.standings(limit=100):
            if standing.state is DeliveryState.SENT:
                assert posted[standing.channel.id] == 1
            else:
                assert standing.why

    with tempfile.TemporaryDirectory() as folder:
        engine = opened(f"sqlite:///{shutil.copy(sqlite_template, Path(folder) / 'pprnet.db')}")
        simulated(sending, seed=seed)
        engine.dispose()


async def _send_until_killed(scene: Scene, message: int) -> None:
    """Send until a message is on its way, and then no more: nothing is written down, nothing is given back."""
    killed, numbers = asyncio.Event(), iter(range(1, 1_000))
    ledger, lanes = Absent(scene.stores.ledger), Absent(scene.stores.lanes)

    def hears(_delivery: Delivery) -> None:
        if next(numbers) == message:
            killed.set()

    scene.discord.hears = hears
    sending = asyncio.create_task(
        scene.sender(stores=replace(scene.stores, ledger=ledger, lanes=lanes)).run(until_idle=True)
    )
    stopped = asyncio.create_task(killed.wait())
    await asyncio.wait({sending, stopped}, return_when=asyncio.FIRST_COMPLETED)
    ledger.fails = lanes.fails = True
    scene.discord.hears = lambda _: None
    for task in (sending, stopped):
        task.cancel()
    await asyncio.gather(sending, stopped, return_exceptions=True)


outcomes = st.sampled_from(
    [Sent("1"), Gone("It is gone."), Refused("No."), Unsure("Who knows."), TryLater("Not now."), TryLater("", 60.0)]
)
tasks = st.builds(
    Task,
    st.just(Delivery("1-1", Channel("discord", "g1", "c1"), START)),
    st.just(1),
    st.just(("p1",)),
    st.integers(1, 200),
    st.just(START),
    st.booleans(),
)


@given(tasks, outcomes, st.floats(0, 100, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_what_waits_has_a_time_and_what_has_none_is_settled(
    task: Task, outcome: Outcome, hours: float, chance: float
) -> None:
    at = START + timedelta(hours=hours)
    became = settlement(task, outcome, at, lambda: chance)

    assert (became.due_at is None) == (became.state in SETTLED)
    assert (became.state is DeliveryState.WAITING) <= (hours < 24)
    assert became.unsure == isinstance(outcome, Unsure)
    if became.due_at:
        assert timedelta(seconds=1) <= became.due_at - at <= timedelta(hours=1, seconds=10)


@given(tasks, outcomes | st.just(NotSent()))
def test_what_was_looked_for_is_sent_again_only_if_it_is_not_there(task: Task, finding: Finding) -> None:
    if isinstance(finding, Refused):
        return
    became = settlement_of_search(task, finding, START, lambda: 0.5)

    assert (became is None) == isinstance(finding, NotSent)
    if became and became.state is DeliveryState.WAITING:
        assert became.unsure


@given(tasks)
def test_what_is_put_back_is_as_sure_as_it_was(task: Task) -> None:
    assert put_back(task, START).unsure == task.unsure
