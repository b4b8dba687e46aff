"""Months, and what makes a post the same post."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.folding import fold, words
from bot.model import Month, TopicOrigin, identify, is_id
from tests.strategies import months


@given(months)
def test_a_month_is_read_back_from_both_its_forms(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.parse(month.label) == month


@pytest.mark.parametrize("text", ["", "July", "2021", "2021-00", "2021-13", "Foo 2021", "July 0000", "July 21"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_months_are_in_order() -> None:
    assert Month(2020, 12) < Month(2021, 1) < Month(2021, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is empathy enough?", "Is Empathy Enough"),
        ("Clients with “high” resistance.", 'Clients with "high" resistance'),
        ("Drop-out — again", "Drop\u2010out - again"),
        ("Rønnestad’s view", "Ronnestad's view"),
        ("Řiháček and Fagernäs", "Rihacek and Fagernas"),
    ],
)
def test_a_title_is_the_same_in_other_case_accents_and_punctuation(one: str, other: str) -> None:
    assert identify(Month(2021, 7), one) == identify(Month(2021, 7), other)


def test_posts_of_other_months_or_titles_are_others() -> None:
    ids = {
        identify(Month(2021, 7), "Empathy"),
        identify(Month(2021, 8), "Empathy"),
        identify(Month(2021, 7), "Empathy and warmth"),
    }

    assert len(ids) == 3
    assert all(len(id_) == 12 and int(id_, 16) >= 0 for id_ in ids)


def test_an_id_is_twelve_hexadecimal_digits() -> None:
    assert is_id(identify(Month(2021, 7), "Empathy"))
    assert not any(map(is_id, ["", "0123456789a", "0123456789abc", "0123456789AB", "0123456789ag", "0123456789ab\n"]))


def test_topics_of_the_site_are_trusted_most_and_derived_ones_least() -> None:
    assert sorted(TopicOrigin, key=lambda origin: origin.rank) == ["site", "content", "derived"]


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_any_other(text: str) -> None:
    assert fold(f"{text} é") == f"{fold(text)} e".strip()


def test_folding_keeps_punctuation_and_words_drop_it() -> None:
    assert fold("  Drop\u2010Out\u00a0“Ž”  ") == 'drop-out "z"'
    assert words("Therapist’s drop-out: p < .01") == ["therapist", "s", "drop", "out", "p", "01"]
