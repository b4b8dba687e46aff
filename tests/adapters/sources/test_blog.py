"""The grammar of the blog, one small page for each rule."""

import pytest

from bot.citations import parse_citation
from bot.errors import SourceError
from bot.model import Month, identify
from tests.adapters.sources.pages import (
    ADVICE,
    CITATION,
    FURNITURE,
    OTHER_ADVICE,
    OTHER_CITATION,
    OTHER_SUMMARY,
    SUMMARY,
    THIRD_CITATION,
    read,
    the_post,
)

TITLE = "Tired Therapists and Their Clients"
OTHER = "Silence in the First Session"
MARK = "Practice Implications"
NOTE = "Handbook of Invented Change: Starting in March 2013 I will review one chapter of this book each month."


def test_a_post_is_a_month_a_title_a_citation_a_summary_and_implications() -> None:
    post = the_post(read("July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE))
    assert post.month == Month(2021, 7)
    assert post.id == identify(Month(2021, 7), TITLE)
    assert (post.title, post.summary, post.implications) == (TITLE, (SUMMARY,), (ADVICE,))
    assert post.citation == parse_citation(CITATION)
    assert (post.note, post.topics, post.url) == ((), (), "")


def test_the_furniture_of_a_page_is_neither_post_nor_left_over() -> None:
    reading = read(
        *FURNITURE, "July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, "« Previous", "1 2 3 … 60", "Next »"
    )
    assert the_post(reading).implications == (ADVICE,)


def test_a_menu_without_bullets_is_furniture_too() -> None:
    menu = ("Blog", "Type of Research", "Trials of trees", "Topics", "ALL Topics (clear)", "Adherance", "Training")
    assert the_post(read(*menu, "July 2021", TITLE, CITATION, SUMMARY)).title == TITLE


def test_a_menu_ends_where_a_post_begins_although_no_heading_says_so() -> None:
    menu = ("Topics", "Adherance", "Training")
    reading = read(*menu, TITLE, CITATION, SUMMARY, MARK, "Do this:", "- rest", month=Month(2014, 1))
    assert the_post(reading).implications == ("Do this:", "- rest")


def test_a_menu_after_the_posts_ends_the_last_of_them() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, "Topics", "- Empathy", "- Training")
    assert the_post(reading).implications == (ADVICE,)


def test_a_line_that_is_no_topic_is_reported_from_amid_the_menu() -> None:
    reading = read("Topics", "- Empathy", "Buy invented trees", "- Training", "July 2021", TITLE, CITATION, SUMMARY)
    assert [(line.line, line.text) for line in reading.unplaced] == [(3, "Buy invented trees")]


def test_paragraphs_stay_apart_and_blank_lines_between_them_mean_nothing() -> None:
    reading = read(
        "July 2021", "", TITLE, "", CITATION, "", SUMMARY, "", OTHER_SUMMARY, "", MARK, "", ADVICE, "", ADVICE
    )
    post = the_post(reading)
    assert post.summary == (SUMMARY, OTHER_SUMMARY)
    assert post.implications == (ADVICE, ADVICE)


@pytest.mark.parametrize("title", [
    "Do Tired Therapists Have Tired Clients?",
    "Tired therapists have tired clients.",
    "Tired Therapists: What Their Clients Say",
    "Tired/Rested Therapists",
    "Therapists’ “Tiredness” – and Their Clients’",
    "Tired Therapists vs. Rested Ones",
    "2020 and Its Therapists",
])  # fmt: skip
def test_a_title_may_end_or_be_punctuated_in_any_way(title: str) -> None:
    assert the_post(read("July 2021", title, CITATION, SUMMARY, MARK, ADVICE)).title == title
    second = read("July 2021", OTHER, OTHER_CITATION, OTHER_SUMMARY, MARK, ADVICE, title, CITATION, SUMMARY)
    assert [post.title for post in second.posts] == [OTHER, title]


def test_a_title_printed_twice_is_one_title() -> None:
    assert the_post(read("July 2021", TITLE, TITLE, CITATION, SUMMARY)).title == TITLE


def test_a_title_parted_into_two_lines_is_one_title() -> None:
    reading = read("July 2021", "Tired Therapists and", "Their Clients", CITATION, SUMMARY)
    assert the_post(reading).title == "Tired Therapists and Their Clients"
    reading = read("July 2021", "Tired Therapists Worry", "About Their Clients", CITATION, SUMMARY)
    assert the_post(reading).title == "Tired Therapists Worry About Their Clients"


def test_a_parted_title_without_citation_is_joined_where_the_first_line_ends_amid_a_phrase() -> None:
    post = the_post(read("July 2021", "Tired Therapists:", "Their Clients’ View", SUMMARY, MARK, ADVICE))
    assert post.title == "Tired Therapists: Their Clients’ View"
    assert post.summary == (SUMMARY,)


@pytest.mark.parametrize("aside", ["By Ann Alder", "July 12, 2021", "Photo: a tree", "It was printed before."])
def test_a_line_between_title_and_citation_that_is_no_title_becomes_no_part_of_it(aside: str) -> None:
    reading = read("July 2021", TITLE, aside, CITATION, SUMMARY)
    assert reading.posts[0].title == TITLE
    assert aside in str(reading)


def test_the_title_may_stand_again_after_an_editorial_note_with_a_full_stop() -> None:
    post = the_post(read("March 2013", TITLE, NOTE, f"{TITLE}.", CITATION, SUMMARY, MARK, ADVICE))
    assert (post.title, post.note) == (TITLE, (NOTE,))
    assert post.citation == parse_citation(CITATION)
    post = the_post(read("March 2013", f"{TITLE}.", NOTE, TITLE, CITATION, SUMMARY))
    assert post.title == TITLE


def test_the_title_may_stand_again_after_the_citation_and_a_note() -> None:
    post = the_post(read("March 2013", TITLE, CITATION, NOTE, f"{TITLE}.", SUMMARY, MARK, ADVICE))
    assert (post.title, post.note, post.summary) == (TITLE, (NOTE,), (SUMMARY,))


def test_any_paragraphs_before_the_title_stands_again_are_a_note() -> None:
    post = the_post(read("March 2013", TITLE, OTHER_SUMMARY, ADVICE, TITLE, SUMMARY))
    assert (post.note, post.summary) == ((OTHER_SUMMARY, ADVICE), (SUMMARY,))


def test_a_note_may_stand_where_the_citation_belongs() -> None:
    post = the_post(read("March 2013", TITLE, NOTE, SUMMARY, MARK, ADVICE))
    assert (post.citation, post.note, post.summary) == (None, (NOTE,), (SUMMARY,))


def test_a_note_may_stand_above_or_below_the_citation() -> None:
    for lines in ([NOTE, CITATION], [CITATION, NOTE]):
        post = the_post(read("March 2013", TITLE, *lines, SUMMARY, MARK, ADVICE))
        assert (post.citation, post.note, post.summary) == (parse_citation(CITATION), (NOTE,), (SUMMARY,))


def test_a_long_paragraph_between_title_and_citation_is_a_note_when_a_summary_follows() -> None:
    post = the_post(read("March 2013", TITLE, OTHER_SUMMARY, CITATION, SUMMARY, MARK, ADVICE))
    assert (post.note, post.summary) == ((OTHER_SUMMARY,), (SUMMARY,))


def test_a_citation_below_the_summary_is_still_the_citation() -> None:
    post = the_post(read("March 2013", TITLE, SUMMARY, CITATION, MARK, ADVICE))
    assert (post.citation, post.note, post.summary) == (parse_citation(CITATION), (), (SUMMARY,))


def test_what_only_looks_like_a_note_is_the_summary_when_nothing_else_is() -> None:
    assert the_post(read("March 2013", TITLE, CITATION, NOTE, MARK, ADVICE)).summary == (NOTE,)


def test_a_doi_on_a_line_of_its_own_belongs_to_the_citation() -> None:
    post = the_post(read("July 2021", TITLE, CITATION, "https://doi.org/10.1037/pst0000503", SUMMARY))
    assert post.citation is not None
    assert post.citation.doi == "10.1037/pst0000503"
    assert post.citation.text == f"{CITATION} https://doi.org/10.1037/pst0000503"


def test_a_second_citation_is_kept_with_the_summary() -> None:
    post = the_post(read("July 2021", TITLE, CITATION, OTHER_CITATION, SUMMARY, MARK, ADVICE))
    assert post.citation == parse_citation(CITATION)
    assert post.summary == (OTHER_CITATION, SUMMARY)


def test_a_post_without_citation_has_none() -> None:
    post = the_post(read("July 2021", TITLE, SUMMARY, MARK, ADVICE))
    assert (post.citation, post.summary) == (None, (SUMMARY,))


def test_a_post_without_practice_implications_has_none() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, "June 2021", OTHER, OTHER_CITATION, OTHER_SUMMARY)
    assert [post.implications for post in reading.posts] == [(), ()]
    assert not reading.unplaced


