"""How pages are fetched: politely, and again only when they changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from adapters.sources.site.errors import (
    DamagedError,
    MissingPageError,
    NotNowError,
    OutOfBoundsError,
    OversizeError,
    RefusedError,
    RobotsError,
)
from adapters.sources.site.fetcher import Fetcher, fetching, user_agent
from adapters.sources.site.limits import REDIRECTS, ROBOTS_LIMIT
from adapters.sources.site.pages import PageFolder
from bot.errors import SourceError
from tests.adapters.sources.site.visiting import BEGINNING, Time, a_web
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Body, Endless, Fault, Redirect, Silence, Status, Trickle, Truncated, bomb
from tests.standins.site_posts import invented


@asynccontextmanager
async def fetcher(
    site: SiteStandIn, folder: Path, *, time: Time | None = None, seconds: float = 20.0, **manners: float
) -> AsyncIterator[Fetcher]:
    web = a_web(site.blog, time=time, seconds=seconds, **manners)
    async with fetching(web, PageFolder(folder)) as made:
        yield made


@on_a_loop
async def test_requests_are_made_one_by_one_with_a_pause_between_them(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path, time=time, pause=3) as one:
        await one.fetch(site.blog)
        await one.fetch(f"{site.blog}?p=2")
        assert time.slept == [3, 3]  # robots.txt comes first
        assert [seen.path for seen in site.seen] == ["/robots.txt", "/pprnet/blog", "/pprnet/blog?p=2"]


@on_a_loop
async def test_a_page_is_asked_for_once_in_a_visit_unless_again(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        first = await one.fetch(site.blog)
        assert await one.fetch(f"{site.blog}?utm_source=x#top") == first
        assert len(site.paths) == 1
        await one.fetch(site.blog, again=True)
        assert len(site.paths) == 2


@on_a_loop
async def test_what_is_kept_is_asked_for_with_its_validators(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time) as one:
        first = await one.fetch(site.blog)
        time.passed += 60
        again = await one.fetch(site.blog, again=True)
        asked = site.seen[-1].headers
        assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (first.etag, first.last_modified)
        assert (again.body, again.etag) == (first.body, first.etag)
        assert again.fetched_at == time.now()
        site.posts.pop()
        assert (await one.fetch(site.blog, again=True)).body != first.body


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "br"])
@on_a_loop
async def test_answers_are_unpacked_and_only_what_can_be_unpacked_is_asked_for(encoding: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.encoding = encoding
        assert "Practice Implications" in (await one.fetch(site.blog)).text


@on_a_loop
async def test_the_bot_says_who_it_is_and_whom_to_ask(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        await one.fetch(site.blog)
        assert {seen.headers["User-Agent"] for seen in site.seen} == {"pprnet-bot/0.1 (+mailto:someone@example.org)"}
    assert user_agent("1", "https://example.org/bot") == "pprnet-bot/1 (+https://example.org/bot)"
    assert user_agent("1", "") == "pprnet-bot/1"


RULES = {
    "User-agent: *\nDisallow: /pprnet/": False,
    "User-agent: pprnet-bot\nDisallow: /": False,
    "User-agent: *\nDisallow: /\n\nUser-agent: PPRNet-Bot\nAllow: /": True,
    "User-agent: *\nDisallow: /*?p=": False,
    "User-agent: *\nDisallow: /pprnet/\nAllow: /pprnet/blog": True,
    "User-agent: other\nDisallow: /": True,
    "": True,
    "<html>This is no robots.txt</html>": True,
    "\x00\xff: broken\n" * 10: True,
}


@pytest.mark.parametrize("rules", RULES)
@on_a_loop
async def test_robots_txt_is_obeyed(rules: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.robots = rules
        if RULES[rules]:
            await one.fetch(f"{site.blog}?p=2")
        else:
            with pytest.raises(RobotsError):
                await one.fetch(f"{site.blog}?p=2")
            assert not site.paths


@on_a_loop
async def test_a_page_that_a_redirect_leads_to_must_be_allowed_too(tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.robots = "User-agent: *\nDisallow: /hidden"
        site.fail("/pprnet/blog", Redirect("/hidden"))
        with pytest.raises(RobotsError):
            await one.fetch(site.blog)
        assert site.paths == ["/pprnet/blog"]


@on_a_loop
async def test_nothing_is_read_while_robots_txt_cannot_be_had(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/robots.txt", *[Status(503)] * 5)
        with pytest.raises(NotNowError):
            await one.fetch(site.blog)
        assert not site.paths
        site.fail("/robots.txt", Redirect("/other-robots"))
        await one.fetch(site.blog)  # there is none, which allows everything
        assert site.paths == ["/other-robots", "/pprnet/blog"]


@on_a_loop
async def test_a_loop_of_redirects_before_robots_txt_ends(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/robots.txt", *[Redirect("/robots.txt")] * (1 + REDIRECTS))
        with pytest.raises(OversizeError):
            await one.fetch(site.blog)


@on_a_loop
async def test_a_huge_robots_txt_is_read_to_its_limit(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.robots = "User-agent: *\n" + "Disallow: /*a*b*c$\n" * (ROBOTS_LIMIT // 15) + "Disallow: /\n"
        await one.fetch(site.blog)


@pytest.mark.parametrize(("asked", "pause"), [("7", 7), ("100000", 60), ("1", 2), ("-5", 2), ("soon", 2)])
@on_a_loop
async def test_the_pause_is_as_long_as_robots_txt_asks_within_bounds(asked: str, pause: int, tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time) as one:
        site.robots = f"User-agent: *\nCrawl-delay: {asked}\n"
        await one.fetch(site.blog)
        await one.fetch(f"{site.blog}?p=2")
        assert time.slept[-1] == pause


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


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@on_a_loop
async def test_redirects_within_the_site_are_followed(status: int, tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Redirect("blog?p=2", status))
        page = await one.fetch(site.blog)
        assert page.url == site.blog
        assert site.paths == ["/pprnet/blog", "/pprnet/blog?p=2"]


ELSEWHERE = [
    "https://elsewhere.example/blog", "http://localhost:1/", "http://169.254.169.254/latest/meta-data/",
    "http://[::1]:80/", "file:///etc/passwd", "ftp://127.0.0.1/", "//10.0.0.1/", "javascript:alert(1)", "data:,x",
    "http://user:pass@127.0.0.1/", "http://127.1/", "http://2130706433/", "http://[", "http://127.0.0.1:99999/",
    "http://\u00e9.example/", "https://127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("to", ELSEWHERE)
@on_a_loop
async def test_redirects_to_anywhere_else_are_not_followed(to: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Redirect(to))
        with pytest.raises(OutOfBoundsError):
            await one.fetch(site.blog)
        assert site.paths == ["/pprnet/blog"]


@on_a_loop
async def test_a_loop_of_redirects_ends(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", *[Redirect("/pprnet/blog")] * 20)
        with pytest.raises(OversizeError):
            await one.fetch(site.blog)
        assert len(site.paths) == 1 + REDIRECTS


HOSTILE: dict[str, tuple[Fault, type[SourceError]]] = {
    "gzip bomb": (bomb("gzip"), OversizeError),
    "deflate bomb": (bomb("deflate"), OversizeError),
    "endless": (Endless(), OversizeError),
    "no gzip": (Body(b"<p>no gzip", "gzip"), DamagedError),
    "half of gzip": (Body(bomb(size=2**20).data[:500], "gzip"), DamagedError),
    "gzip twice": (Body(bomb(size=2**20).data * 2, "gzip"), DamagedError),
    "brotli unasked": (Body(b"\x0b\x02\x80<p>\x03", "br"), DamagedError),
    "packed twice over": (Body(b"x", "gzip, gzip"), DamagedError),
}


@pytest.mark.parametrize("name", HOSTILE)
@on_a_loop
async def test_hostile_answers_are_refused(name: str, tmp_path: Path) -> None:
    fault, error = HOSTILE[name]
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", fault)
        with pytest.raises(error):
            await one.fetch(site.blog)
        await one.fetch(site.blog)  # and the next answer is read as ever


@pytest.mark.parametrize("fault", [Silence(), Trickle()])
@on_a_loop
async def test_an_answer_that_does_not_come_to_an_end_is_waited_for_so_long_only(
    fault: Silence | Trickle, tmp_path: Path
) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time, seconds=0.2) as one:
        site.fail("/pprnet/blog", fault)
        await one.fetch(site.blog)
        assert time.slept == [2, 30]
        assert site.paths == ["/pprnet/blog"] * 2


@on_a_loop
async def test_a_site_that_is_not_there_is_tried_again_another_day(tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        pass
    async with fetcher(site, tmp_path) as one:
        with pytest.raises(NotNowError):
            await one.fetch(site.blog)


@on_a_loop
async def test_a_visit_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.sources.site.fetcher.REQUESTS", 5)
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        for number in range(1, 5):
            await one.fetch(f"{site.blog}?p={number}")
        with pytest.raises(OversizeError, match="too many"):
            await one.fetch(f"{site.blog}?p=6")
    monkeypatch.setattr("adapters.sources.site.fetcher.VISIT_LIMIT", 10_000)
    async with SiteStandIn(invented(6)) as site, fetcher(site, tmp_path) as one:
        with pytest.raises(OversizeError, match="too much"):
            await one.fetch(site.blog)


@on_a_loop
async def test_every_error_says_one_thing_to_the_log_and_another_to_the_person(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        for fault in (Status(403), Status(404), Endless(), Redirect("http://x.example/secret"), bomb(size=2**23)):
            site.fail("/pprnet/blog", fault)
            with pytest.raises(SourceError) as caught:
                await one.fetch(site.blog)
            assert "http" not in str(caught.value)
            assert caught.value.human.endswith(".")
