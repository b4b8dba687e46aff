"""Folders as sources."""

from pathlib import Path

import pytest

from adapters.sources.site.folder import FolderSource
from bot.errors import SourceError
from bot.ports.syncing import Step
from bot.visits import Visit
from tests.adapters.sources.site.visiting import CATALOGUE, a_source, ignored, nothing_known, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_pages import Markup, Menus, page, rss
from tests.standins.site_posts import KINDS, SitePost, invented

POSTS = invented(18)


def saved(posts: list[SitePost], number: int = 1) -> str:
    return page(posts[6 * (number - 1) : 6 * number], Markup.SOUP, Menus(), "/blog")


async def visited(folder: Path) -> Visit:
    return await FolderSource(folder, CATALOGUE).visit(nothing_known, ignored, full=True)


@on_a_loop
async def test_the_folder_of_a_visit_reads_back_as_the_visit(tmp_path: Path) -> None:
    async with SiteStandIn(POSTS) as site:
        source = a_source(site, tmp_path)
        visit = await whole(source)
        source.conclude("Something was odd.")
    again = await visited(tmp_path)
    assert posts_of(again) == posts_of(visit)
    assert again.kinds == visit.kinds


@on_a_loop
async def test_pages_saved_by_hand_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for number, name in ((1, "page-1.html"), (2, "page-2.htm"), (3, "page-10.html")):
        (tmp_path / name).write_text(saved(POSTS, number))
    (tmp_path / "page-1_files").mkdir()
    (tmp_path / "page-1_files" / "frame.html").write_text("<p>An advertisement")
    (tmp_path / ".hidden").write_text("x")
    steps: list[Step] = []
    visit = await FolderSource(tmp_path, CATALOGUE).visit(nothing_known, steps.append, full=False)
    assert posts_of(visit) == [post.as_post() for post in POSTS]
    assert steps[-1] == Step("page-10.html", 3, 18)


@pytest.mark.parametrize(
    "name",
    ["blog?cat_2={}", "blog@cat_2={}.html", "blog%3Fcat_2={}.html", "blog_cat_2={}.html", "saved.html"],
)
@on_a_loop
async def test_a_saved_list_of_a_topic_gives_its_posts_that_topic(name: str, tmp_path: Path) -> None:
    topic = [post for post in POSTS if 14 in post.topics][:6]
    (tmp_path / "a.html").write_text(saved(POSTS))
    mark = "<!-- saved from url=(0040)https://blog.example/list?cat_2=14 -->\n" if name == "saved.html" else ""
    (tmp_path / name.format(14)).write_text(mark + saved(topic))
    visit = await visited(tmp_path)
    assert {post.id for post in posts_of(visit) if post.topics} == {post.id for post in topic}
    assert {post.id for post in posts_of(visit)} == {post.id for post in (*POSTS[:6], *topic)}


@on_a_loop
async def test_a_saved_list_of_a_type_gives_its_posts_that_type(tmp_path: Path) -> None:
    (tmp_path / "blog?cat_1=25.html").write_text(saved(POSTS))
    visit = await visited(tmp_path)
    assert set(visit.kinds.values()) == {KINDS[25]}
    assert len(visit.kinds) == 6


@on_a_loop
async def test_a_folder_may_hold_anything_that_posts_are_read_from(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(saved(POSTS))
    (tmp_path / "b.xml").write_text(rss(POSTS[6:8], "https://blog.example/"))
    (tmp_path / "c.md").write_text("---\ntitle: A Post\nmonth: 2020-01\ntopics: [Empathy]\n---\nA summary of it.\n")
    (tmp_path / "README.md").write_text("Not this one.")
    visit = await visited(tmp_path)
    assert {post.title for post in posts_of(visit)} == {"A Post", *(post.title for post in POSTS[:8])}
    assert [label.name for label in posts_of(visit)[-1].topics] == ["Empathy"]


@on_a_loop
async def test_a_folder_that_holds_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        await visited(tmp_path)
    with pytest.raises(SourceError):
        await visited(tmp_path / "none")
    (tmp_path / "a.html").write_text("<p>Nothing here")
    with pytest.raises(SourceError):
        await visited(tmp_path)
    (tmp_path / "a.html").unlink()
    (tmp_path / "a.html").symlink_to("a.html")  # a link to itself
    with pytest.raises(SourceError):
        await visited(tmp_path)
    (tmp_path / "a.html").unlink()
    (tmp_path / "a.html").write_bytes(b"<p>x" * 2_000_000)
    with pytest.raises(SourceError):
        await visited(tmp_path)


def test_a_folder_is_named_by_its_path_and_stays_as_it_was(tmp_path: Path) -> None:
    source = FolderSource(tmp_path, CATALOGUE)
    assert source.name == str(tmp_path)
    assert source.conclude("odd") == ""