@pytest.mark.parametrize(
    "mark", ["PRACTICE IMPLICATIONS", "Practice implications:", "Practice\u00a0Implications", f"{MARK} "]
)
def test_the_words_practice_implications_stand_in_any_case_and_with_a_colon(mark: str) -> None:
    post = the_post(read("July 2021", TITLE, CITATION, SUMMARY, mark, ADVICE))
    assert (post.summary, post.implications) == ((SUMMARY,), (ADVICE,))


@pytest.mark.parametrize(
    "glue", ["Practice Implications", "Practice Implications ", "Practice Implications: ", "PRACTICE IMPLICATIONS – "]
)
def test_the_words_practice_implications_may_be_glued_to_the_paragraph(glue: str) -> None:
    post = the_post(read("July 2021", TITLE, CITATION, SUMMARY, glue + ADVICE, OTHER_ADVICE))
    assert (post.summary, post.implications) == ((SUMMARY,), (ADVICE, OTHER_ADVICE))


def test_a_sentence_that_begins_with_these_words_is_a_sentence() -> None:
    sentence = "Practice implications of this study are few."
    assert the_post(read("July 2021", TITLE, CITATION, SUMMARY, sentence)).summary == (SUMMARY, sentence)


def test_several_posts_may_stand_under_one_heading() -> None:
    reading = read(
        "July 2021",
        TITLE, CITATION, SUMMARY, MARK, ADVICE,
        OTHER, OTHER_CITATION, OTHER_SUMMARY,
        "What Fir Found", THIRD_CITATION, SUMMARY, MARK, ADVICE,
    )  # fmt: skip
    assert [(post.title, post.month) for post in reading.posts] == [
        (TITLE, Month(2021, 7)), (OTHER, Month(2021, 7)), ("What Fir Found", Month(2021, 7)),
    ]  # fmt: skip
    assert [len(post.implications) for post in reading.posts] == [1, 0, 1]
    assert not reading.unplaced


