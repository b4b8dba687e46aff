"""How pages are fetched: one by one, and again only when they changed."""

from pathlib import Path

import pytest

from adapters.sources.site.fetcher import user_agent
from tests.adapters.sources.site.visiting import Time, fetcher
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_posts import invented


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


@on_a_loop
async def test_what_was_fetched_before_the_clock_was_put_back_is_asked_for_again(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site:
        async with fetcher(site, tmp_path, time=Time(passed=9e6)) as one:
            before = await one.fetch(site.blog)
        site.posts.pop()
        async with fetcher(site, tmp_path, time=Time()) as one:
            assert (await one.fetch(site.blog)).body != before.body


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
