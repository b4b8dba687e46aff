"""Visits to the blog."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.model import TopicLabel, TopicOrigin
from bot.ports.syncing import Known, Step
from bot.visits import Visit
from tests.adapters.sources.site.visiting import a_source, expected, ids, ignored, nothing_known, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Body, Status
from tests.standins.site_pages import Markup, Menus
from tests.standins.site_posts import KINDS, TOPICS, invented

BLOG = "/pprnet/blog"


def knowing(visit: Visit) -> Known:
    """Know the posts of a visit, as the archive does after it."""
    ids = {post.id for post in posts_of(visit)}
    return lambda posts: all(post.id in ids for post in posts)


@pytest.mark.parametrize("markup", Markup)
@on_a_loop
async def test_a_whole_visit_brings_every_post_once_with_its_topics_and_type(markup: Markup, tmp_path: Path) -> None:
    async with SiteStandIn(invented(40), markup) as site:
        visit = await whole(a_source(site, tmp_path))
    assert posts_of(visit) == [expected(post) for post in site.posts]
    assert visit.kinds == {post.id: KINDS[post.kind] for post in site.posts}
    assert not [line for reading in visit.readings for line in reading.unplaced]
    assert not visit.remarks
    assert (visit.facts.posts, visit.facts.pages, visit.facts.opening, visit.facts.full) == (40, 7, 6, True)
    assert visit.facts.topics == sum(len(post.topics) for post in site.posts)
    assert dict(visit.facts.shape)["title"] == 40


@on_a_loop
async def test_the_same_site_in_other_markup_has_the_same_shape(tmp_path: Path) -> None:
    shapes = []
    for markup in Markup:
        async with SiteStandIn(invented(20), markup) as site:
            shapes.append((await whole(a_source(site, tmp_path / markup.name))).facts.shape)
    assert shapes[0] == shapes[1] == shapes[2]


@on_a_loop
async def test_when_all_is_known_one_page_is_asked_for_and_nothing_else(tmp_path: Path) -> None:
    async with SiteStandIn(invented(40)) as site:
        source = a_source(site, tmp_path)
        before = await whole(source)
        site.seen.clear()
        visit = await source.visit(knowing(before), ignored, full=False)
        assert site.paths == [BLOG]
    assert ids(posts_of(visit)) <= ids(posts_of(before))
    assert not any(post.topics for post in posts_of(visit))
    assert not visit.facts.full


@on_a_loop
async def test_a_new_post_is_found_with_all_its_topics_and_known_ones_get_none(tmp_path: Path) -> None:
    async with SiteStandIn(invented(41)) as site:
        new = site.posts.pop(0)
        source = a_source(site, tmp_path)
        before = await whole(source)
        site.posts.insert(0, new)
        visit = await source.visit(knowing(before), ignored, full=False)
    found = {post.id: post for post in posts_of(visit)}
    assert found[new.id] == expected(new)
    assert visit.kinds[new.id] == KINDS[new.kind]
    assert all(found[post.id] == expected(post) for post in site.posts[:6])
    assert not any(found[post.id].topics for post in site.posts[6:12])
    assert len(found) == 12


@on_a_loop
async def test_a_corrected_title_differs_in_one_post(tmp_path: Path) -> None:
    async with SiteStandIn(invented(30)) as site:
        source = a_source(site, tmp_path)
        before = posts_of(await whole(source))
        site.posts[9] = replace(site.posts[9], title=f"{site.posts[9].title}, Corrected")
        after = posts_of(await whole(source))
    assert len(after) == len(before)
    assert [one.title for one, other in zip(after, before, strict=True) if one != other] == [site.posts[9].title]


@on_a_loop
async def test_pinned_posts_stand_first_as_on_the_site(tmp_path: Path) -> None:
    async with SiteStandIn(invented(20)) as site:
        site.posts[11] = replace(site.posts[11], pinned=True)
        visit = await whole(a_source(site, tmp_path))
    assert posts_of(visit)[0].title == site.posts[11].title
    assert ids(posts_of(visit)) == ids(site.posts)


@pytest.mark.parametrize("ending", ["page 1 again", "empty", "missing"])
@on_a_loop
async def test_a_list_ends_however_the_site_ends_it(ending: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(12)) as site:
        site.empty_past_end = ending == "empty"
        if ending == "missing":
            site.fail(f"{BLOG}?p=3", Status(404))
        visit = await whole(a_source(site, tmp_path))
    assert posts_of(visit) == [expected(post) for post in site.posts]


@on_a_loop
async def test_a_page_in_the_midst_that_cannot_be_read_is_no_end(tmp_path: Path) -> None:
    async with SiteStandIn(invented(30)) as site:
        site.fail(f"{BLOG}?p=3", Body(b"<p>All new!</p><p>" + b"A long text without any heading. " * 30))
        with pytest.raises(SourceError, match="no post"):
            await a_source(site, tmp_path).visit(nothing_known, ignored, full=True)


@on_a_loop
async def test_a_blog_without_any_post_is_an_error(tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        with pytest.raises(SourceError, match="no post"):
            await whole(a_source(site, tmp_path))
        with pytest.raises(SourceError):
            await whole(a_source(site, tmp_path, path="/elsewhere"))


@pytest.mark.parametrize("full", [True, False])
@on_a_loop
async def test_filters_that_the_site_ignores_assign_nothing(full: bool, tmp_path: Path) -> None:
    async with SiteStandIn(invented(30)) as site:
        site.filters = False
        visit = await a_source(site, tmp_path).visit(nothing_known, ignored, full=full)
    assert not any(post.topics for post in posts_of(visit))
    assert not visit.kinds
    assert len(visit.remarks) == len(TOPICS) + len(KINDS)
    assert not visit.bare


@on_a_loop
async def test_only_the_whole_tells_which_posts_have_no_topic(tmp_path: Path) -> None:
    async with SiteStandIn(invented(14)) as site:
        site.posts[1] = replace(site.posts[1], topics=frozenset())
        source = a_source(site, tmp_path)
        assert (await whole(source)).bare == {site.posts[1].id}
        assert not (await source.visit(nothing_known, ignored, full=False)).bare


@on_a_loop
async def test_all_posts_of_a_blog_of_one_page_may_have_one_topic(tmp_path: Path) -> None:
    async with SiteStandIn([replace(post, topics=frozenset({14})) for post in invented(5)]) as site:
        visit = await whole(a_source(site, tmp_path))
    assert {post.topics for post in posts_of(visit)} == {(TopicLabel("Attachment", TopicOrigin.SITE),)}


@on_a_loop
async def test_types_without_a_word_are_not_asked_for(tmp_path: Path) -> None:
    async with SiteStandIn(invented(8)) as site:
        site.menus = Menus(kinds={})
        visit = await whole(a_source(site, tmp_path))
        assert not [path for path in site.paths if "cat_1" in path]
    assert not visit.kinds


@on_a_loop
async def test_a_second_visit_asks_only_for_what_changed(tmp_path: Path) -> None:
    async with SiteStandIn(invented(20)) as site:
        source = a_source(site, tmp_path)
        before = await whole(source)
        site.seen.clear()
        assert await whole(source) == before
        conditional = [one for one in site.seen if "If-None-Match" in one.headers]
        assert len(conditional) == len(site.paths)


@on_a_loop
async def test_every_page_is_told_of_as_it_is_read(tmp_path: Path) -> None:
    steps: list[Step] = []
    async with SiteStandIn(invented(13)) as site:
        await a_source(site, tmp_path).visit(nothing_known, steps.append, full=True)
    assert steps[:3] == [Step("all posts", 1, 6), Step("all posts", 2, 12), Step("all posts", 3, 13)]
    assert {step.listing for step in steps} == {"all posts", "all posts, once more", *TOPICS.values(), *KINDS.values()}


@on_a_loop
async def test_a_list_without_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.sources.site.lists.PAGES_OF_A_LIST", 3)
    async with SiteStandIn(invented(24)) as site:
        with pytest.raises(SourceError) as caught:
            await whole(a_source(site, tmp_path))
    assert "has no end" in caught.value.human
