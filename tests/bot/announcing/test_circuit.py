"""When a workspace or a platform is left alone, and when it is tried again."""

from bot.announcing.circuit import LONGEST, SUSPICIOUS, TRIP, Circuit, PlatformCircuit
from bot.channels import Workspace


def a_circuit() -> Circuit:
    return Circuit(lambda: 0.5)


def test_it_closes_after_some_failures_in_a_row() -> None:
    circuit = a_circuit()
    for number in range(TRIP):
        assert circuit.wait(10.0) == 0, number
        circuit.fail(10.0)

    assert circuit.wait(10.0) > 0


def test_a_success_in_between_counts() -> None:
    circuit = a_circuit()
    for _ in range(3 * TRIP):
        circuit.fail(10.0)
        circuit.succeed()

    assert circuit.wait(10.0) == 0


def test_whoever_asks_for_time_has_it_at_once() -> None:
    circuit = a_circuit()
    circuit.fail(10.0, 600.0)

    assert circuit.wait(10.0) >= 600.0
    assert circuit.wait(609.0) > 0
    assert circuit.wait(750.0) == 0


def test_a_longer_pause_is_not_cut_short_by_a_later_word() -> None:
    circuit = a_circuit()
    circuit.fail(10.0, 600.0)
    circuit.fail(11.0, 5.0)

    assert circuit.wait(11.0) > 590.0


def test_after_the_pause_one_message_is_tried_at_a_time() -> None:
    circuit = a_circuit()
    for _ in range(TRIP):
        circuit.fail(0.0)
    later = circuit.wait(0.0)

    assert circuit.wait(later) == 0
    circuit.begin()
    assert circuit.wait(later) > 0
    circuit.end()
    assert circuit.wait(later) == 0
    circuit.begin()
    circuit.succeed()
    assert circuit.wait(later) == 0
    assert not circuit.tripped


def test_the_pauses_grow_and_end_at_the_longest() -> None:
    circuit, now, pauses = a_circuit(), 0.0, []
    for _ in range(40):
        circuit.fail(now)
        pauses.append(circuit.wait(now))
        now += pauses[-1]

    assert pauses[TRIP - 1 : TRIP + 5] == sorted(pauses[TRIP - 1 : TRIP + 5])
    assert max(pauses) <= LONGEST


def test_a_platform_is_suspected_only_when_many_workspaces_fail_and_none_works() -> None:
    platform = PlatformCircuit(lambda: 0.5)
    for _ in range(50):
        platform.suspect(Workspace("discord", "dead"), 0.0)
    assert platform.wait(0.0) == 0

    for number in range(SUSPICIOUS + TRIP):
        platform.suspect(Workspace("discord", f"{number}"), 0.0)
    assert platform.wait(0.0) > 0

    platform.succeed()
    platform.suspect(Workspace("discord", "dead"), 0.0)
    assert platform.wait(0.0) == 0
