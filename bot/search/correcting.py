"""A query with its typing errors corrected."""

from collections.abc import Callable
from dataclasses import replace

from bot.search.analysis import Word, read_words
from bot.search.index import Index
from bot.search.query import Query
from bot.search.stopwords import STOP_WORDS

Correction = tuple[str, str]
"""What was typed, and the word that was used instead."""


def corrected(
    query: Query, index: Index, spelled: Callable[[str], bool] = lambda _: False
) -> tuple[Query, tuple[Correction, ...]]:
    """Return the query with every unknown word of its words and phrases made the nearest known one.

    A word that is spelled right stays, though no document has it.

    What is excluded and what filters say stays as it is: a wrong guess there would hide documents unseen.
    """
    used: dict[str, str] = {}

    def meant(typed: str) -> str:
        return _rewritten(typed, lambda word: _meant(word, typed, index, used, spelled))

    better = replace(query, words=tuple(map(meant, query.words)), phrases=tuple(map(meant, query.phrases)))
    return better, tuple(used.items())


def _meant(word: Word, text: str, index: Index, used: dict[str, str], spelled: Callable[[str], bool]) -> str:
    typed = text[word.start : word.end]
    if not word.telling or index.knows(word.surface, word.term) or spelled(word.surface):
        return typed
    near = index.vocabulary.nearest(word.surface)
    if near is None or near in STOP_WORDS:  # a word that tells nothing finds nothing
        return typed
    used[typed] = near
    return near


def _rewritten(text: str, meant: Callable[[Word], str]) -> str:
    """Return a text with each word put as it was meant and everything between the words as it was."""
    parts, done = [], 0
    for word in read_words(text):
        parts += [text[done : word.start], meant(word)]
        done = word.end
    return "".join([*parts, text[done:]])
