"""The topics that are nearest in meaning to a question."""

from collections.abc import Sequence

from bot.meaning.directions import cosines
from bot.meaning.passages import key
from bot.ports.meaning import Vector, Vectors
from bot.topics.catalogue import Topic


def described(topic: Topic) -> str:
    """Return the text that gets a topic's vector: its name and the words that show in a text that it is about it."""
    return f"{topic.name}: {', '.join(topic.telling)}"


class TopicSense:
    """Compares topics with questions."""

    def __init__(self, topics: Sequence[Topic], vectors: Vectors) -> None:
        self._topics = topics
        self._vectors = vectors

    def nearest(self, vector: Vector, limit: int) -> tuple[Topic, ...]:
        """Return the topics nearest to a question, the nearest first; none without vectors."""
        keys = {key(described(topic)): topic for topic in self._topics}
        found = self._vectors.fetch(keys)
        near = dict(zip(found, cosines(vector, list(found.values())), strict=True))
        return tuple(keys[name] for name in sorted(near, key=lambda name: -near[name])[:limit])
