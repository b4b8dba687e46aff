"""Every word for every topic, by how it is spelled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.topics.catalogue import Topic
from bot.topics.spelling import joined, keys


@dataclass(frozen=True, slots=True)
class Form:
    """One name or alias of one topic.

    Attributes:
        topic: whose it is.
        written: as the catalogue writes it.
        spelled: its keys, parted by blanks.
        place: its place among the topic's words; the name has 0.
    """

    topic: Topic
    written: str
    spelled: str
    place: int

    @property
    def named(self) -> bool:
        """Say whether this is the topic's name."""
        return self.place == 0

    def begins(self, spelled: str) -> bool:
        """Say whether it begins with some keys, the last of which may be a beginning."""
        return self.spelled.startswith(spelled)

    def holds(self, beginnings: Iterable[str]) -> bool:
        """Say whether each of some beginnings begins one of its words."""
        held = self.spelled.split()
        return all(any(word.startswith(beginning) for word in held) for beginning in beginnings)


def forms_of(topics: Iterable[Topic]) -> tuple[Form, ...]:
    """Return the forms of topics: the topics in their order, and of each its name first."""
    return tuple(
        Form(topic, written, " ".join(keys(written)), place)
        for topic in topics
        for place, written in enumerate(topic.words)
    )


def by_spelling(forms: Iterable[Form]) -> Mapping[str, list[Form]]:
    """Group forms by their keys."""
    return _grouped((form.spelled, form) for form in forms)


def by_joining(forms: Iterable[Form]) -> Mapping[str, list[Form]]:
    """Group forms by what they are as one word."""
    return _grouped((joined(form.written), form) for form in forms)


def _grouped(pairs: Iterable[tuple[str, Form]]) -> Mapping[str, list[Form]]:
    groups = defaultdict(list)
    for what, form in pairs:
        groups[what].append(form)
    return dict(groups)
