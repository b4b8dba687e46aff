"""Finding the telling words of all topics in a text, in one pass."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.folding import fold
from bot.topics.catalogue import Topic
from bot.topics.spelling import LITTLE, key

_WORD = re.compile(r"[^\W_]+|[.,;:!?()]")
_FOREIGN = "-"


class Phrases:
    """The telling words of topics, by their first word.

    A pass over a text looks each of its words up once and compares a phrase only where its first word stands.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        names = _names_by_phrase(topics)
        self._starting = _by_first_word(names)
        self._tokens = _Tokens(token for phrase in names for token in phrase)

    def mentions(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield the names of the topics of each phrase that stands in a text, unless a longer one contains it."""
        tokens = self._tokens.of(text)
        furthest = 0
        for start, first in enumerate(tokens):
            for phrase, names in self._starting.get(first, ()):
                end = start + len(phrase)
                if tokens[start:end] == phrase:
                    if end > furthest:
                        furthest = end
                        yield names
                    break


class _Tokens(dict[str, str]):
    """What each word of a text is compared by, remembered for the next time.

    An abbreviation that a topic has is itself, every other word its key; a word that no topic has, or punctuation,
    which no phrase reaches across, is foreign; a little word is nothing.
    """

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__()
        self._known = frozenset(known)

    def of(self, text: str) -> list[str]:
        """Return the tokens of a text in their order."""
        return [token for word in _words(text) if (token := self[word])]

    def __missing__(self, word: str) -> str:
        self[word] = token = self._token(word)
        return token

    def _token(self, word: str) -> str:
        if (short := _abbreviation(word)) in self._known:
            return short
        plain = _plain(word)
        return plain if plain in self._known or not plain else _FOREIGN


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def _abbreviation(word: str) -> str:
    single = word.removesuffix("s")
    return single if len(single) > 1 and single.isupper() else ""


def _plain(word: str) -> str:
    plain = key(fold(word))
    return "" if plain in LITTLE else plain


def _names_by_phrase(topics: Iterable[Topic]) -> Mapping[tuple[str, ...], Sequence[str]]:
    names = defaultdict[tuple[str, ...], list[str]](list)
    for topic in topics:
        for phrase in _phrases(topic):
            names[phrase].append(topic.name)
    return names


def _phrases(topic: Topic) -> set[tuple[str, ...]]:
    """Return the tokens of everything telling, hyphens read both ways: `well-being` and `wellbeing`."""
    variants = {variant for written in topic.telling for variant in (written, written.replace("-", ""))}
    return {tuple(_tokens(variant)) for variant in variants} - {()}


def _tokens(written: str) -> Iterator[str]:
    return filter(None, (_abbreviation(word) or _plain(word) for word in _words(written)))


def _by_first_word(
    names: Mapping[tuple[str, ...], Sequence[str]],
) -> Mapping[str, Sequence[tuple[list[str], tuple[str, ...]]]]:
    """Group phrases by their first word, the longest first."""
    groups = defaultdict[str, list[tuple[list[str], tuple[str, ...]]]](list)
    for phrase in sorted(names, key=len, reverse=True):
        groups[phrase[0]].append((list(phrase), tuple(names[phrase])))
    return dict(groups)