def test_a_heading_may_stand_above_each_post_of_a_month() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, "July 2021", OTHER, OTHER_SUMMARY)
    assert [(post.title, str(post.month)) for post in reading.posts] == [(TITLE, "2021-07"), (OTHER, "2021-07")]


def test_posts_without_citations_under_one_heading_are_told_by_their_implications() -> None:
    reading = read(
        "July 2021",
        TITLE, SUMMARY, MARK, ADVICE, OTHER_ADVICE,
        OTHER, OTHER_SUMMARY, MARK, OTHER_ADVICE,
        "Trees help.", SUMMARY, SUMMARY, MARK + ADVICE,
        "Are Trees Enough?", OTHER_SUMMARY, MARK, ADVICE,
    )  # fmt: skip
    assert [post.title for post in reading.posts] == [TITLE, OTHER, "Trees help.", "Are Trees Enough?"]
    assert [len(post.implications) for post in reading.posts] == [2, 1, 1, 1]
    assert not reading.unplaced


def test_a_last_post_with_neither_citation_nor_implications_is_told_by_its_shape() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, OTHER, OTHER_SUMMARY)
    assert [(post.title, post.summary) for post in reading.posts] == [(TITLE, (SUMMARY,)), (OTHER, (OTHER_SUMMARY,))]


def test_headings_within_a_summary_and_lists_within_implications_begin_no_post() -> None:
    items = ("Therapists might:", "- rest", "- sleep", "• dream")
    post = the_post(read("July 2021", TITLE, CITATION, SUMMARY, "What They Found", OTHER_SUMMARY, MARK, ADVICE, *items))
    assert post.summary == (SUMMARY, "What They Found", OTHER_SUMMARY)
    assert post.implications == (ADVICE, *items)


def test_references_at_the_end_of_a_post_begin_no_post() -> None:
    reading = read(
        "July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, "Further reading", OTHER_CITATION, THIRD_CITATION,
        "What Fir Found", THIRD_CITATION, OTHER_SUMMARY,
    )  # fmt: skip
    assert [post.title for post in reading.posts] == [TITLE, "What Fir Found"]
    assert reading.posts[0].implications == (ADVICE, "Further reading", OTHER_CITATION, THIRD_CITATION)


def test_a_title_printed_twice_begins_a_post_under_a_shared_heading_too() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, OTHER, OTHER, OTHER_SUMMARY)
    assert [post.title for post in reading.posts] == [TITLE, OTHER]


