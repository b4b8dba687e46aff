"""A lease is never reckoned longer than others reckon it."""

from bot.announcing.lease import LEASE, Lease
from tests.simulation import SimulatedClock


def a_lease(clock: SimulatedClock) -> Lease:
    lease = Lease(clock)
    lease.given(clock.elapsed(), lease.until())
    return lease


def test_without_lanes_nothing_may_be_sent() -> None:
    assert not Lease(SimulatedClock()).covers_a_call()


def test_it_covers_a_call_until_a_call_could_outlive_it() -> None:
    clock = SimulatedClock()
    lease = a_lease(clock)

    assert lease.covers_a_call()
    clock.skip(LEASE.total_seconds() - 56.0)
    assert lease.covers_a_call()
    clock.skip(2.0)
    assert not lease.covers_a_call()


def test_a_machine_that_slept_has_no_lease_when_it_wakes() -> None:
    clock = SimulatedClock()
    lease = a_lease(clock)
    clock.sleep_deeply(3600.0)

    assert not lease.covers_a_call()


def test_a_clock_that_is_set_back_lengthens_no_lease() -> None:
    clock = SimulatedClock()
    lease = a_lease(clock)
    clock.sleep_deeply(-3600.0)
    clock.skip(60.0)

    assert not lease.covers_a_call()


def test_it_counts_from_when_it_was_asked_for() -> None:
    clock = SimulatedClock()
    lease = Lease(clock)
    asked_at, until = clock.elapsed(), lease.until()
    clock.skip(80.0)  # the database was slow
    lease.given(asked_at, until)

    assert not lease.covers_a_call()
