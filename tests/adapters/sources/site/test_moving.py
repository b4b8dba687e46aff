"""Sites that change while they are read, and visits that are interrupted."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.sources.site.errors import MissingPageError
from bot.ports.syncing import NotNowError
from tests.adapters.sources.site.visiting import Time, a_source, expected, ids, ignored, nothing_known, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Status
from tests.standins.site_pages import Menus
from tests.standins.site_posts import SitePost, invented

BLOG = "/pprnet/blog"


@pytest.mark.parametrize("request_number", range(1, 9))
@on_a_loop
async def test_a_post_that_comes_goes_or_is_pinned_during_a_visit_makes_none_miss(
    request_number: int, tmp_path: Path
) -> None:
    for change in ("comes", "goes", "pinned"):
        async with SiteStandIn(invented(20)) as site:
            new = site.posts.pop(0)
            stay = [post for post in site.posts if post != site.posts[2]]

            def act(change: str = change, site: SiteStandIn = site, new: SitePost = new) -> None:
                match change:
                    case "comes":
                        site.posts.insert(0, new)
                    case "goes":
                        site.posts.pop(2)
                    case _:
                        site.posts[14] = replace(site.posts[14], pinned=True)

            site.before(request_number, act)
            visit = await whole(a_source(site, tmp_path / change))
        found = [post.id for post in posts_of(visit)]
        assert len(found) == len(set(found))
        assert ids(stay) <= set(found)
        assert all(post == expected(of) for post in posts_of(visit) for of in site.posts if of.id == post.id)


@on_a_loop
async def test_posts_that_never_stop_moving_are_kept_and_it_is_said(tmp_path: Path) -> None:
    async with SiteStandIn(invented(30)) as site:
        for number in range(1, 400):
            site.before(number, lambda: site.posts.append(site.posts.pop(0)))
        visit = await whole(a_source(site, tmp_path))
    found = [post.id for post in posts_of(visit)]
    assert len(found) == len(set(found))
    assert set(found) == ids(site.posts)
    assert any("moving" in remark for remark in visit.remarks)


@pytest.mark.parametrize("gone", [2, 8])  # on the first page, on the second
@pytest.mark.parametrize("request_number", range(2, 6))
@on_a_loop
async def test_a_post_that_no_filtered_list_shows_is_not_missed_either(
    request_number: int, gone: int, tmp_path: Path
) -> None:
    async with SiteStandIn([replace(post, topics=frozenset()) for post in invented(20)]) as site:
        site.menus = Menus(kinds={})
        site.before(request_number, lambda: site.posts.pop(gone))
        visit = await whole(a_source(site, tmp_path))
    before, after = ([post.id for post in posts] for posts in (invented(20), site.posts))
    assert [post.id for post in posts_of(visit)] in (before, after)


@on_a_loop
async def test_an_interrupted_visit_goes_on_where_it_was(tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(40)) as site:
        site.fail(f"{BLOG}?p=5", *[Status(503)] * 5)
        with pytest.raises(NotNowError):
            await a_source(site, tmp_path, time=time).visit(nothing_known, ignored, full=True)
        site.seen.clear()
        visit = await whole(a_source(site, tmp_path, time=time))
        assert site.paths[:3] == [f"{BLOG}?p=5", f"{BLOG}?p=6", f"{BLOG}?p=7"]
    assert posts_of(visit) == [expected(post) for post in site.posts]


@on_a_loop
async def test_a_visit_resumed_on_a_site_that_changed_meanwhile_is_read_anew(tmp_path: Path) -> None:
    async with SiteStandIn(invented(40)) as site:
        site.fail(f"{BLOG}?p=5", *[Status(503)] * 5)
        with pytest.raises(NotNowError):
            await a_source(site, tmp_path).visit(nothing_known, ignored, full=True)
        site.posts.pop(3)
        visit = await whole(a_source(site, tmp_path))
    assert ids(site.posts) <= ids(posts_of(visit))


@on_a_loop
async def test_a_first_page_that_is_gone_while_a_list_is_read_anew_is_an_error(tmp_path: Path) -> None:
    async with SiteStandIn(invented(14)) as site:
        site.before(3, lambda: site.posts.pop(0))
        site.fail(BLOG, None, Status(404))
        with pytest.raises(MissingPageError):
            await whole(a_source(site, tmp_path))
