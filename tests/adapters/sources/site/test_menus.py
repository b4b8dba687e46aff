"""The site's words for its filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.site.menus import Menu, menu_of
from adapters.sources.site.taxonomy import taxonomy_of
from bot.topics.catalogue import Catalogue, Topic
from tests.standins.site_pages import Markup, Menus, page
from tests.standins.site_posts import KINDS, TOPICS, invented

CATALOGUE = Catalogue((Topic("Adherance", 11), Topic("Attachment", 14), Topic("Burnout")), "invented")
OURS = {11: "Adherance", 14: "Attachment"}


@pytest.mark.parametrize("markup", Markup)
def test_the_filters_of_a_page_are_found_in_every_markup(markup: Markup) -> None:
    assert menu_of(page(invented(3), markup, Menus(), "/blog")) == Menu(TOPICS, KINDS)


@pytest.mark.parametrize(
    ("markup", "menu"),
    [
        ("<A class=x HREF='?cat_2=14&amp;p=1'>  Attachment\n(23) </A>", Menu({14: "Attachment"})),
        ("<a href=https://x.example/blog?cat_1=24><b>Sur&eacute;</b> &amp; Co</a>", Menu(kinds={24: "Suré & Co"})),
        ('<a href="?cat_2=14">One</a><a href="?cat_2=14">Another</a>', Menu({14: "One"})),
        ('<a href="?cat_2=14&cat_1=24">Both</a><a href="?cat_2=14&p=2">Next</a><a href="?cat_2=">All</a>', Menu()),
        ('<a data-href="?cat_2=14">No link</a><a>x</a><a href="http://[?cat_2=14">x</a>', Menu()),
        ('<select id=a name="cat_2"><option value="14">Attachment<option value=11 selected>Ad</select>',
         Menu({14: "Attachment", 11: "Ad"})),
        ('<select name="cat_1"></select><option value="24">Outside</option>', Menu()),
        ('<select name="other"><option value="24">Other</option></select>', Menu()),
        ('<select name="cat_1"><option value="24">  </option>', Menu()),
    ],
)  # fmt: skip
def test_filters_are_links_and_options_with_ids_of_their_own(markup: str, menu: Menu) -> None:
    assert menu_of(markup) == menu


@given(st.lists(st.sampled_from(
    ["<a ", "href='?cat_2=1", "'", '"', ">", "</a", "<select name=cat_1>", "<option value=2>", "x", "<", "</select>"]
)).map("".join))  # fmt: skip
def test_any_markup_has_a_menu(markup: str) -> None:
    menu = menu_of(markup)
    assert all(menu.topics.values())
    assert all(menu.kinds.values())


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href='", "<a x>", "<a x><b>", "<select name=cat_1", "<select name=cat_1>", "<option value=1>",
              "<select ", "<option ", "<a href=?cat_2=1>x", " href=", "<select name=cat_1><option value=1>x"],
)  # fmt: skip
def test_markup_made_to_break_patterns_comes_to_an_end(piece: str) -> None:
    menu = menu_of(piece * 100_000)
    assert len(menu.topics) + len(menu.kinds) <= 1


def test_without_a_menu_the_catalogue_says_what_to_ask_for() -> None:
    taxonomy = taxonomy_of(CATALOGUE, Menu())
    assert (taxonomy.topics, taxonomy.kinds, taxonomy.remarks) == (OURS, {}, ())


def test_topics_that_the_menu_lacks_are_asked_for_all_the_same() -> None:
    assert taxonomy_of(CATALOGUE, Menu({14: "Attachment"}, {24: "Trials"})).topics == OURS


def test_a_site_that_numbers_its_topics_anew_is_followed() -> None:
    assert taxonomy_of(CATALOGUE, Menu({14: "Adherance", 15: "ATTACHMENT"})).topics == {
        14: "Adherance",
        15: "Attachment",
    }


def test_a_corrected_word_keeps_its_topic_and_is_remarked() -> None:
    taxonomy = taxonomy_of(CATALOGUE, Menu({11: "Adherence", 14: "Attachment"}))
    assert taxonomy.topics == OURS
    assert taxonomy.remarks == ("The site calls the topic Adherance Adherence now.",)


def test_a_topic_that_the_bot_lacks_is_remarked_and_not_taken_for_another() -> None:
    taxonomy = taxonomy_of(CATALOGUE, Menu({14: "Humour", 15: "Attachment", 99: "Trees"}))
    assert taxonomy.topics == {11: "Adherance", 15: "Attachment"}
    assert [remark.split(": ")[1] for remark in taxonomy.remarks] == ["Humour (number 14).", "Trees (number 99)."]
