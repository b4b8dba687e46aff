"""The stretch of a text that shows why it was found, and the matching words in it.

All positions are characters of the source text, so what is shown is the source's own words, character for character.
(tantivy's highlighter counts UTF-8 bytes and knows only what is stored in the index.)
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.search.analysis import Word, read_words
from bot.search.query import Query

Run = tuple[str, bool]
"""Some text, and whether it matches."""


def snippet(texts: Sequence[str], query: Query, limit: int = 240) -> tuple[Run, ...]:
    """Return the best stretch of some texts for a query: the one with the most of its words, the earliest of several.

    Args:
        texts: paragraphs; a stretch never runs from one into the next.
        query: as it was run, so that corrected words match.
        limit: the greatest length in characters, ellipses included; at least 10.

    Returns:
        Runs that joined together are a stretch of one of the texts, cut at a sentence where possible and else between
        words; an ellipsis where text was left out is a run of its own, the first or the last. Texts without a match
        give their beginning.
    """
    wanted = _wanted(query)
    room = max(1, limit - len(_BEFORE) - len(_AFTER))
    stretches = [(text, _best(text, list(_matches(text, wanted)), room)) for text in texts if text.strip()]
    if not stretches:
        return ()
    text, best = max(stretches, key=lambda each: each[1].worth)
    before = [(_BEFORE, False)] if text[: best.start].strip() else []
    after = [(_AFTER, False)] if text[best.end :].strip() else []
    return (*before, *_runs(text, best.start, best.end, wanted), *after)


def highlight(text: str, query: Query) -> tuple[Run, ...]:
    """Return a whole text with the query's words marked: runs that joined together are the text."""
    return tuple(_runs(text, 0, len(text), _wanted(query)))


_BEFORE, _AFTER = "… ", " …"
_SENTENCE_START = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\W_a-z]|[\"'“‘(\[])")
_GAP = re.compile(r"\s+")


def _wanted(query: Query) -> frozenset[str]:
    words = [word for said in (*query.words, *query.phrases) for word in read_words(said)]
    return frozenset(word.term for word in words if word.telling) or frozenset(word.term for word in words)


def _matches(text: str, wanted: frozenset[str]) -> Iterator[Word]:
    return (word for word in read_words(text) if word.term in wanted)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a stretch begins and ends, and its worth: different words, a sentence's beginning, words, in this order."""

    start: int
    end: int
    worth: tuple[int, bool, int]


def _best(text: str, matches: Sequence[Word], room: int) -> _Stretch:
    """Return the stretch that is worth most, the earliest of several."""
    begin, full = len(text) - len(text.lstrip()), len(text.rstrip())
    if full - begin <= room:
        return _Stretch(begin, full, _worth(matches, at_sentence=True))
    sentences = [begin, *(gap.end() for gap in _SENTENCE_START.finditer(text))]
    openings = {sentences[bisect_right(sentences, match.start) - 1] for match in matches}
    latest = _latest(text, full - room)
    starts = sorted({begin, *openings, *(min(match.start, latest) for match in matches)})
    return max((_stretch(text, start, matches, room, openings) for start in starts), key=lambda stretch: stretch.worth)


def _stretch(text: str, start: int, matches: Sequence[Word], room: int, openings: Container[int]) -> _Stretch:
    end = _end(text, start, room)
    following = islice(matches, bisect_left(matches, start, key=lambda word: word.start), None)
    within = takewhile(lambda word: word.end <= end, following)
    return _Stretch(start, end, _worth(within, at_sentence=start in openings))


def _worth(matches: Iterable[Word], *, at_sentence: bool) -> tuple[int, bool, int]:
    terms = [word.term for word in matches]
    return len(set(terms)), at_sentence and bool(terms), len(terms)


def _latest(text: str, place: int) -> int:
    """Return the first beginning of a word from a place on: from there the rest of a text just fits."""
    gap = _GAP.search(text, max(place - 1, 0))
    return gap.end() if gap and gap.end() < len(text.rstrip()) else place


def _end(text: str, start: int, room: int) -> int:
    """Return where a stretch ends: with a sentence if that leaves most of it, else with a word."""
    full, longest = len(text.rstrip()), start + room
    if full <= longest:
        return full
    sentences = [gap.start() for gap in _SENTENCE_START.finditer(text, start, longest + 1)]
    ends = [end for end in sentences if end >= start + room // 2]
    ends = ends or [gap.start() for gap in _GAP.finditer(text, start + 1, longest + 1)]
    return max(ends, default=longest)


def _runs(text: str, start: int, end: int, wanted: frozenset[str]) -> Iterator[Run]:
    """Yield the text between two places as runs, none of them empty."""
    done = start
    for word in _matches(text, wanted):
        if start <= word.start and word.end <= end:
            if done < word.start:
                yield text[done : word.start], False
            yield text[word.start : word.end], True
            done = word.end
    if done < end:
        yield text[done:end], False
