"""How many requests one address may make."""

from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.limiter import Limiter, Rate, whose
from tests.apps import an_app
from tests.loops import on_a_loop
from tests.websites import visiting

RATE = Rate(burst=3, per_second=2)


def test_so_many_at_once_and_then_one_after_another() -> None:
    limiter = Limiter(RATE)
    assert [limiter.wait("a", 0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert limiter.wait("b", 0) == 0
    assert limiter.wait("a", 0.4) > 0
    assert limiter.wait("a", 0.5) == 0


@given(st.lists(st.floats(min_value=0, max_value=0.5), max_size=60))
def test_no_more_get_through_than_the_rate_allows(pauses: list[float]) -> None:
    limiter, now, through = Limiter(RATE), 0.0, 0
    for pause in pauses:
        now += pause
        through += limiter.wait("a", now) == 0
    assert through <= RATE.burst + RATE.per_second * now + 1e-6


@given(st.lists(st.integers(0, 50), max_size=200))
def test_its_memory_is_bounded(addresses: list[int]) -> None:
    limiter = Limiter(RATE, most=10)
    for address in addresses:
        limiter.wait(str(address), 0)
    assert len(limiter) <= 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "1.2.3.4", "8.8.8.8"),  # it is no proxy of ours that says so
        ("10.0.0.7", "1.2.3.4", "1.2.3.4"),
        ("127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # the last is the proxy's own, those before anybody's
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", ""),
        ("2a00:1450:4001:82a::200e", "", "2a00:1450:4001:82a::/64"),
        ("::ffff:8.8.8.8", "1.2.3.4", "8.8.8.8"),  # else all that come by IPv4 would be one
        ("::ffff:10.0.0.7", "::ffff:1.2.3.4", "1.2.3.4"),
        ("::1", "2a00:1450:4001:82a::200e", "2a00:1450:4001:82a::/64"),
    ],
)
def test_it_is_known_whose_a_request_is(peer: str, forwarded: str, counted: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert whose(make_mocked_request("GET", "/", headers=headers).clone(remote=peer)) == counted


def test_too_many_are_told_when_to_come_again_and_hosts_and_platforms_are_not_counted(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app, rate=Rate(burst=2, per_second=0.001)) as visitor:
            answers = [await visitor.get("/topics") for _ in range(3)]
            assert [each.status for each in answers] == [200, 200, 429]
            assert 0 < int(answers[-1].headers["Retry-After"]) <= 1000
            assert (await visitor.get("/topics", X_Forwarded_For="1.2.3.4")).status == 200
            assert [(await visitor.get("/live")).status for _ in range(5)] == [200] * 5
            assert [(await visitor.ask("POST", "/slack/events")).status for _ in range(5)] == [404] * 5

    asking()
