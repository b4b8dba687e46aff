import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.topics.catalogue import Catalogue, Topic
from bot.topics.index import How, TopicIndex
from bot.topics.loading import load_catalogue
from bot.topics.spelling import keys

SHIPPED = load_catalogue()
INDEX = TopicIndex(SHIPPED)
CBT = "Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)"
DROPOUT = "Attendance, Attrition, and Drop-Out"
TRANSFERENCE = "Transference and Countertransference"
ALLIANCE = "Alliance and Therapeutic Relationship"

anything = st.text(max_size=40) | st.sampled_from([word for topic in SHIPPED.topics for word in topic.words])


def names(topics: tuple[Topic, ...]) -> list[str]:
    return [topic.name for topic in topics]


@pytest.mark.parametrize(
    ("typed", "topic", "how"),
    [
        ("Adherance", "Adherance", How.NAME),
        ("client factors", "Client Factors", How.NAME),
        ("thérapist factors", "Therapist Factors", How.NAME),
        ("trauma or ptsd", "Trauma and/or PTSD", How.NAME),
        ("adherence", "Adherance", How.ALIAS),
        ("alliances", ALLIANCE, How.ALIAS),
        ("ptsd", "Trauma and/or PTSD", How.ALIAS),
        ("PTSD", "Trauma and/or PTSD", How.ALIAS),
        ("cbt", CBT, How.ALIAS),
        ("cognitive behavioral therapy", CBT, How.ALIAS),
        ("Cognitive-Behavioural Therapies", CBT, How.ALIAS),
        ("behavioural activation", CBT, How.ALIAS),
        ("drop out", DROPOUT, How.ALIAS),
        ("drop-outs", DROPOUT, How.ALIAS),
        ("dropout", DROPOUT, How.JOINED),
        ("counter transference", TRANSFERENCE, How.ALIAS),
        ("clientfactors", "Client Factors", How.JOINED),
        ("burn out", "Burnout", How.JOINED),
        ("anx", "Anxiety Disorders", How.PREFIX),
        ("group psycho", "Group Psychotherapy", How.PREFIX),
        ("narcissis", "Personality Disorders", How.PREFIX),
        ("behav activ", CBT, How.WORD_PREFIX),
        ("relationship", ALLIANCE, How.WORD_PREFIX),
        ("burnuot", "Burnout", How.NEAR),
        ("transferance", TRANSFERENCE, How.NEAR),
        ("attachmnt", "Attachment", How.NEAR),
        ("theraputic aliance", ALLIANCE, How.NEAR),
        ("meditation", "Mindfulness", How.ALIAS),
    ],
)
def test_words_climb_the_ladder_to_a_topic(typed: str, topic: str, how: How) -> None:
    found = INDEX.resolve(typed)
    assert found is not None
    assert (names(found.topics)[0], found.how, found.ambiguous) == (topic, how, False)


@pytest.mark.parametrize("typed", ["", " ", "-", "e", "zz", "qwertz", "ptds", "therapists who lost a patient", "🙂"])
def test_words_that_fit_nothing_are_left_to_the_search(typed: str) -> None:
    assert INDEX.resolve(typed) is None


def test_a_near_name_is_no_typing_error_when_the_archive_knows_the_words() -> None:
    assert INDEX.resolve("attainment", known=lambda _: True) is None
    assert INDEX.resolve("attainment", known=lambda word: word != "attainment") is not None


def test_one_unknown_word_is_enough_for_a_typing_error() -> None:
    found = INDEX.resolve("Working Aliance", known=lambda word: word == "working")
    assert found is not None
    assert found.topics[0].name == ALLIANCE


def test_a_name_beats_aliases_and_the_others_are_offered() -> None:
    for typed in ["burnout", "burnuot", "burn-out"]:
        found = INDEX.resolve(typed)
        assert found is not None
        assert (names(found.topics), found.matched) == (["Burnout"], "Burnout")
        assert sorted(names(found.also)) == [
            "Miscellaneous", "Self-Reflection and Awareness", "Therapist Factors", "Training",
        ]  # fmt: skip
        assert found.also[0].name == "Therapist Factors"


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("therapy", [CBT, "Combination Therapy", "Psychodynamic Therapy (PDT)", "Couple and Family Therapy",
                     "Online Therapy and Telepsychology", ALLIANCE]),
        ("psycho", ["Psychodynamic Therapy (PDT)", "Psychosis and Schizophrenia", "Group Psychotherapy",
                    "Interpersonal Psychotherapy (IPT)"]),
        ("trea", ["Treatment Length and Frequency", "Efficacy of Treatments"]),
        ("effectiven", ["Cost-effectiveness", "Efficacy of Treatments"]),
        ("client", ["Client Factors", "Client Preferences"]),
    ],
)  # fmt: skip
def test_a_beginning_offers_every_topic_with_such_a_word_in_its_name(typed: str, candidates: list[str]) -> None:
    found = INDEX.resolve(typed)
    assert found is not None
    assert (names(found.topics), found.ambiguous) == (candidates, True)


@given(st.sampled_from(SHIPPED.topics), st.data())
def test_whoever_types_a_beginning_of_a_word_of_a_name_is_led_to_it_or_offered_it(
    topic: Topic, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from([word for word in keys(topic.name) if len(word) > 3]))
    found = INDEX.resolve(word[: data.draw(st.integers(3, len(word) - 1))])
    assert found is not None
    assert found.how not in {How.PREFIX, How.WORD_PREFIX} or topic in found.topics


