import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.spelling import joined, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alliances", "alliance"),
        ("therapies", "therapy"),
        ("illnesses", "illness"),
        ("SSRIs", "ssri"),
        ("analyses", "analysis"),
        ("behavioural", "behavioral"),
        ("humour", "humor"),
        ("generalised", "generalized"),
        ("counselling", "counseling"),
        ("counsellors", "counselor"),
        ("person-centred", "person-centered"),
        ("centre", "center"),
        ("programmes", "program"),
        ("paediatric", "pediatric"),
        ("thérapist", "Therapist"),
        ("the therapist’s effects", "therapist effect"),
        ("rupture and repair", "rupture-repair"),
    ],
)
def test_variants_of_a_word_have_the_same_key(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("medical", "medication"), ("personal", "personality"), ("hour", "hor"), ("crisis", "crisi"), ("ors", "or")],
)
def test_words_that_mean_other_things_keep_their_own_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_little_words_count_where_there_are_no_others() -> None:
    assert keys("of the") == ("of", "the")


@pytest.mark.parametrize("written", ["drop-outs", "drop out", "Dropout", "drop outs"])
def test_joined_words_forget_where_they_were_parted(written: str) -> None:
    assert joined(written) == "dropout"


@given(st.text())
def test_any_text_has_keys(text: str) -> None:
    assert all(keys(text))
    assert joined(text) == "".join(joined(text).split())