def test_a_month_can_be_supplied_where_no_heading_names_it() -> None:
    reading = read("PPRNet Blog", TITLE, CITATION, SUMMARY, MARK, ADVICE, month=Month(2014, 1))
    assert the_post(reading).month == Month(2014, 1)
    reading = read(OTHER, SUMMARY, MARK, ADVICE, "July 2021", TITLE, CITATION, SUMMARY, month=Month(2014, 1))
    assert [post.month for post in reading.posts] == [Month(2014, 1), Month(2021, 7)]


def test_what_this_month_is_about_says_nothing_of_the_posts_below() -> None:
    reading = read("This month… I blog about Practice Implications.", "July 2021", TITLE, SUMMARY)
    assert the_post(reading).month == Month(2021, 7)


def test_short_lines_after_the_end_of_a_post_are_reported() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, "Back to top", "Contact us")
    assert reading.posts[0].implications == (ADVICE,)
    assert [(line.line, line.text) for line in reading.unplaced] == [(7, "Back to top"), (8, "Contact us")]
    assert all("after the end of a post" in line.why for line in reading.unplaced)


RECENT = ("Recent posts", "- November 2023", "- What Trees Say")


@pytest.mark.parametrize("end", [
    (ADVICE,), (ADVICE, "Therapists might:", "- rest", "- sleep"), (ADVICE, "1. Rest when tired.", "2. Sleep, too."),
])  # fmt: skip
def test_a_list_that_nothing_announces_is_reported_after_the_end_of_a_post(end: tuple[str, ...]) -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, *end, *RECENT)
    assert reading.posts[0].implications == end
    assert [line.text for line in reading.unplaced] == list(RECENT)


def test_the_words_practice_implications_announce_a_list_as_a_colon_does() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, "- rest", "- sleep", *RECENT)
    assert reading.posts[0].implications == ("- rest", "- sleep")
    assert [line.text for line in reading.unplaced] == list(RECENT)


def test_lines_above_the_first_heading_are_reported() -> None:
    reading = read("Skip to the trees", "July 2021", TITLE, CITATION, SUMMARY)
    assert [(line.line, line.text, line.why) for line in reading.unplaced] == [
        (1, "Skip to the trees", "no month heading stands above it")
    ]


def test_a_heading_without_a_post_is_reported() -> None:
    reading = read("August 2021", "July 2021", TITLE, CITATION, SUMMARY)
    assert [(line.line, line.text) for line in reading.unplaced] == [(1, "August 2021")]


def test_a_title_without_a_summary_is_reported_with_all_its_lines() -> None:
    reading = read("August 2021", OTHER, OTHER_CITATION, MARK, ADVICE, "July 2021", TITLE, CITATION, SUMMARY)
    assert [line.line for line in reading.unplaced] == [1, 2, 3, 4, 5]
    assert [post.title for post in reading.posts] == [TITLE]


def test_practice_implications_without_a_paragraph_are_reported() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK)
    assert [(line.line, line.text) for line in reading.unplaced] == [(5, MARK)]
    assert reading.posts[0].implications == ()


def test_practice_implications_for_a_second_time_are_reported() -> None:
    reading = read("July 2021", TITLE, CITATION, SUMMARY, MARK, ADVICE, MARK, OTHER_ADVICE)
    assert [(line.line, line.text) for line in reading.unplaced] == [(7, MARK)]
    assert reading.posts[0].implications == (ADVICE, OTHER_ADVICE)


def test_a_paragraph_where_a_title_was_expected_is_reported() -> None:
    reading = read("August 2021", SUMMARY, "July 2021", TITLE, CITATION, OTHER_SUMMARY)
    assert [(line.line, line.text) for line in reading.unplaced] == [(1, "August 2021"), (2, SUMMARY)]


def test_a_citation_where_a_title_was_expected_is_reported() -> None:
    reading = read("August 2021", CITATION, SUMMARY, "July 2021", TITLE, CITATION, OTHER_SUMMARY)
    assert [line.line for line in reading.unplaced] == [1, 2, 3]


def test_a_page_without_posts_is_refused_with_what_was_expected() -> None:
    with pytest.raises(SourceError) as refused:
        read("Blog", "There is nothing here.")
    assert "page.txt holds no post" in refused.value.human
    assert "a month heading such as July 2021 was expected" in refused.value.human
    assert "page.txt" not in str(refused.value)


def test_a_page_whose_posts_have_no_month_is_refused_with_what_is_missing() -> None:
    with pytest.raises(SourceError) as refused:
        read(TITLE, CITATION, SUMMARY, MARK, ADVICE)
    assert "does not say which month" in refused.value.human
