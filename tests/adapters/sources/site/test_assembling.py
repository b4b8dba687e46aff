"""From lists to what a visit brought."""

import pytest

from adapters.sources.site.assembling import Assigned, assembled
from adapters.sources.site.lists import Leaf, Listed
from bot.model import Post, Reading
from tests.adapters.sources.site.visiting import posts_of
from tests.builders import a_post

MONTHS = ("2021-07", "2021-07", "2021-05", "2021-04", "2020-12")
POSTS = [a_post(month, f"Post {number}") for number, month in enumerate(MONTHS)]


def listed(*pages: list[Post]) -> Listed:
    return Listed(tuple(Leaf(Reading(f"page {number}", posts)) for number, posts in enumerate(pages, start=1)))


@pytest.mark.parametrize(
    ("month", "place"), [("2022-01", 0), ("2021-07", 2), ("2021-06", 2), ("2021-04", 4), ("2020-12", 5), ("2013-02", 5)]
)
def test_a_post_that_only_a_filtered_list_shows_is_put_where_its_month_ends(month: str, place: int) -> None:
    stray = a_post(month, "A stray post")
    assigned = Assigned()
    assigned.note_topic("Empathy", [stray, POSTS[0]])
    visit = assembled(listed(POSTS[:3], POSTS[3:]), assigned)
    assert posts_of(visit)[place].title == stray.title
    assert len(posts_of(visit)) == 6
    assert [post.title for post in posts_of(visit) if post.topics] == (
        ["Post 0", stray.title] if place else [stray.title, "Post 0"]
    )


def test_of_a_part_of_the_lists_nothing_but_what_was_wanted_is_taken() -> None:
    assigned = Assigned()
    assigned.note_topic("Empathy", [*POSTS, a_post("2019-01", "A stray post")])
    visit = assembled(listed(POSTS), assigned, {POSTS[1].id})
    assert [post.title for post in posts_of(visit) if post.topics] == ["Post 1"]
    assert len(posts_of(visit)) == 5


def test_a_post_on_two_pages_stands_on_the_first_of_them() -> None:
    visit = assembled(listed(POSTS[:3], POSTS[2:4], POSTS[:2]), Assigned())
    assert [(reading.name, len(reading.posts)) for reading in visit.readings] == [("page 1", 3), ("page 2", 1)]


def test_a_post_keeps_the_first_type_that_a_list_gives_it() -> None:
    assigned = Assigned()
    assigned.note_kind("Trials", POSTS[:1])
    assigned.note_kind("Reviews", POSTS[:2])
    assert assembled(listed(POSTS), assigned).kinds == {POSTS[0].id: "Trials", POSTS[1].id: "Reviews"}
