"""When a worker that is up says that it does nothing."""

from bot.announcing.clock import SystemClock
from bot.announcing.health import Health
from bot.announcing.outage import Outage
from bot.errors import StoreError


class Clock(SystemClock):
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def elapsed(self) -> float:
        return self.seconds


def a_health() -> tuple[Health, Clock]:
    clock = Clock()
    return Health(clock, Outage()), clock


def test_one_that_does_not_look_for_work_is_deaf() -> None:
    health, clock = a_health()
    clock.seconds = 60
    assert health.ready() == ""
    clock.seconds = 61
    assert health.ready() == "it has not looked for work for 61 seconds"
    health.looked()
    assert (health.ready(), health.since_look) == ("", 0)


def test_one_with_nothing_to_send_may_be_silent_for_months() -> None:
    health, clock = a_health()
    clock.seconds = 5_000_000
    health.looked()
    assert (health.ready(), health.since_sent) == ("", None)


def test_one_that_has_something_to_send_has_to_get_it_there() -> None:
    health, clock = a_health()
    clock.seconds = 10_000
    for seconds in range(0, 920, 20):
        clock.seconds = 10_000.0 + seconds
        health.looked(busy=True)
    assert health.ready() == ""
    clock.seconds = 10_901
    health.looked(busy=True)
    assert health.ready() == "it has had something to send for 15 minutes, and nothing has arrived"
    health.sent()
    assert (health.ready(), health.since_sent, health.messages) == ("", 0, 1)
    clock.seconds = 20_000
    health.looked(busy=True)
    assert "something to send for 152 minutes" in health.ready()
    health.looked()
    assert health.ready() == ""


def test_one_without_a_database_says_so() -> None:
    outage = Outage()
    health = Health(Clock(), outage)
    outage.begin(StoreError("away"))
    assert health.ready() == "the database is away"
