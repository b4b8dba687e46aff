"""Mistyped words and what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.typos import Vocabulary

KNOWN = Vocabulary(
    [("burnout", 4), ("therapist", 9), ("therapists", 3), ("mood", 5), ("food", 2), ("wood", 1), ("abc1", 9)]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("burnuot", "burnout"),
        ("burnot", "burnout"),
        ("burnoout", "burnout"),
        ("bornout", "burnout"),
        ("therapst", "therapist"),
        ("tehrapits", "therapist"),
        ("moud", "mood"),
        ("fodo", "food"),
    ],
)
def test_one_letter_is_put_right_and_two_in_long_words(typed: str, meant: str) -> None:
    assert KNOWN.nearest(typed) == meant


@pytest.mark.parametrize("typed", ["brunuot", "xxxxxxxx", "moo", "abd1", "", "\ud800"])
def test_what_is_too_far_too_short_or_no_word_is_left_alone(typed: str) -> None:
    assert KNOWN.nearest(typed) is None


def test_the_first_letter_counts_before_frequency_and_frequency_before_the_alphabet() -> None:
    assert Vocabulary([("hood", 9), ("wool", 1)]).nearest("wood") == "wool"
    assert Vocabulary([("wool", 2), ("wolf", 3)]).nearest("woof") == "wolf"
    assert Vocabulary([("wool", 3), ("wolf", 3)]).nearest("woof") == "wolf"


@given(st.text("abcdefgh", min_size=4, max_size=12), st.integers(0, 11), st.sampled_from("abcdefgh"))
def test_a_word_with_one_letter_changed_is_put_right(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    assert Vocabulary([(word, 1)]).nearest(word[:at] + letter + word[at + 1 :]) == word
