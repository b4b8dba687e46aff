"""What the answers say, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from bot.model import ArchiveFacts, Citation, Month, Page, Post, PostOrigin, TopicLabel, TopicOrigin
from bot.pages import cards, guide, lists
from bot.pages.lists import Stretch
from bot.pages.phrases import counted, listed, on_day, shortened, span_of
from bot.requests import CiteStyle, Search, Show, Unclear
from bot.views import Heading, as_text
from bot.wording import TOKEN_LIMIT
from tests.builders import a_post
from tests.strategies import posts

FACTS = ArchiveFacts("1-x", 3, Month(2020, 9), Month(2021, 7), datetime(2026, 11, 25, 23, 59, tzinfo=UTC), 0)
LONG = tuple(f"Paragraph {number}. " + "It says something worth a minute of your time. " * 12 for number in range(3))


def headings(view: object) -> list[str]:
    return [block.text for block in getattr(view, "blocks", ()) if isinstance(block, Heading)]


def test_a_card_puts_the_implications_first() -> None:
    view = cards.card(a_post(topics=("Burnout",)))

    assert headings(view) == ["Practice implications", "Who was studied", "Summary", "Citation", "Topics"]


def test_a_short_post_needs_no_read_in_full() -> None:
    assert "Read in full" not in as_text(cards.card(a_post()))


def test_a_long_post_is_cut_at_a_sentence_with_a_way_to_read_on() -> None:
    post = a_post(implications=LONG, summary=LONG)
    text = as_text(cards.card(post))

    assert f"Read in full: /pprnet show {post.id} full" in text
    assert "Paragraph 2." not in text


def test_no_half_sentence_is_shown_where_a_whole_one_stands_before_it() -> None:
    text = as_text(cards.card(a_post(summary=("One whole sentence.", "blah " * 400))))

    assert "One whole sentence." in text
    assert "blah" not in text


@given(posts())
def test_the_whole_post_leaves_no_word_out(post: Post) -> None:
    text = as_text(cards.whole(post))

    citation = (post.citation.text,) if post.citation else ("No citation given.",)
    for part in (post.title, post.month.label, *post.summary, *post.implications, *post.note, *citation, post.id):
        assert part in text


@given(posts())
def test_every_button_of_a_card_can_be_carried(post: Post) -> None:
    assert all(len(button.token) <= TOKEN_LIMIT for button in cards.card(post).buttons)


def test_a_post_without_implications_or_citation_says_so_plainly() -> None:
    view = cards.card(a_post(implications=(), citation=None, summary=("No people, only thoughts.",)))

    assert headings(view) == ["Summary", "Citation"]
    assert "No citation given." in as_text(view)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (
            "Doe (2020). doi:10.1037/PST0000503",
            "Doe (2020). doi:10.1037/PST0000503 https://doi.org/10.1037/pst0000503\n",
        ),
        ("Doe (2020). https://doi.org/10.1037/pst0000503.", "Doe (2020). https://doi.org/10.1037/pst0000503.\n"),
        (
            "http://dx.doi.org/10.1037/pst0000503 Doe",
            "http://dx.doi.org/10.1037/pst0000503 <https://doi.org/10.1037/pst0000503> Doe",
        ),
    ],
)
def test_a_doi_becomes_a_link_and_the_citation_stays_as_printed(printed: str, text: str) -> None:
    post = a_post(citation=Citation(printed, doi="10.1037/pst0000503"))

    assert text in as_text(cards.card(post))


def test_a_card_says_whose_words_and_whose_topics_these_are() -> None:
    derived = (TopicLabel("Burnout", TopicOrigin.DERIVED),)
    text = as_text(cards.card(a_post(origin=PostOrigin.STARTER, topics=derived, url="https://example.org/p")))

    assert "starter archive's own words" in text
    assert "Topics, derived from its words" in text
    assert "on the web <https://example.org/p>" in text


def test_the_latest_month_shows_one_card_and_the_others_beside_it() -> None:
    first, second = a_post(title="First"), a_post(title="Second")
    text = as_text(lists.latest(Page((first, second), 5), FACTS))

    assert text.startswith("First\n")
    assert text.index("Also in July 2021") < text.index("Second")
    assert "3 more in that month" in text
    assert "Source last read on 25 November 2026." in text


def test_a_month_without_posts_says_how_far_the_archive_reaches() -> None:
    text = as_text(lists.month(Month(2012, 1), Page((), 0), FACTS))

    assert "nothing from January 2012. It reaches from September 2020 to July 2021." in text


def test_a_month_lists_its_posts_with_title_gist_and_citation() -> None:
    text = as_text(lists.month(Month(2021, 7), Page((a_post(),), 1), FACTS))

    assert text.startswith("July 2021: 1 summary\n")
    assert "Burnout affects outcomes\n  July 2021\n  Look after therapists.\n  Doe, J. (2020)." in text


def test_a_list_turns_its_pages() -> None:
    part = Stretch((a_post(),), page=2, total=11, before=Search("burnout"), after=Search("burnout", 3))
    text = as_text(lists.stretch("Burnout", part, FACTS))

    assert "6 to 6 of 11 summaries" in text
    assert "Back: /pprnet search burnout\nMore: /pprnet search burnout page:3" in text


def test_a_page_past_the_end_leads_back() -> None:
    text = as_text(lists.stretch("Burnout", Stretch((), page=9, total=11, before=Search("burnout", 3)), FACTS))

    assert "The list has no page 9." in text
    assert "Back: /pprnet search burnout page:3" in text


def test_a_query_too_long_for_a_button_is_paged_by_hand() -> None:
    part = Stretch((a_post(),), page=1, total=11, after=Search("burnout " * 20, 2))

    assert "type it again with page:2" in as_text(lists.stretch("Burnout", part, FACTS))


def test_related_summaries_lead_back() -> None:
    post = a_post()
    text = as_text(lists.related(post, (), FACTS))

    assert "No other summary is like it." in text
    assert f"Back to the summary: {'/pprnet show ' + post.id}" in text


def test_a_citation_can_be_had_in_other_styles() -> None:
    view = cards.citation_page(a_post(), CiteStyle.APA, "Doe, J. (2020).")

    assert [button.label for button in view.buttons] == ["BibTeX", "RIS", "Back to the summary"]


def test_no_citation_is_invented() -> None:
    text = as_text(cards.citation_page(a_post(citation=None), CiteStyle.BIBTEX, ""))

    assert "names no citation" in text


def test_help_lists_every_command() -> None:
    text = as_text(guide.overview())

    for command in ("latest", "topic WORDS", "search WORDS", "cite ID [apa|bibtex|ris]"):
        assert f"/pprnet {command}" in text


def test_an_unknown_word_can_be_searched_for() -> None:
    text = as_text(guide.unclear(Unclear("burnout", "", "I do not know that command.")))

    assert "Search for “burnout”: /pprnet search burnout" in text


def test_a_slip_is_mended_by_a_button() -> None:
    slip = Unclear("serach x", "search", "I do not know that command. The nearest is “search”.", Search("x"))
    text = as_text(guide.unclear(slip))

    assert "The nearest is “search”." in text
    assert "/pprnet search x: /pprnet search x" in text
    assert "Help on search" in text


@pytest.mark.parametrize(
    ("starters", "said"),
    [(0, "Source last read"), (1, "1 summary is still"), (2, "2 summaries are still")],
)
def test_about_says_what_it_rests_on(starters: int, said: str) -> None:
    assert said in as_text(guide.about(replace(FACTS, starters=starters), "1.0"))


def test_before_any_import_the_starter_archive_is_named() -> None:
    assert "No source has been read yet" in as_text(guide.about(replace(FACTS, source_read_at=None), "1.0"))


def test_small_phrases() -> None:
    assert counted(1, "post") == "1 post"
    assert counted(1204, "post") == "1,204 posts"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""
    assert shortened("short") == "short"
    assert shortened("two words", 5) == "two…"
    assert shortened("x" * 10, 5) == "xxxxx…"
    assert on_day(datetime(2026, 2, 3, tzinfo=UTC)) == "3 February 2026"
    assert span_of(replace(FACTS, oldest=None, newest=None)) == ""
    assert span_of(replace(FACTS, oldest=Month(2021, 7))) == "July 2021"


def test_an_id_that_begins_many_lets_one_choose() -> None:
    view = lists.candidates("0a", [a_post(title="One"), a_post(title="Two")], FACTS)

    assert [type(button.request) for button in view.buttons] == [Show, Show]
