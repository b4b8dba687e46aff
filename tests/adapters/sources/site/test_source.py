"""Sources on the web, whatever they turn out to be."""

from pathlib import Path

import pytest

from adapters.sources.site.doctor import explained
from adapters.sources.site.explaining import Role
from bot.errors import SourceError
from bot.ports.syncing import BusyError
from tests.adapters.sources.site.visiting import Time, a_source, fetcher, ids, ignored, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Body
from tests.standins.site_posts import invented


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom"])
@on_a_loop
async def test_a_feed_is_read_as_a_feed(path: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site:
        visit = await whole(a_source(site, tmp_path, path=path))
        assert site.paths == [path]
    assert [(post.title, post.month) for post in posts_of(visit)] == [(post.title, post.month) for post in site.posts]
    assert not visit.facts.full


@on_a_loop
async def test_a_feed_of_comments_brings_nothing_but_a_report(tmp_path: Path) -> None:
    feed = b"<rss><channel><title>Comments on trees</title><item><title>x</title></item></channel></rss>"
    async with SiteStandIn() as site:
        site.fail("/feed.rss", Body(feed, type="application/rss+xml"))
        visit = await whole(a_source(site, tmp_path, path="/feed.rss"))
    assert not visit.readings
    assert visit.facts.unreadable == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7", b'{"title": "x"}', b"---\ntitle: x\n---\n", b"\x89PNG\r\n\x00\x00\x00"])
@on_a_loop
async def test_what_is_neither_page_nor_feed_is_an_error(data: bytes, tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        site.fail("*", Body(data))
        with pytest.raises(SourceError, match="neither"):
            await whole(a_source(site, tmp_path))


@on_a_loop
async def test_one_page_is_fetched_for_a_look(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site:
        source = a_source(site, tmp_path)
        page = await source.first_page()
        assert site.paths == ["/pprnet/blog"]
        assert source.name == site.blog
    assert sum(one.role is Role.TITLE for one in explained(page)) == 3


@on_a_loop
async def test_a_look_is_no_visit_that_the_next_one_goes_on_from(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(4)) as site:
        newest = site.posts.pop(0)
        source = a_source(site, tmp_path, time=time)
        await source.first_page()
        time.passed += 3600
        site.posts.insert(0, newest)
        visit = await source.visit(lambda posts: newest.id not in ids(posts), ignored, full=False)
    assert newest.id in ids(posts_of(visit))


@on_a_loop
async def test_two_visits_at_once_are_one_too_many(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path):
        with pytest.raises(BusyError):
            await whole(a_source(site, tmp_path))
        assert site.seen == []
        await a_source(site, tmp_path).first_page()
        assert site.paths == ["/pprnet/blog"]


WRONG = {
    "header": Body("<h2>July 2021</h2><h3>Řím</h3><p>é {}".encode("iso-8859-2"), type="text/html; charset=iso-8859-2"),
    "stale header": Body("<h2>July 2021</h2><h3>Řím</h3><p>é {}".encode(), type="text/html; charset=iso-8859-1"),
    "unknown header": Body("<h2>July 2021</h2><h3>Řím</h3><p>é {}".encode(), type="text/html; charset=klingon"),
}


@pytest.mark.parametrize("name", WRONG)
@on_a_loop
async def test_a_wrong_encoding_does_not_garble_a_post(name: str, tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        site.fail("*", WRONG[name])
        visit = await a_source(site, tmp_path).visit(lambda _: True, ignored, full=False)
    (post,) = posts_of(visit)
    assert (post.title, post.summary) == ("Řím", ("é {}",))


N = 30_000
POST = "<h2>July 2021</h2><h3>Tired Therapists</h3><p>A summary of it.</p>"
HOSTILE = {
    "deep": "<div>" * N + POST,
    "huge attribute": f"<p title='{'x' * 1_000_000}'>{POST}",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(N)) + f">{POST}",
    "entities": POST + "&nosuch;&#99999999;" * N,
    "many links": "<a href='?cat_2=14'>" * N + POST,
    "many menus": POST + "<select name=cat_1>" * N,
    "many topics": "".join(f"<a href='?cat_2={n}'>Topic {n}</a>" for n in range(900)) + POST,
}


@pytest.mark.parametrize("name", HOSTILE)
@on_a_loop
async def test_a_page_made_to_break_parsers_still_gives_its_post(name: str, tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        site.fail("*", Body(HOSTILE[name].encode()))
        visit = await a_source(site, tmp_path).visit(lambda _: True, ignored, full=False)
        assert len(site.paths) == 1
    assert [post.title for post in posts_of(visit)] == ["Tired Therapists"]
