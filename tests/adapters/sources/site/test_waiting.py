"""What becomes of answers that are no pages: some pass, some do not."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from adapters.sources.site.errors import (
    MissingPageError,
    RefusedError,
)
from bot.ports.syncing import NotNowError
from tests.adapters.sources.site.visiting import BEGINNING, Time, fetcher
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Status, Truncated
from tests.standins.site_posts import invented


@pytest.mark.parametrize("fault", [Status(500), Status(502), Status(503), Status(429), Status(408), Truncated()])
@on_a_loop
async def test_what_may_pass_is_tried_again_after_ever_longer_waits(fault: Status | Truncated, tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time, first_wait=10, pause=0) as one:
        site.fail("/pprnet/blog", fault, fault, fault)
        await one.fetch(site.blog)
        assert time.slept == [10, 20, 40]


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("120", 120),
        (format_datetime(BEGINNING + timedelta(minutes=5), usegmt=True), 300),
        ("Wed, 01 Jul 2026 14:01:00 +0200", 60),
        ("Wed, 01 Jul 2026 12:02:00 -0000", 120),
        (format_datetime(BEGINNING - timedelta(days=1), usegmt=True), 10),
        ("3", 10),
        ("next week", 10),
        ("-7", 10),
        ("²", 10),
        ("Wed, 99 Jul 99999 14:01:00 GMT", 10),
    ],
)
@on_a_loop
async def test_the_site_says_when_to_come_back(retry_after: str, wait: int, tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time, first_wait=10, pause=0) as one:
        site.fail("/pprnet/blog", Status(429, retry_after))
        await one.fetch(site.blog)
        assert time.slept == [wait]


@on_a_loop
async def test_no_wait_is_longer_than_a_day_and_a_longer_one_than_the_visit_ends_it(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time) as one:
        site.fail("/pprnet/blog", Status(503, "9999999"))
        with pytest.raises(NotNowError) as caught:
            await one.fetch(site.blog)
    assert caught.value.after == timedelta(days=1)
    assert "next sync" in caught.value.human
    assert time.slept == [2]


@on_a_loop
async def test_a_visit_takes_no_longer_than_it_may(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time, pause=10, patience=35) as one:
        for number in range(1, 4):
            await one.fetch(f"{site.blog}?p={number}")
        with pytest.raises(NotNowError):
            await one.fetch(f"{site.blog}?p=4")
    assert time.passed == 30


@on_a_loop
async def test_a_site_that_keeps_failing_is_left_alone(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, attempts=3) as one:
        site.fail("*", *[Status(500)] * 5)
        with pytest.raises(NotNowError):
            await one.fetch(site.blog)
        assert len(site.paths) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 418, 501, 206, 304])
@on_a_loop
async def test_what_will_not_pass_is_not_tried_again(status: int, tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Status(status))
        with pytest.raises(RefusedError) as caught:
            await one.fetch(site.blog)
        assert str(status) in caught.value.human
        assert len(site.paths) == 1


@pytest.mark.parametrize("status", [404, 410])
@on_a_loop
async def test_a_page_that_is_not_there_is_told_apart(status: int, tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Status(status))
        with pytest.raises(MissingPageError):
            await one.fetch(site.blog)
