"""Finding the topics that a person means, however they put it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.folding import words as folded_words
from bot.topics.catalogue import Catalogue, Topic
from bot.topics.completing import completions
from bot.topics.forms import Form, by_joining, by_spelling, forms_of
from bot.topics.nearness import nearest
from bot.topics.spelling import joined, keys

_SHORTEST_BEGINNING = 3  # letters; fewer begin too many words to mean one


class How(StrEnum):
    """How words were understood, the surest way first."""

    NAME = "name"
    ALIAS = "alias"
    JOINED = "joined"
    PREFIX = "prefix"
    WORD_PREFIX = "word prefix"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was understood.

    Attributes:
        topics: the topics meant, the best first; the candidates when ambiguous.
        how: which rung of the ladder it was.
        matched: the name or alias of the first topic that fitted, as the catalogue writes it.
        ambiguous: the words fit several topics equally, and the person has to choose.
        also: further topics, where the words are the name of the first and an alias of these.
    """

    topics: tuple[Topic, ...]
    how: How
    matched: str
    ambiguous: bool = False
    also: tuple[Topic, ...] = ()


class TopicIndex:
    """The topics of a catalogue by every word for them. Whatever is typed, nothing raises."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._topics = catalogue.topics

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic, in the order of the catalogue."""
        return self._topics

    def find(self, name: str) -> Topic | None:
        """Return the topic of this very name; only case, accents, punctuation and spelling variants do not count."""
        forms = self._by_spelling.get(" ".join(keys(name)), ())
        return next((form.topic for form in forms if form.named), None)

    def resolve(self, words: str, known: Callable[[str], bool] = lambda _: False) -> Resolution | None:
        """Return the topics that words stand for, or `None` when they stand for none and can only be searched for.

        The ladder: a name or alias; one as a single word; the beginning of one or of words in it; a near one.

        Args:
            words: as typed.
            known: says whether the archive holds a folded word. A near name is a typing error only if the archive
                lacks one of the words; otherwise "attainment" would bring Attachment.
        """
        spelled = " ".join(keys(words))
        return (
            _same(self._by_spelling.get(spelled, ()), How.ALIAS)
            or _same(self._by_joining.get(joined(words), ()), How.JOINED)
            or self._one_of(self._begun(spelled), lambda form: _how_begun(form, spelled))
            or self._one_of(self._near(words, spelled, known), lambda _: How.NEAR)
        )

    def complete(self, typed: str, limit: int = 25) -> tuple[Topic, ...]:
        """Return topics to offer while someone types, the likeliest first; for empty text all of them, by name."""
        return completions(self._forms, typed)[:limit]

    @cached_property
    def _forms(self) -> tuple[Form, ...]:
        return forms_of(self._topics)

    @cached_property
    def _by_spelling(self) -> Mapping[str, list[Form]]:
        return by_spelling(self._forms)

    @cached_property
    def _by_joining(self) -> Mapping[str, list[Form]]:
        return by_joining(self._forms)

    def _one_of(self, forms: Sequence[Form], how: Callable[[Form], How]) -> Resolution | None:
        """Answer with topics whose words all fitted alike; ambiguous when there are several words of several topics."""
        if not forms:
            return None
        first, topics = forms[0], _topics(forms)
        if len({form.spelled for form in forms}) == 1:
            return _same(self._by_spelling[first.spelled], how(first))
        return Resolution(topics, how(first), first.written, ambiguous=len(topics) > 1)

    def _begun(self, spelled: str) -> Sequence[Form]:
        """Return the names that begin so or have words that begin so: which of them is meant, the words do not say.

        If no name begins so, an alias that does may be meant as well; if none does, an alias that has such words.
        """
        if len(spelled) < _SHORTEST_BEGINNING:
            return ()
        beginning = [form for form in self._forms if form.begins(spelled)]
        holding = self._holding(spelled.split())
        if names := _names(beginning):
            return [*names, *_names(holding)]
        return [*_names(holding), *beginning] or holding

    def _holding(self, typed: list[str]) -> Sequence[Form]:
        if any(len(word) < _SHORTEST_BEGINNING for word in typed):
            return ()
        return [form for form in self._forms if form.holds(typed)]

    def _near(self, words: str, spelled: str, known: Callable[[str], bool]) -> Sequence[Form]:
        if all(known(word) for word in folded_words(words)):
            return ()
        near = [form for near in nearest(spelled, self._by_spelling) for form in self._by_spelling[near]]
        return _names(near) or near


def _same(forms: Iterable[Form], how: How) -> Resolution | None:
    """Answer with topics that share one word: the one it is the name of, else all, the earliest mention first."""
    ordered = sorted(forms, key=lambda form: form.place)
    if not ordered:
        return None
    first, topics = ordered[0], _topics(ordered)
    if first.named:
        return Resolution(topics[:1], How.NAME if how is How.ALIAS else how, first.written, also=topics[1:])
    return Resolution(topics, how, first.written)


def _how_begun(form: Form, spelled: str) -> How:
    return How.PREFIX if form.begins(spelled) else How.WORD_PREFIX


def _names(forms: Iterable[Form]) -> list[Form]:
    return [form for form in forms if form.named]


def _topics(forms: Iterable[Form]) -> tuple[Topic, ...]:
    return tuple(dict.fromkeys(form.topic for form in forms))
