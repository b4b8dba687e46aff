"""Topics as people list them, by the topics that ship with the bot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.topics.index import TopicIndex
from bot.topics.loading import load_catalogue
from bot.topics.several import read_topics

TOPICS = TopicIndex(load_catalogue())
NAMES = [topic.name for topic in TOPICS.topics]

moderate = settings(max_examples=60, deadline=None)


def unknown(_: str) -> bool:
    return False


def meant(words: str) -> list[tuple[str, ...]]:
    return [piece.names for piece in read_topics(words, TOPICS, unknown)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("burnout", [("Burnout",)]),
        ("burnout, empathy and grief", [("Burnout",), ("Empathy",), ("Grief and Loss",)]),
        ("burnout; empathy or ethics", [("Burnout",), ("Empathy",), ("Ethics",)]),
        ("burnout, and empathy & ethics", [("Burnout",), ("Empathy",), ("Ethics",)]),
        ("Attendance, Attrition, and Drop-Out, burnout", [("Attendance, Attrition, and Drop-Out",), ("Burnout",)]),
        ("trauma and/or ptsd", [("Trauma and/or PTSD",)]),
        ("burnuot", [("Burnout",)]),
        ("exposure", [("Anxiety Disorders", "Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)")]),
        ("client, xyzzy", [(), ()]),
        ("", []),
        (" , and ", [()]),
    ],
)
def test_a_list_is_parted_where_no_name_goes_on(words: str, names: list[tuple[str, ...]]) -> None:
    assert meant(words) == names


@moderate
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), st.sampled_from([", ", "; ", ", and "]))
def test_names_in_a_row_are_read_as_these_names(names: list[str], between: str) -> None:
    assert meant(between.join(names)) == [(name,) for name in names]


@moderate
@given(st.text(max_size=200) | st.lists(st.sampled_from(["and", ",", "or", "&", "burnout", "x"])).map(" ".join))
def test_any_text_is_read_and_no_word_of_it_is_passed_over(text: str) -> None:
    read = " ".join(piece.words for piece in read_topics(text, TOPICS, unknown))

    assert {word for word in read.split() if word.isalpha()} >= {
        word for word in text.split() if word.isalpha() and word.casefold() not in {"and", "or"}
    }


def test_a_list_that_is_endless_is_read_to_its_sixtieth_piece() -> None:
    pieces = read_topics("ab, " * 3000, TOPICS, unknown)

    assert len(pieces) == 60
    assert pieces[-1].words.startswith("ab, ab, ab")
