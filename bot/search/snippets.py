"""The stretch of a text that shows why it was found, and the matching words in it.

All positions are characters of the source text, so what is shown is the source's own words, character for character.
(tantivy's highlighter counts UTF-8 bytes and knows only what is stored in the index.)
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.search.analysis import Word, find_terms, read_compounds, read_words
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
    wanted, room = _wanted(query), max(1, limit - len(_BEFORE) - len(_AFTER))
    best = _best(texts, wanted, room)
    if best is None:
        return ()
    before = [(_BEFORE, False)] if best.text[: best.start].strip() else []
    after = [(_AFTER, False)] if best.text[best.end :].strip() else []
    return (*before, *_runs(best.text, best.start, best.end, best.matches), *after)


def highlight(text: str, query: Query) -> tuple[Run, ...]:
    """Return a whole text with the query's words marked: runs that joined together are the text."""
    return tuple(_runs(text, 0, len(text), find_terms(text, _wanted(query))))


_BEFORE, _AFTER = "… ", " …"
_SENTENCE_GAP = re.compile(r"(?<=[.!?])[\"'”’)\]]*(?P<gap>\s+)(?=[^\W_a-z]|[\"'“‘(\[])")
_GAP = re.compile(r"\s+")


def _wanted(query: Query) -> frozenset[str]:
    said = (*query.words, *query.phrases)
    words = [word for each in said for word in (*read_words(each), *read_compounds(each))]
    return frozenset(word.term for word in words if word.telling) or frozenset(word.term for word in words)


def _best(texts: Sequence[str], wanted: frozenset[str], room: int) -> "_Stretch | None":
    best = None
    for text in filter(str.strip, texts):
        matches = list(find_terms(text, wanted))
        if best and not matches:
            continue
        stretch = _Paragraph(text, room).best(matches)
        if best is None or stretch.worth > best.worth:
            best = stretch
        if best.at_sentence and best.worth[0] == len(wanted):  # every word, from the beginning of a sentence
            break
    return best


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where in which text a stretch is, the matches in it, and whether it begins with a sentence that has one."""

    text: str
    start: int
    end: int
    matches: Sequence[Word]
    at_sentence: bool

    @property
    def worth(self) -> tuple[int, bool, int]:
        """What decides, in this order: how many different words, where it begins, how many words."""
        return len({word.term for word in self.matches}), self.at_sentence, len(self.matches)


class _Paragraph:
    """A text, and the good places to begin and end a stretch of at most so many characters."""

    def __init__(self, text: str, room: int) -> None:
        self._text, self._room = text, room
        self._begin, self._full = len(text) - len(text.lstrip()), len(text.rstrip())
        gaps = [gap.span("gap") for gap in _SENTENCE_GAP.finditer(text)]
        self._openings = [self._begin, *(end for _, end in gaps)]
        self._endings = [start for start, _ in gaps]

    def best(self, matches: Sequence[Word]) -> _Stretch:
        """Return the stretch that is worth most, the earliest of several."""
        if self._full - self._begin <= self._room:
            return _Stretch(self._text, self._begin, self._full, matches, at_sentence=bool(matches))
        openings = {self._openings[bisect_right(self._openings, match.start) - 1] for match in matches}
        latest = self._latest()
        starts = sorted({self._begin, *openings, *(min(match.start, latest) for match in matches)})
        return max((self._stretch(start, matches, start in openings) for start in starts), key=lambda each: each.worth)

    def _stretch(self, start: int, matches: Sequence[Word], at_sentence: bool) -> _Stretch:
        end = self._end(start)
        following = islice(matches, bisect_left(matches, start, key=lambda word: word.start), None)
        within = list(takewhile(lambda word: word.end <= end, following))
        return _Stretch(self._text, start, end, within, at_sentence=at_sentence and bool(within))

    def _latest(self) -> int:
        """Return the first beginning of a word from which the rest of the text fits."""
        place = self._full - self._room
        gap = _GAP.search(self._text, place - 1)
        return gap.end() if gap and gap.end() < self._full else place

    def _end(self, start: int) -> int:
        """Return where a stretch ends: with a sentence if that leaves most of it, else with a word."""
        longest = start + self._room
        if self._full <= longest:
            return self._full
        ending = bisect_right(self._endings, longest) - 1
        if ending >= 0 and self._endings[ending] >= start + self._room // 2:
            return self._endings[ending]
        cut = self._text[start : longest + 1]
        words = cut[:-1].rstrip() if cut[-1].isspace() else cut.rsplit(None, 1)[0]
        return start + min(len(words), self._room)


def _runs(text: str, start: int, end: int, matches: Iterable[Word]) -> Iterator[Run]:
    """Yield the text between two places as runs, none of them empty."""
    done = start
    for word in matches:
        if done <= word.start and word.end <= end:
            if done < word.start:
                yield text[done : word.start], False
            yield text[word.start : word.end], True
            done = word.end
    if done < end:
        yield text[done:end], False
