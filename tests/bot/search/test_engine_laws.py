"""What holds for every question and any documents."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.folding import words
from bot.search.analysis import terms
from bot.search.documents import Document
from bot.search.engine import SearchEngine
from bot.search.query import Query, Years, parse_query
from tests.bot.search.invented import CLINIC, WORDS, Given, libraries, texts
from tests.bot.search.test_query import typed

CLINIC_ENGINE = SearchEngine(Given(CLINIC))


def found(text: str, engine: SearchEngine = CLINIC_ENGINE) -> list[str]:
    return [hit.id for hit in engine.search(parse_query(text), limit=100).hits]


@given(typed | st.text())
def test_any_text_can_be_searched_for(text: str) -> None:
    results = CLINIC_ENGINE.search(parse_query(text))
    assert len(results.hits) == min(results.total, 5)
    CLINIC_ENGINE.knows(text)


@settings(max_examples=40, deadline=None)
@given(libraries(), st.data())
def test_filters_agree_with_a_plain_look_at_every_document(documents: list[Document], data: st.DataObject) -> None:
    first = data.draw(st.integers(2012, 2019))
    query = Query(
        authors=data.draw(st.sampled_from([(), ("jong",), ("de Jong",), ("lie",)])),
        topics=data.draw(st.sampled_from([(), ("empathy",), ("group work", "grief"), ("group",)])),
        years=data.draw(st.sampled_from([(), (Years(first, first + 2),), (Years(first, 9999), Years(0, first + 1))])),
        excluded=data.draw(st.sampled_from([(), ("burnout",), ("therapist patient",)])),
    )
    expected = [document for document in documents if not query.empty and _satisfies(document, query)]
    hits = SearchEngine(Given(documents)).search(query, limit=100)
    by_id = {document.id: document for document in documents}
    assert {hit.id for hit in hits.hits} == {document.id for document in expected}
    assert hits.total == len(expected)
    ages = [by_id[hit.id].newest for hit in hits.hits]
    assert ages == sorted(ages, reverse=True)


def _satisfies(document: Document, query: Query) -> bool:
    return (
        all(any(_holds(words(author), words(name)) for author in document.authors) for name in query.authors)
        and all(words(name) in map(words, document.topics) for name in query.topics)
        and (not query.years or any(all(year in span for span in query.years) for year in document.years))
        and not any(
            _holds(terms(text), terms(said)) for text in (document.title, document.text) for said in query.excluded
        )
    )


def _holds(longer: list[str], shorter: list[str]) -> bool:
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer)))


@settings(max_examples=40, deadline=None)
@given(libraries(), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.data())
def test_a_corrected_search_finds_what_the_clean_word_finds(
    documents: list[Document], said: list[str], data: st.DataObject
) -> None:
    engine = SearchEngine(Given([*documents, Document("all", "", " ".join(WORDS))]))
    at = data.draw(st.integers(1, len(said[0]) - 1))
    mistyped = f"{said[0][:at]}x{said[0][at:]}"
    clean = engine.search(Query(words=tuple(said)))
    corrected = engine.search(Query(words=(mistyped, *said[1:])))
    assert corrected.corrections == ((mistyped, said[0]),)
    assert (corrected.hits, corrected.total) == (clean.hits, clean.total)


@settings(max_examples=40, deadline=None)
@given(libraries(), texts)
def test_words_find_exactly_the_documents_that_have_one_of_them(documents: list[Document], text: str) -> None:
    results = SearchEngine(Given(documents)).search(Query(words=tuple(text.split())), limit=100, verbatim=True)
    expected = {each.id for each in documents if set(terms(text)) & set(terms(f"{each.title} {each.text}"))}
    assert {hit.id for hit in results.hits} == expected
    assert results.total == len(expected)
