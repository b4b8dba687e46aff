"""What is known of workspaces, as long as it has to be."""

import asyncio

from bot.announcing.circuit import PlatformCircuit
from bot.announcing.gates import ENOUGH, FEW, TURNS, Gates
from bot.announcing.pacing import UNLIMITED, Limits
from bot.channels import Channel, Workspace
from bot.outcomes import Sent, Unsure
from tests.simulation import SimulatedClock

ONE = Workspace("discord", "g1")
ROOM = Channel("discord", "g1", "c1")


def some_gates(clock: SimulatedClock, limits: Limits = UNLIMITED) -> Gates:
    return Gates(PlatformCircuit(lambda: 0.5), limits, clock, lambda: 0.5)


def test_a_workspace_that_works_is_forgotten_when_nothing_of_it_is_in_hand() -> None:
    gates = some_gates(SimulatedClock())
    for number in range(1000):
        with gates.claimed(Workspace("discord", f"{number}")) as gate:
            gates.heed(gate, ROOM, Sent("1"))
            assert len(gates) == 1

    assert len(gates) == 0


def test_what_is_known_of_one_that_failed_or_is_paced_is_kept_as_long_as_it_says_something() -> None:
    clock = SimulatedClock()
    gates = some_gates(clock, Limits(workspace=0.1))
    with gates.claimed(ONE) as gate:
        gates.take_turn(gate, ROOM)
        gates.heed(gate, ROOM, Unsure("Who knows."))
    gates.sweep()
    assert len(gates) == 1

    with gates.claimed(ONE) as gate:
        gates.heed(gate, ROOM, Sent("1"))
    assert len(gates) == 1
    clock.skip(11.0)
    gates.sweep()
    assert len(gates) == 0


def test_nothing_more_is_claimed_for_a_workspace_with_enough_until_few_are_left() -> None:
    gates = some_gates(SimulatedClock())
    claims = [gates.claimed(ONE) for _ in range(ENOUGH)]
    for claim in claims:
        claim.__enter__()
    assert gates.busy() == [ONE]

    while len(claims) > FEW + 1:
        claims.pop().__exit__(None, None, None)
    assert gates.busy() == [ONE]
    assert not gates.news.is_set()
    claims.pop().__exit__(None, None, None)
    assert gates.busy() == []
    assert gates.news.is_set()


def test_whoever_waits_for_a_turn_is_parked() -> None:
    async def waiting() -> None:
        gates, done = some_gates(SimulatedClock()), asyncio.Event()
        with gates.claimed(ONE) as gate:

            async def take() -> None:
                async with gates.turn(gate):
                    await done.wait()

            takers = [asyncio.create_task(take()) for _ in range(TURNS + 5)]
            await asyncio.sleep(0)
            assert gates.parked == 5
            takers[-1].cancel()
            await asyncio.wait([takers[-1]])
            assert gates.parked == 4
            done.set()
            await asyncio.wait(takers)
            assert gates.parked == 0

    asyncio.run(waiting())
