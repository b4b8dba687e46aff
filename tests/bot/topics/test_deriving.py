from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Citation, Post, TopicLabel, TopicOrigin
from bot.topics.catalogue import Catalogue, Topic
from bot.topics.deriving import Deriver
from bot.topics.loading import load_catalogue
from tests.builders import a_post
from tests.strategies import posts

SHIPPED = load_catalogue()
DERIVER = Deriver(SHIPPED)

BARE: dict[str, Any] = {"title": "A study", "summary": ("We asked people.",), "citation": None, "implications": ()}


def derived(**given: Any) -> list[str]:
    return [label.name for label in DERIVER.derive(a_post(**(BARE | given)))]


def test_derived_topics_are_marked_and_in_alphabetical_order() -> None:
    labels = DERIVER.derive(a_post(title="Suicide after bereavement, and empathy", summary=("Nothing.",)))
    assert labels[0] == TopicLabel("Empathy", TopicOrigin.DERIVED)
    assert labels == tuple(sorted(labels))
    assert {label.origin for label in labels} == {TopicOrigin.DERIVED}


def test_one_word_in_a_title_is_enough() -> None:
    assert derived(title="Countertransference: a study") == ["Transference and Countertransference"]
    cited = Citation("Doe, J. (2020). On empathy. Journal of Termination, 1, 2.", title="On empathy")
    assert derived(citation=cited) == ["Empathy"]


def test_one_word_in_the_implications_or_an_unread_citation_is_enough() -> None:
    assert derived(implications=("They may risk burnout.",)) == ["Burnout", "Therapist Factors"]
    assert derived(citation=Citation("Doe 2020 On Empathy")) == ["Empathy"]


def test_the_summary_has_to_say_it_twice() -> None:
    assert derived(summary=("Empathy helped.",)) == []
    assert derived(summary=("Empathy helped.", "So therapists need empathy.")) == ["Empathy"]


def test_words_that_are_only_typed_tell_nothing() -> None:
    assert derived(title="The experience of a group: hope, race, other outcomes and education") == []


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("ACT for pain", ["Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)"]),
        ("When therapists act", []),
        ("SSRIs", ["Medications/Pharmacotherapy"]),
        ("PTSD in numbers", ["Trauma and/or PTSD"]),
        ("Drop-outs", ["Attendance, Attrition, and Drop-Out"]),
        ("Dropout", ["Attendance, Attrition, and Drop-Out"]),
        ("Therapists\u2019 well\u2010being", ["Burnout", "Therapist Factors"]),
        ("Therapist wellbeing", ["Burnout", "Therapist Factors"]),
        ("Cognitive behaviour therapies", ["Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)"]),
        ("Attachment anxiety", ["Attachment"]),
        ("Counsellors' self-efficacy", ["Client Factors"]),
        ("Of empathy, I sing", ["Empathy"]),
        ("The end of the therapy", ["Termination"]),
        ("What is the end? Of therapy", []),
        ("EMPATHY", ["Empathy"]),
        ("Emp\u00adathy", ["Empathy"]),
        ("Therape\u0301utic alliance", ["Alliance and Therapeutic Relationship"]),
        ("Miscellaneous", []),
    ],
)
def test_words_are_recognised_as_people_write_them(title: str, topics: list[str]) -> None:
    assert derived(title=title) == topics


LETTERS = Deriver(Catalogue(tuple(Topic(f"Topic{letter}", None, (letter * 3,)) for letter in "abcdefgh"), ""))


def letters(title: str, *implications: str) -> str:
    labels = LETTERS.derive(a_post(**(BARE | {"title": title, "implications": implications})))
    return "".join(label.name[-1] for label in labels)


def test_a_post_has_six_topics_at_most_the_first_mentioned_ones() -> None:
    assert letters("hhh ggg fff eee ddd ccc bbb aaa") == "cdefgh"


def test_what_is_said_more_often_goes_first() -> None:
    assert letters("hhh ggg fff eee ddd ccc bbb aaa", "aaa") == "adefgh"


def test_passing_mentions_make_clear_topics_up_to_five() -> None:
    assert letters("aaa bbb ccc", "ddd", "eee", "fff") == "abcde"
    assert letters("aaa bbb ccc ddd eee", "fff") == "abcde"
    assert letters("no words", "hhh ggg fff eee ddd ccc") == "defgh"


def test_overlapping_phrases_both_count_and_contained_ones_do_not() -> None:
    topics = (Topic("One", None, ("cold water",)), Topic("Two", None, ("water bed",)), Topic("Three", None, ("water",)))
    labels = Deriver(Catalogue(topics, "")).derive(a_post(**(BARE | {"title": "A cold water bed"})))
    assert [label.name for label in labels] == ["One", "Two"]


@given(posts())
def test_any_post_has_known_topics_and_keeps_them_when_read_again(post: Post) -> None:
    labels = DERIVER.derive(post)
    assert len(labels) <= 6
    assert {label.name for label in labels} <= {topic.name for topic in SHIPPED.topics}
    assert DERIVER.derive(post) == labels == Deriver(SHIPPED).derive(post)


@given(st.sampled_from([(topic, word) for topic in SHIPPED.topics for word in topic.telling]))
def test_every_telling_word_in_a_title_tells(telling: tuple[Topic, str]) -> None:
    topic, word = telling
    assert topic.name in derived(title=word)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5))
def test_any_words_can_be_aliases(words: list[str]) -> None:
    deriver = Deriver(Catalogue((Topic("Any", None, tuple(words)),), ""))
    assert len(deriver.derive(a_post(title=" ".join(words)))) <= 1
