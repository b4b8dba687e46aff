"""What is offered while a topic is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.catalogue import Topic
from bot.topics.index import TopicIndex
from bot.topics.loading import load_catalogue

SHIPPED = load_catalogue()


INDEX = TopicIndex(SHIPPED)


CBT = "Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)"


TRANSFERENCE = "Transference and Countertransference"


def names(topics: tuple[Topic, ...]) -> list[str]:
    return [topic.name for topic in topics]


def test_nothing_typed_offers_every_topic_by_name() -> None:
    offered = names(INDEX.complete("", 100))
    assert offered == sorted(topic.name for topic in SHIPPED.topics)
    assert names(INDEX.complete("")) == offered[:25]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("burn", "Burnout"),
        ("burnu", "Burnout"),
        ("clientfac", "Client Factors"),
        ("atachm", "Attachment"),
        ("attacchm", "Attachment"),
        ("behaviou", CBT),
        ("counter", TRANSFERENCE),
        ("pts", "Trauma and/or PTSD"),
        ("react", "Resistance and Reactance"),
    ],
)
def test_completions_come_best_first_and_forgive_typing_errors(typed: str, first: str) -> None:
    assert INDEX.complete(typed)[0].name == first


@pytest.mark.parametrize("typed", ["qwertz", "💔", "—", '"', " ", "_"])
def test_what_becomes_nothing_completes_to_nothing(typed: str) -> None:
    assert INDEX.complete(typed) == ()


@given(st.sampled_from(SHIPPED.topics), st.data())
def test_while_a_name_is_typed_its_topic_is_on_offer(topic: Topic, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, len(topic.name)))
    assert topic in INDEX.complete(topic.name[:length], limit=100)
