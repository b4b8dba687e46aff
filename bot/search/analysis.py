"""Text as it is searched: the one reading of words that documents, queries, corrections and snippets share.

A word is a run of letters and digits; an apostrophe inside holds it together, a hyphen parts it. It is folded (case,
accents), loses its possessive `'s` and its apostrophes, gets one spelling for both sides of the Atlantic, and is
stemmed. The index is fed the finished terms, parted by blanks, so it needs no tokenizer of ours, which would have to be
registered again at every opening, and cannot disagree with Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from bot.folding import fold
from bot.search.spelling import american
from bot.search.stopwords import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        surface: the folded word, as a person would type it without thinking of case and accents.
        term: what it is searched by.
        start: where it begins in the text, in characters.
        end: where it ends.
    """

    surface: str
    term: str
    start: int
    end: int

    @property
    def telling(self) -> bool:
        """Whether the word can tell one text from another."""
        return self.surface not in STOP_WORDS


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    for match in _WORD.finditer(text):
        surface, term = _reading(match[0])
        if term:
            yield Word(surface, term, match.start(), match.end())


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, those of stop words included."""
    return [term for _, term in map(_reading, _WORD.findall(text)) if term]


def forms(text: str) -> list[tuple[str, str]]:
    """Return the surface and the term of each word of a text, in order."""
    return [reading for reading in map(_reading, _WORD.findall(text)) if reading[1]]


def stem(surface: str) -> str:
    """Return the term of a folded word."""
    return _reading(surface)[1]


_WORD = re.compile(r"[^\W_]+(?:(?:['’ʼ]|[\u0300-\u036f\u00ad]+)[^\W_]+)*")
"""Held together by an apostrophe, by accents that stand apart from their letters, and by soft hyphens."""

_POSSESSIVE = re.compile(r"'s$")
_LONGEST_WORD = 60
"""In characters; what is longer is no word but a link or a mistake, and is known by its beginning."""


def _stemmer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


_STEMMER = _stemmer()


@lru_cache(maxsize=1 << 17)
def _reading(word: str) -> tuple[str, str]:
    """Return surface and term; cached because a corpus says the same words over and over."""
    bare = _POSSESSIVE.sub("", fold(word[:_LONGEST_WORD]))
    surface = "".join(char for char in bare if char.isalnum())
    return surface, _STEMMER.analyze(american(surface))[0] if surface else ""
