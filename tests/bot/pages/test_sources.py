"""What a card and `about` say of where a post comes from and how its source stands."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.model import ArchiveFacts, Citation, Month
from bot.pages import cards, guide
from bot.ports.syncing import SourceStanding
from bot.views import as_text
from tests.builders import a_post

POST = a_post()
FACTS = ArchiveFacts("1", 6, Month(2020, 9), Month(2023, 11), datetime(2026, 11, 1, tzinfo=UTC), 0)
FOUND = "DOI found by title, not given by the blog"


def test_the_type_of_research_is_shown_in_the_sites_own_word() -> None:
    assert "min read · Reviews & Chapters" in as_text(cards.card(replace(POST, kind="Reviews & Chapters")))
    assert "min read\n" in as_text(cards.whole(POST))


def test_a_withdrawn_post_says_so() -> None:
    said = "The blog no longer shows this summary."
    for page in (cards.card, cards.whole):
        assert said in as_text(page(replace(POST, withdrawn=True)))
        assert said not in as_text(page(POST))


def test_a_doi_that_was_found_is_told_from_one_that_is_given() -> None:
    found = replace(POST, citation=Citation("Doe (2020).", found_doi="10.1000/1"))
    text = as_text(cards.card(found))
    assert f"Doe (2020).\n\n{FOUND}: https://doi.org/10.1000/1" in text.replace(" <https://doi.org/10.1000/1>", "")
    given = replace(POST, citation=Citation("Doe (2020).", doi="10.1000/2", found_doi="10.1000/1"))
    for other in (given, POST, replace(POST, citation=None)):
        assert FOUND not in as_text(cards.card(other))


def test_about_says_since_when_a_source_is_stale_and_what_answers_rest_on() -> None:
    stale = [
        SourceStanding("https://a.org/blog", datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC), "x"),
        SourceStanding("https://b.org/feed", None, datetime(2026, 11, 4, tzinfo=UTC), "x"),
        SourceStanding("https://c.org/", datetime(2026, 11, 2, tzinfo=UTC)),
    ]
    text = as_text(guide.about(FACTS, "1.0", stale))
    assert (
        "a.org/blog could not be read, or not be trusted, since 3 November 2026: answers rest on what was read of it "
        "on 1 November 2026."
    ) in text
    assert "b.org/feed could not be read, or not be trusted, since 4 November 2026: answers rest on what else" in text
    assert "c.org" not in text
