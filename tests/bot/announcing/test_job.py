"""The monthly job: read, freeze, plan, once, however often it is begun and by however many."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.announcing.editor import MOST, Editor
from bot.announcing.job import Job
from bot.editions import EditionState
from bot.errors import SourceError
from bot.schedule import Schedule
from bot.settings import SCHEDULE
from tests.bot.announcing.newsroom import Scene, a_scene, rooms
from tests.builders import a_post
from tests.simulation import Simulation, simulated

TICK = datetime(2026, 12, 7, 14, tzinfo=UTC)
"""The first Monday of December 2026, nine o'clock in Toronto."""

BEFORE = TICK - timedelta(days=12)
HOUR = 3600.0


class Source:
    """Something to read: it brings what it has, or fails."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.read = 0
        self.error: Exception | None = None
        self.posts: list[tuple[str, str]] = []

    async def refresh(self) -> None:
        self.read += 1
        if self.error is not None:
            raise self.error
        posts = [a_post(month, title, summary=(f"{title} " * 9,), implications=()) for month, title in self.posts] or [
            a_post("2015-03", "What was there before")
        ]
        self.scene.bring(*posts)


def a_job(scene: Scene, refresh: Callable[[], Awaitable[None]], zone: str = "America/Toronto") -> Job:
    stores = scene.stores
    editor = Editor(stores.newsroom, stores.ledger)
    return Job(stores, editor, Schedule(SCHEDULE, zone), refresh, scene.simulation.means)


async def follow_at(scene: Scene, job: Job, at: datetime) -> int:
    """Let the time come, and follow the schedule."""
    clock = scene.simulation.clock
    clock.skip((at - clock.now()).total_seconds())
    return await job.follow()


def a_newsroom(engine: Engine, simulation: Simulation) -> tuple[Scene, Source, Job]:
    scene = a_scene(engine, simulation)
    scene.subscribe(*rooms(3))
    source = Source(scene)
    return scene, source, a_job(scene, source.refresh)


def test_a_new_installation_announces_nothing_until_its_first_tick(engine: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(engine, simulation)
        source.posts = [("2026-12", "One")]

        assert await follow_at(scene, job, BEFORE) == 0
        assert await follow_at(scene, job, TICK - timedelta(seconds=1)) == 0
        assert source.read == 0
        assert await follow_at(scene, job, TICK) == 3
        assert await follow_at(scene, job, TICK + timedelta(days=2)) == 0
        assert source.read == 1

    simulated(following, start=BEFORE)


def test_while_nothing_is_new_it_looks_hourly_and_reads_daily(sqlite: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        for hours in range(72):
            assert await follow_at(scene, job, TICK + timedelta(hours=hours, minutes=1)) == 0
        assert source.read == 3

        scene.bring(a_post("2026-12", "Brought by hand"))
        assert await follow_at(scene, job, TICK + timedelta(hours=73)) == 3
        assert source.read == 3

    simulated(following, start=BEFORE)


def test_a_post_that_comes_later_is_in_the_next_edition(sqlite: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        source.posts = [("2026-12", "One")]
        assert await follow_at(scene, job, TICK) == 3
        scene.bring(a_post("2026-12", "Two", summary=("Another.",), implications=()))
        assert await follow_at(scene, job, TICK + timedelta(days=10)) == 0

        source.posts = []
        assert await follow_at(scene, job, datetime(2027, 1, 4, 14, tzinfo=UTC)) == 3
        first, second = reversed(scene.stores.newsroom.editions())
        assert len(first.posts) == len(second.posts) == 1

    simulated(following, start=BEFORE)


def test_a_source_that_cannot_be_read_is_read_again_hourly_and_holds_news_back_for_a_day(
    sqlite: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        scene.bring(a_post("2026-12", "From another source"))
        source.error = SourceError("it is away")
        clock = simulation.clock
        clock.skip(25 * 24 * HOUR)

        assert await follow_at(scene, job, TICK + timedelta(hours=1)) == 0
        assert await follow_at(scene, job, TICK + timedelta(hours=2)) == 0
        source.error = ZeroDivisionError()
        assert await follow_at(scene, job, TICK + timedelta(hours=3)) == 0
        assert source.read == 3
        assert await follow_at(scene, job, TICK + timedelta(hours=24)) == 3

    simulated(following, start=BEFORE - timedelta(days=20))
    assert "schedule.unread" in {getattr(record, "action", "") for record in caplog.records}


def test_whoever_went_down_after_freezing_is_made_good_for_and_the_month_has_one_edition(sqlite: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        simulation.clock.skip((TICK - BEFORE).total_seconds())
        now = simulation.clock.now()
        scene.bring(a_post("2026-12", "One"))
        assert scene.stores.agenda.begin(TICK, now, now)
        Editor(scene.stores.newsroom, scene.stores.ledger).freeze(now)  # and there it went down
        scene.bring(a_post("2026-12", "Two", summary=("Another.",), implications=()))

        assert await follow_at(scene, job, now + timedelta(minutes=1)) == 3
        assert await follow_at(scene, job, now + timedelta(hours=2)) == 0
        assert source.read == 0
        assert len(scene.stores.newsroom.editions()) == 1

    simulated(following, start=BEFORE)


def test_of_several_schedulers_one_looks(engine: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(engine, simulation)
        await job.follow()
        source.posts = [("2026-12", "One")]
        simulation.clock.skip((TICK - BEFORE).total_seconds())

        planned = await asyncio.gather(*(a_job(scene, source.refresh).follow() for _ in range(5)))

        assert sum(planned) == 3
        assert source.read == 1
        assert len(scene.stores.newsroom.editions()) == 1

    simulated(following, start=BEFORE)


def test_too_much_at_once_is_held_until_the_operator_decides(sqlite: Engine, caplog: pytest.LogCaptureFixture) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        source.posts = [("2026-12", f"Number {'i' * number}") for number in range(1, MOST + 2)]

        assert await follow_at(scene, job, TICK) == 0
        (edition,) = scene.stores.newsroom.editions()
        assert edition.state is EditionState.HELD
        assert f"pprnet editions approve {edition.id}" in caplog.text

        assert await follow_at(scene, job, TICK + timedelta(hours=2)) == 0
        assert scene.stores.newsroom.decide(edition.id, EditionState.OPEN)
        assert await follow_at(scene, job, TICK + timedelta(hours=3)) == 3

    caplog.set_level(logging.WARNING)
    simulated(following, start=BEFORE)


def test_months_that_are_long_past_are_no_news(sqlite: Engine) -> None:
    async def following(simulation: Simulation) -> None:
        scene, source, job = a_newsroom(sqlite, simulation)
        await job.follow()
        source.posts = [("2026-08", "Long past"), ("2026-09", "Just within three months")]

        assert await follow_at(scene, job, TICK) == 3
        (edition,) = scene.stores.newsroom.editions()
        assert len(edition.posts) == 1

    simulated(following, start=BEFORE)
