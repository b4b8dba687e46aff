"""Text as it is searched: the one reading of words that documents, queries, corrections and snippets share.

A word is a run of letters and digits; an apostrophe inside holds it together, a hyphen parts it (what it parts is also
known as one word, so that `dropout` finds `drop-out`). It is folded (case, accents), loses its possessive `'s` and its
apostrophes, gets one spelling for both sides of the Atlantic, and is stemmed, unless it is a stop word: "quite" is no
form of "quit". The index is fed the finished terms, parted by blanks, so it needs no tokenizer of ours, which would
have to be registered again at every opening, and cannot disagree with Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from bot.folding import fold
from bot.search.stopwords import STOP_WORDS
from bot.spelling import american


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        surface: the folded word, as a person would type it without thinking of case and accents.
        term: what it is searched by.
        start: where it begins in the text, in characters.
        end: where it ends.
        compound: whether it is a hyphenated word read as one; its parts are words of their own.
    """

    surface: str
    term: str
    start: int
    end: int
    compound: bool = False

    @property
    def telling(self) -> bool:
        """Whether the word can tell one text from another."""
        return self.surface not in STOP_WORDS


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    return (_placed(word, at) for word, at in _found(text) if not word.compound)


def read_compounds(text: str) -> Iterator[Word]:
    """Yield the hyphenated words of a text as if written in one: `drop-out` as `dropout`."""
    return (_placed(word, at) for word, at in _found(text) if word.compound)


def find_terms(text: str, wanted: frozenset[str]) -> Iterator[Word]:
    """Yield the words and compounds of a text that have one of some terms, in order, compounds before their parts."""
    telling = [chunk for chunk in set(text.split()) if not wanted.isdisjoint(_terms(chunk))]
    places = sorted((at, chunk) for chunk in telling for at in _places(chunk, text))
    for at, written in places:
        yield from (_placed(word, at + start) for word, start in _found(written) if word.term in wanted)


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, those of stop words included."""
    return [word.term for word in read_words(text)]


def readings(text: str) -> list[Word]:
    """Return the words and compounds of a text in order, without saying where they are: for this it is quick."""
    return [word for token in _TOKEN.findall(text) for word in _read(token)]


def stem(surface: str) -> str:
    """Return the term of a folded word."""
    return next(iter(terms(surface)), "")


_LETTERS = r"[^\W_]+(?:(?:['’ʼ]|[\u0300-\u036f\u00ad]+)[^\W_]+)*"
"""Held together by an apostrophe, by accents that stand apart from their letters, and by soft hyphens."""

_WORD = re.compile(_LETTERS)
_TOKEN = re.compile(rf"{_LETTERS}(?:[-‐‑]{_LETTERS})*")
_POSSESSIVE = re.compile(r"'s$")
_LONGEST_WORD = 60
"""In characters; what is longer is no word but a link or a mistake, and is known by its beginning."""


def _stemmer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


_STEMMER = _stemmer()


def _found(text: str) -> Iterator[tuple[Word, int]]:
    """Yield each word and compound as it lies in its token, and where the token begins."""
    for token in _TOKEN.finditer(text):
        for word in _read(token[0]):
            yield word, token.start()


def _placed(word: Word, at: int) -> Word:
    return Word(word.surface, word.term, word.start + at, word.end + at, word.compound)


@lru_cache(maxsize=1 << 17)
def _read(token: str) -> tuple[Word, ...]:
    """Return the words of a token; cached because a corpus says the same ones over and over."""
    parts = list(_WORD.finditer(token))
    whole = [_word(token, 0, compound=True)] if len(parts) > 1 else []
    return tuple(word for word in (*whole, *(_word(part[0], part.start()) for part in parts)) if word.term)


@lru_cache(maxsize=1 << 17)
def _terms(chunk: str) -> tuple[str, ...]:
    """Return the terms of what stands between two blanks; no word reaches over a blank."""
    return tuple(word.term for word, _ in _found(chunk))


def _places(chunk: str, text: str) -> Iterator[int]:
    """Yield where a chunk stands in a text between blanks."""
    start = text.find(chunk)
    while start >= 0:
        end = start + len(chunk)
        if not (text[start - 1 : start].strip() or text[end : end + 1].strip()):
            yield start
        start = text.find(chunk, end)


def _word(written: str, start: int, *, compound: bool = False) -> Word:
    bare = _POSSESSIVE.sub("", fold(written[:_LONGEST_WORD]))
    surface = "".join(char for char in bare if char.isalnum())
    term = surface if surface in STOP_WORDS else _STEMMER.analyze(american(surface))[0] if surface else ""
    return Word(surface, term, start, start + len(written), compound)