A = Topic("Art", 1, ("brush", "paint", "dry paint"), ("oil",))
B = Topic("Building", 2, ("oil", "paint", "wall"), ("timber",))
C = Topic("Cooking", None, (), ("oil", "timbale"))
SMALL = TopicIndex(Catalogue((A, B, C), ""))


def test_an_alias_of_several_topics_brings_all_of_them_the_earliest_first() -> None:
    found = SMALL.resolve("oil")
    assert found is not None
    assert (names(found.topics), found.ambiguous) == (["Building", "Cooking", "Art"], False)
    assert (found.matched, found.also) == ("oil", ())


def test_a_beginning_of_one_shared_alias_is_not_ambiguous() -> None:
    found = SMALL.resolve("pai")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.how) == (["Art", "Building"], False, How.PREFIX)


def test_a_beginning_of_several_words_is_ambiguous() -> None:
    found = SMALL.resolve("timb")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.how) == (["Building", "Cooking"], True, How.PREFIX)


def test_equally_near_words_of_several_topics_are_ambiguous() -> None:
    index = TopicIndex(Catalogue((Topic("Lantern", 1), Topic("Lanterk", 2)), ""))
    found = index.resolve("lanterx")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.how) == (["Lantern", "Lanterk"], True, How.NEAR)


def test_several_words_of_one_topic_are_not_ambiguous() -> None:
    found = TopicIndex(Catalogue((Topic("Art", 1, ("painting", "painters")),), "")).resolve("paint")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.matched) == (["Art"], False, "painting")


def test_one_name_that_begins_so_is_meant_unless_another_name_has_such_a_word() -> None:
    hall = Topic("Painted Halls", 3)
    index = TopicIndex(Catalogue((Topic("Walls", 2, ("paint pots",)), Topic("Painting", 1), hall), ""))
    found = index.resolve("paint")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.how) == (["Painting", "Painted Halls"], True, How.PREFIX)
    found = index.resolve("hal")
    assert found is not None
    assert (found.topics, found.matched, found.how) == ((hall,), "Painted Halls", How.WORD_PREFIX)


def test_without_a_name_that_begins_so_an_alias_may_be_meant_as_well() -> None:
    index = TopicIndex(Catalogue((Topic("Walls", 2, ("paint pots", "no paint")), Topic("Dry Paint", 1)), ""))
    found = index.resolve("pai")
    assert found is not None
    assert (names(found.topics), found.ambiguous, found.how) == (["Dry Paint", "Walls"], True, How.WORD_PREFIX)
    assert found.matched == "Dry Paint"


def test_names_go_before_aliases_in_every_rung() -> None:
    found = TopicIndex(Catalogue((Topic("Painting", 1), Topic("Walls", 2, ("paint pots",))), "")).resolve("pain")
    assert found is not None
    assert (names(found.topics), found.ambiguous) == (["Painting"], False)


def test_the_topics_keep_the_order_of_the_catalogue() -> None:
    assert INDEX.topics == SHIPPED.topics


def test_topics_are_found_by_name_alone() -> None:
    found = INDEX.find("trauma and/or ptsd")
    assert found is not None
    assert found.name == "Trauma and/or PTSD"
    assert INDEX.find("PTSD") is None
    assert INDEX.find("") is None


@pytest.mark.parametrize("topic", SHIPPED.topics, ids=lambda topic: topic.name)
def test_every_word_for_a_topic_leads_to_it(topic: Topic) -> None:
    for typed in topic.words:
        for variant in (typed, typed.upper(), typed.lower(), f" {typed} ", typed.replace(" ", "-")):
            found = INDEX.resolve(variant, known=lambda _: True)
            assert found is not None
            assert topic in (*found.topics, *found.also)
            assert not found.ambiguous


@pytest.mark.parametrize("topic", SHIPPED.topics, ids=lambda topic: topic.name)
def test_every_name_is_its_own_topic_before_any_other(topic: Topic) -> None:
    found = INDEX.resolve(topic.name)
    assert found is not None
    assert (found.topics, found.how) == ((topic,), How.NAME)
    assert INDEX.find(topic.name) == topic
    assert INDEX.complete(topic.name)[0] == topic


@given(anything, anything, st.booleans())
@example("ﹰ", "", False)
def test_whatever_is_typed_nothing_raises(one: str, other: str, known: bool) -> None:
    typed = f"{one} {other}"
    found = INDEX.resolve(typed, lambda _: known)
    assert found is None or found.topics
    assert found is None or len(set(found.topics + found.also)) == len(found.topics + found.also)
    assert found is None or found.matched in found.topics[0].words
    assert len(INDEX.complete(typed, 3)) <= 3
    INDEX.find(typed)


@given(st.sampled_from(SHIPPED.topics), st.data())
def test_two_letters_swapped_in_a_name_are_forgiven(topic: Topic, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(re.findall("[A-Za-z]{5,}", topic.name)))
    at = data.draw(st.integers(1, len(word) - 2))
    slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    found = INDEX.resolve(topic.name.replace(word, slip, 1))
    assert found is not None
    assert topic in found.topics
