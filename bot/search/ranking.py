"""From what a person asked to what tantivy computes.

Any word may occur and counts by BM25. Two telling words that stand near one another in the question add a little where
they stand so in a document. Phrases must occur. Filters narrow and count nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice, pairwise
from math import log

from tantivy import FieldType, Occur
from tantivy import Query as Compiled

from bot.folding import words
from bot.search.analysis import Word, read_compounds, read_words, stem, terms
from bot.search.index import SCHEMA, Index
from bot.search.query import Query, Years
from bot.search.stopwords import STOP_WORDS

PAIR_WEIGHT = 0.15
"""What a pair of words adds, as a share of what it would count as a phrase."""

PAIR_REACH = 3
"""How far apart the words of a pair may be, counting stop words between them: `quality of the life`."""

MOST_TERMS = 128
"""How many different words of one question count."""

COMPOUND_WEIGHT = 0.15
"""What `drop-out` adds where a document has `dropout`, beside what its parts count."""

RELATED_TERMS = 25
"""How many of a document's most telling words find what is like it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be computed.

    Attributes:
        compiled: the query for tantivy.
        ranked: whether its scores mean anything; where not, the newest documents come first.
    """

    compiled: Compiled
    ranked: bool


def plan(query: Query) -> Plan:
    """Return how to find a query's documents; an empty query has none."""
    wanted, narrowing = _wanted(query), list(_narrowing(query))
    if wanted:
        return Plan(_all_of(wanted, narrowing), ranked=True)
    if query.only_filters:
        return Plan(_all_of(Compiled.all_query(), narrowing), ranked=False)
    return Plan(Compiled.empty_query(), ranked=False)


def likeness(index: Index, document_id: str) -> Compiled:
    """Return what finds documents like one: its own most telling words, weighed by how telling they are."""
    own, count = index.terms_of(document_id), index.searcher.num_docs
    if not own:
        return Compiled.empty_query()
    weighed = [
        ((1 + log(times)) * log(count / frequency), term)
        for term, times in own.items()
        if term not in _STOP_TERMS and (frequency := index.searcher.doc_freq("text", term)) > 1
    ]
    telling = sorted(weighed, reverse=True)[:RELATED_TERMS]
    alike = [(Occur.Should, Compiled.boost_query(_term("text", term), weight)) for weight, term in telling]
    itself = (Occur.MustNot, _term("id", document_id))
    return Compiled.boolean_query([(Occur.Must, Compiled.boolean_query(alike)), itself])


def familiarity(index: Index, query: Query) -> float:
    """Return the share of the words of a query that documents have, each counting as much as it tells, from 0 to 1.

    A word tells as much as BM25 says: the fewer documents have it the more, and one that none has the most.
    """
    told = {word.term for said in (*query.words, *query.phrases) for word in read_words(said) if word.telling}
    count = index.searcher.num_docs
    frequency = {term: index.searcher.doc_freq("text", term) for term in told}
    weight = {term: log(1 + (count - having + 0.5) / (having + 0.5)) for term, having in frequency.items()}
    known = sum(weight[term] for term in told if frequency[term])
    return known / sum(weight.values()) if told else 1.0


_STOP_TERMS = frozenset(map(stem, STOP_WORDS))


def _all_of(wanted: Compiled, narrowing: Sequence[tuple[Occur, Compiled]]) -> Compiled:
    return Compiled.boolean_query([(Occur.Must, wanted), *narrowing]) if narrowing else wanted


def _wanted(query: Query) -> Compiled | None:
    """Return what counts: the phrases, all of them, and the words, any of them."""
    phrases = [(Occur.Must, phrase) for said in query.phrases if (phrase := _phrase("text", terms(said)))]
    optional = [*_any_words(query.words), *_compounds(query.words)]
    parts = [*phrases, *((Occur.Should, part) for part in optional)]
    return Compiled.boolean_query(parts) if parts else None


def _any_words(said: Iterable[str]) -> Iterator[Compiled]:
    all_words = [word for each in said for word in read_words(each)]
    telling = [(place, word) for place, word in enumerate(all_words) if word.telling] or list(enumerate(all_words))
    for term in islice(dict.fromkeys(word.term for _, word in telling), MOST_TERMS):
        yield _term("text", term)
    for first, second, distance in _pairs(telling[:MOST_TERMS]):
        yield Compiled.boost_query(Compiled.phrase_query(SCHEMA, "text", [(0, first), (distance, second)]), PAIR_WEIGHT)


def _compounds(said: Iterable[str]) -> Iterator[Compiled]:
    for term in dict.fromkeys(word.term for each in said for word in read_compounds(each)):
        yield Compiled.boost_query(_term("text", term), COMPOUND_WEIGHT)


def _pairs(telling: Sequence[tuple[int, Word]]) -> Iterable[tuple[str, str, int]]:
    """Return each two different terms that follow one another, with the distance between them, once."""
    return dict.fromkeys(
        (first.term, second.term, there - here)
        for (here, first), (there, second) in pairwise(telling)
        if there - here <= PAIR_REACH and first.term != second.term
    )


def _narrowing(query: Query) -> Iterator[tuple[Occur, Compiled]]:
    for author in query.authors:
        yield _must(_phrase("author", words(author)) or Compiled.empty_query())
    for names in query.topic_names:
        yield _must(_any_of([_term("topic", " ".join(words(name))) for name in names]))
    if query.years:
        yield _must(_within(query.years))
    for said in query.excluded:
        if phrase := _phrase("text", terms(said)):
            yield Occur.MustNot, phrase


def _within(years: Iterable[Years]) -> Compiled:
    both = reduce(lambda one, other: Years(max(one.first, other.first), min(one.last, other.last)), years)
    if both.first > both.last:
        return Compiled.empty_query()
    return Compiled.range_query(SCHEMA, "year", FieldType.Unsigned, both.first, both.last, use_inverted_index=True)


def _must(condition: Compiled) -> tuple[Occur, Compiled]:
    return Occur.Must, Compiled.const_score_query(condition, 0.0)


def _any_of(parts: Sequence[Compiled]) -> Compiled:
    return Compiled.boolean_query([(Occur.Should, part) for part in parts])


def _phrase(field: str, said: Sequence[str]) -> Compiled | None:
    """Return what finds these terms in this order; tantivy wants at least two for a phrase."""
    if not said:
        return None
    return _term(field, said[0]) if len(said) == 1 else Compiled.phrase_query(SCHEMA, field, list(said))


def _term(field: str, term: str) -> Compiled:
    return Compiled.term_query(SCHEMA, field, term)
