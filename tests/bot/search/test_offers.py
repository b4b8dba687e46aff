"""What is offered while someone is still typing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.wiring.app import App
from bot.folding import words
from bot.model import Month, Post
from bot.search.offers import Offers
from tests.apps import an_app
from tests.builders import a_post

POSTS = (
    a_post("2023-11", "Therapist burnout and outcome", summary=("Something about alliance.",)),
    a_post("2021-07", "Burnout: who is at risk?"),
    a_post("2021-06", "Does therapy help?", summary=("Yes, for attachment it does.",)),
    a_post("2020-01", "Émile’s theory of Attachment"),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("archive"), POSTS)


@pytest.fixture(scope="module")
def offers(app: App) -> Offers:
    return Offers(app.archive, app.search)


def titles(posts: Sequence[Post]) -> list[str]:
    return [post.title for post in posts]


def test_before_anything_is_typed_the_newest_are_offered(offers: Offers) -> None:
    assert titles(offers.posts("")) == [post.title for post in POSTS]
    assert titles(offers.posts(" ", limit=2)) == [post.title for post in POSTS[:2]]


def test_what_begins_so_goes_before_what_has_words_that_begin_so(offers: Offers) -> None:
    assert titles(offers.posts("burn")) == ["Burnout: who is at risk?", "Therapist burnout and outcome"]


def test_words_may_be_begun_in_any_order_and_without_accents(offers: Offers) -> None:
    assert titles(offers.posts("burnout thera")) == ["Therapist burnout and outcome"]
    assert titles(offers.posts("emile")) == ["Émile’s theory of Attachment"]


def test_the_beginning_of_an_id_brings_its_post(offers: Offers) -> None:
    assert titles(offers.posts(POSTS[2].id[:5])) == ["Does therapy help?"]
    assert POSTS[2].title not in titles(offers.posts(POSTS[2].id[:1]))


def test_where_no_title_fits_a_search_comes_in(offers: Offers) -> None:
    assert titles(offers.posts("alliance")) == ["Therapist burnout and outcome"]
    assert "Burnout: who is at risk?" in titles(offers.posts("burnuot risk"))


def test_text_without_a_letter_or_digit_brings_nothing(offers: Offers) -> None:
    assert offers.posts("?!") == ()


def test_months_are_offered_in_either_form_the_newest_first(offers: Offers) -> None:
    assert offers.months("") == (Month(2023, 11), Month(2021, 7), Month(2021, 6), Month(2020, 1))
    assert offers.months("", limit=1) == (Month(2023, 11),)
    assert offers.months("jul") == (Month(2021, 7),)
    assert offers.months("2021") == offers.months("2021-") == (Month(2021, 7), Month(2021, 6))
    assert offers.months("2021-06") == (Month(2021, 6),)
    assert offers.months("brumaire") == ()


def test_a_changed_archive_is_noticed(tmp_path: Path) -> None:
    app = an_app(tmp_path, POSTS[1:])
    offers = Offers(app.archive, app.search)
    assert POSTS[0].title not in titles(offers.posts("therapist"))
    changed = an_app(tmp_path, POSTS[:1])
    assert titles(offers.posts("therapist")) == ["Therapist burnout and outcome"]
    assert changed.archive.facts().posts == len(POSTS)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_begins_the_words_of_a_title_brings_it(offers: Offers, data: st.DataObject) -> None:
    post = data.draw(st.sampled_from(POSTS))
    chosen = data.draw(st.lists(st.sampled_from(words(post.title)), min_size=1, max_size=4))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in chosen)
    assert post.title in titles(offers.posts(typed))


@settings(max_examples=60)
@given(typed=st.text(max_size=60))
def test_no_text_raises_and_no_more_than_asked_for_is_offered(offers: Offers, typed: str) -> None:
    assert len(offers.posts(typed, limit=3)) <= 3
    assert len(offers.months(typed, limit=3)) <= 3
