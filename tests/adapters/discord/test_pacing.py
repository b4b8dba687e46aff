"""Turns under Discord's limits, judged by the stand-in's own buckets, on a clock that takes no time."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.pacing import CATCH_UP, CEILING, RATE, CrowdedError, Pacing
from tests.adapters.discord.virtual_time import VirtualLoop, in_no_time
from tests.standins.discord_buckets import Buckets
from tests.standins.discord_calls import Call


@dataclass(frozen=True, slots=True)
class Request:
    """One request: when it is asked for, where it goes, how long its answer takes."""

    at: float
    channel: str
    takes: float


@dataclass(slots=True)
class Far:
    """A far end with limits, and when what left for it."""

    buckets: Buckets
    left: list[float] = field(default_factory=list)
    came: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    served: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    async def answer(self, pacing: Pacing, number: int, request: Request) -> None:
        await asyncio.sleep(request.at)
        self.came[request.channel].append(number)
        async with pacing.turn(request.channel, float("inf")) as bucket:
            now = asyncio.get_running_loop().time()
            self.left.append(now)
            self.served[request.channel].append(number)
            verdict = self.buckets.judge(Call("POST", {"channel": request.channel}, {}, None))
            assert verdict.taken
            await asyncio.sleep(request.takes)
            if verdict.headers["X-RateLimit-Remaining"] == "0":
                bucket.close(float(verdict.headers["X-RateLimit-Reset-After"]))


def a_far_end(limit: int = 5, seconds: float = 5.0) -> Far:
    buckets = Buckets(asyncio.get_running_loop().time)
    buckets.on, buckets.limit, buckets.seconds = True, limit, seconds
    return Far(buckets)


def most_in_a_second(moments: list[float]) -> int:
    """Return the most moments that any second holds, both its ends included."""
    return max((sum(first <= one <= first + 1.0 for one in moments) for first in moments), default=0)


requests = st.lists(
    st.builds(
        Request,
        at=st.sampled_from([0.0, 0.0, 0.0, 0.3, 1.1, 2.7]),
        channel=st.integers(0, 40).map(str),
        takes=st.floats(0.001, 0.4),
    ),
    min_size=1,
    max_size=120,
)
pauses = st.lists(st.tuples(st.floats(0, 4), st.floats(0, 1.5)), max_size=4)


@settings(max_examples=40, deadline=None)
@given(requests, pauses, st.integers(1, 6), st.sampled_from([0.5, 2.0, 5.0]))
def test_no_second_sees_more_than_fifty_and_no_bucket_overflows(
    asked: list[Request], busy: list[tuple[float, float]], limit: int, seconds: float
) -> None:
    async def course() -> None:
        loop, pacing, far = asyncio.get_running_loop(), Pacing(), a_far_end(limit, seconds)
        assert isinstance(loop, VirtualLoop)
        for at, how_long in busy:
            loop.call_later(at, loop.be_busy, how_long)
        async with asyncio.TaskGroup() as group:
            for number, request in enumerate(asked):
                group.create_task(far.answer(pacing, number, request))
        assert len(far.left) == len(asked)
        assert most_in_a_second(far.left) < CEILING
        assert far.buckets.refused == 0
        assert far.served == far.came
        await asyncio.sleep(seconds + 1)
        assert pacing.idle

    in_no_time(course())


def test_a_thousand_channels_take_as_long_as_the_rate_says() -> None:
    async def course() -> None:
        pacing, far = Pacing(), a_far_end()
        async with asyncio.TaskGroup() as group:
            for number in range(1000):
                group.create_task(far.answer(pacing, number, Request(0, str(number), 0.05)))
        assert most_in_a_second(far.left) < CEILING
        assert 999 / RATE - CATCH_UP - 0.001 <= far.left[-1] <= 999 / RATE

    in_no_time(course())


def test_time_lost_to_a_busy_process_is_caught_up_as_far_as_the_ceiling_allows() -> None:
    async def course() -> None:
        loop, pacing, far = asyncio.get_running_loop(), Pacing(), a_far_end()
        assert isinstance(loop, VirtualLoop)
        for number in range(200):
            loop.call_later(number * 0.02, loop.be_busy, 0.01)
        async with asyncio.TaskGroup() as group:
            for number in range(200):
                group.create_task(far.answer(pacing, number, Request(0, str(number), 0)))
        assert far.left[-1] <= 199 / RATE + 0.02
        assert most_in_a_second(far.left) < CEILING

    in_no_time(course())


def test_a_busy_channel_keeps_no_other_waiting() -> None:
    async def course() -> None:
        pacing, far = Pacing(), a_far_end(limit=1)
        asked = [Request(0, "busy", 0.1)] * 20 + [Request(0, str(number), 0.1) for number in range(40)]
        async with asyncio.TaskGroup() as group:
            for number, request in enumerate(asked):
                group.create_task(far.answer(pacing, number, request))
        assert Counter(moment < 41 / RATE for moment in far.left)[True] == 41

    in_no_time(course())


def test_whoever_gets_no_turn_in_time_is_told_and_takes_no_place() -> None:
    async def course() -> None:
        pacing = Pacing()
        async with pacing.turn("a", 1.0) as bucket:
            with pytest.raises(CrowdedError):
                async with pacing.turn("a", 0.5):
                    pass
            assert asyncio.get_running_loop().time() == 0.5
            bucket.close(10.0)
        for until in (0.1, 9.0):
            with pytest.raises(CrowdedError):
                async with pacing.turn("a", until):
                    pass
        async with pacing.turn("b", 9.0), pacing.turn("a", 11.0):
            assert asyncio.get_running_loop().time() == 10.5
        assert pacing.idle

    in_no_time(course())


def test_a_bucket_is_not_reopened_by_a_shorter_wait_and_is_forgotten_once_open() -> None:
    async def course() -> None:
        pacing = Pacing()
        async with pacing.turn("a", 1.0) as bucket:
            bucket.close(10.0)
            bucket.close(1.0)
        await asyncio.sleep(9.9)
        assert not pacing.idle
        await asyncio.sleep(0.2)
        assert pacing.idle

    in_no_time(course())


@pytest.mark.parametrize("rate", [RATE, None])
def test_nothing_leaves_while_everything_is_held(rate: float | None) -> None:
    async def course() -> None:
        pacing = Pacing(rate)
        waiting = asyncio.create_task(_leave(pacing, "a"))
        pacing.hold(30.0)
        pacing.hold(3.0)
        assert await waiting == pytest.approx(30.0)
        assert await _leave(pacing, "b") == pytest.approx(30.0, abs=2 / RATE)

    in_no_time(course())


def test_one_who_has_time_waits_until_nobody_else_does() -> None:
    async def course() -> None:
        pacing = Pacing()
        left: list[str] = []

        async def leave(name: str, *, leisurely: bool = False) -> None:
            turn = pacing.leisurely_turn if leisurely else pacing.turn
            async with turn(name, float("inf")):
                left.append(name)

        async with asyncio.TaskGroup() as group:
            for crowd in range(3):
                for number in range(30):
                    group.create_task(leave(f"{crowd} {number}"))
                await asyncio.sleep(0)
                group.create_task(leave(f"later {crowd}", leisurely=True))
                await asyncio.sleep(0.3)
        assert left[-3:] == ["later 0", "later 1", "later 2"]

    in_no_time(course())


def test_one_who_has_time_waits_for_no_bucket_that_opens_too_late_and_keeps_no_other_waiting() -> None:
    async def course() -> None:
        pacing = Pacing()
        async with pacing.turn("closed", float("inf")) as bucket:
            bucket.close(3_600.0)

        async def leave(name: str) -> float:
            async with pacing.leisurely_turn(name, 600.0):
                return asyncio.get_running_loop().time()

        late, open_ = await asyncio.gather(leave("closed"), leave("open"), return_exceptions=True)
        assert isinstance(late, CrowdedError)
        assert open_ == pytest.approx(0.0, abs=1 / RATE)

    in_no_time(course())


def test_without_limits_nobody_waits() -> None:
    async def course() -> None:
        pacing = Pacing(None)
        for number in range(1000):
            await _leave(pacing, str(number))
        assert asyncio.get_running_loop().time() == 0.0

    in_no_time(course())


async def _leave(pacing: Pacing, name: str) -> float:
    async with pacing.turn(name, float("inf")):
        return asyncio.get_running_loop().time()
