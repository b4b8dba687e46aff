"""The announcement: what it says of how many posts, and of how long ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Citation, Post
from bot.pages.announcement import MOST_CHARACTERS, MOST_POSTS, announcement
from bot.requests import Cite, MonthOf, Related, Search, Show
from bot.subscriptions import Filter
from bot.views import Buttons, Heading, Link, Paragraph, View, as_text
from tests.builders import a_post
from tests.strategies import posts

ONE = a_post(citation=Citation("Doe, J. (2020). A study. Journal, 1, 2-3.", doi="10.1000/abc"))


def headings(view: View) -> list[str]:
    return [block.text for block in view.blocks if isinstance(block, Heading)]


def stories(count: int, month: str = "2021-07", **given: object) -> list[Post]:
    return [a_post(month, f"Story {number}", **given) for number in range(1, count + 1)]


def test_one_post_is_its_title_what_it_means_its_citation_and_three_buttons() -> None:
    view = announcement([ONE], Filter())

    assert view.title == "New from PPRNet: July 2021"
    assert [button.request for button in view.buttons] == [Show(ONE.id, full=True), Related(ONE.id), Cite(ONE.id)]
    assert as_text(view).split("\n\n")[1:4] == [
        "Burnout affects outcomes",
        "Look after therapists.",
        "Doe, J. (2020). A study. Journal, 1, 2-3. https://doi.org/10.1000/abc",
    ]


def test_it_says_why_it_comes_and_how_to_end_it() -> None:
    said = as_text(announcement([ONE], Filter(("Burnout", "Empathy"), ("Medications/Pharmacotherapy",))))

    assert "what is new about “Burnout” or “Empathy”, but nothing about Medications/Pharmacotherapy." in said
    assert said.endswith("Change that with /pprnet subscribe, end it with /pprnet unsubscribe.\n")
    assert "subscribed here to every new summary." in as_text(announcement([ONE], Filter()))


def test_a_long_wish_is_named_in_part() -> None:
    said = as_text(announcement([ONE], Filter(tuple("ABCDEF"))))

    assert "about “A”, “B”, “C”, “D” or 2 more." in said


def test_several_posts_are_numbered_and_so_are_their_buttons() -> None:
    view = announcement(stories(2), Filter())

    assert headings(view) == ["1. Story 1", "2. Story 2"]
    labels = ["Read 1 in full", "Related to 1", "Cite 1", "Read 2 in full", "Related to 2", "Cite 2"]
    assert [button.label for button in view.buttons] == labels


def test_posts_of_several_months_say_which_is_whose() -> None:
    view = announcement([*stories(1), *stories(1, "2021-06"), *stories(1, "2021-05")], Filter())

    assert view.title == "New from PPRNet: July 2021, June 2021 and May 2021"
    assert headings(view) == ["1. Story 1 (July 2021)", "2. Story 1 (June 2021)", "3. Story 1 (May 2021)"]


def test_what_is_too_much_is_a_button_away() -> None:
    view = announcement([*stories(7), *stories(2, "2021-06")], Filter())

    assert len(headings(view)) == MOST_POSTS
    assert "3 more summaries:" in as_text(view)
    assert [button.request for button in view.buttons[-2:]] == [
        MonthOf(stories(1)[0].month),
        MonthOf(stories(1, "2021-06")[0].month),
    ]
    assert "1 more summary:" in as_text(announcement(stories(7), Filter()))


def test_posts_of_very_many_months_are_a_search_away() -> None:
    many = [*stories(6), *(post for year in range(2020, 2012, -1) for post in stories(1, f"{year}-01"))]
    view = announcement(many, Filter())

    assert view.title == "New from PPRNet: January 2013 to July 2021"
    assert view.buttons[-1].request == Search("year:2013..2020")


def test_a_post_without_implications_or_citation_says_what_it_has() -> None:
    said = as_text(announcement([a_post(implications=(), citation=None)], Filter()))

    assert "The authors asked 49 therapists and 2223 of their patients." in said
    assert "No citation given." in said


@pytest.mark.parametrize("doi", ["", "10.1000/abc"])
def test_a_long_citation_is_cut_and_keeps_its_link(doi: str) -> None:
    citation = Citation(f"{'Doe, J., ' * 60}(2020). A study.", doi=doi)
    (spans,) = [
        block.spans
        for block in announcement([a_post(citation=citation)], Filter()).blocks
        if isinstance(block, Paragraph) and "Doe" in block.spans[0].text
    ]

    assert spans[0].text.strip().endswith("…")
    assert [span.url for span in spans if isinstance(span, Link)] == ([f"https://doi.org/{doi}"] if doi else [])


def test_long_posts_leave_room_for_fewer() -> None:
    long = stories(5, implications=("word " * 300,), citation=Citation("Doe, J. " * 200))
    view = announcement(long, Filter())

    assert 1 < len(headings(view)) < 5
    assert len(as_text(view)) < MOST_CHARACTERS + 1_000


@given(st.lists(posts(), min_size=1, max_size=12, unique_by=lambda post: post.id))
def test_every_post_is_shown_or_counted_and_equal_posts_make_equal_views(news: list[Post]) -> None:
    view = announcement(news, Filter())
    rows = [block for block in view.blocks if isinstance(block, Buttons)]
    shown = [row.buttons[0].request for row in rows if isinstance(row.buttons[0].request, Show)]
    rest = len(news) - len(shown)

    assert shown == [Show(post.id, full=True) for post in news[: len(shown)]]
    assert shown
    assert not rest or f"\n{rest} more " in as_text(view)
    assert view == announcement(list(news), Filter())
