"""The topics nearest to a question."""

from bot.meaning.naming import TopicSense, described
from bot.store.vectors import SqlVectors
from bot.topics.catalogue import Topic
from bot.topics.loading import load_catalogue
from tests.bot.meaning.clinic import Counting


def test_the_topics_nearest_in_meaning_come_first(ready: SqlVectors, meaning: Counting) -> None:
    sense = TopicSense(load_catalogue().topics, ready)
    near = sense.nearest(meaning.embed("my client lost her husband"), 2)
    assert near[0].name == "Grief and Loss"
    assert len(near) == 2


def test_topics_without_vectors_are_not_named(vectors: SqlVectors, meaning: Counting) -> None:
    assert TopicSense(load_catalogue().topics, vectors).nearest(meaning.embed("grief"), 2) == ()


def test_a_topic_is_described_by_its_words() -> None:
    assert described(Topic("Grief", 1, aliases=("loss", "mourning"))) == "Grief: Grief, loss, mourning"
