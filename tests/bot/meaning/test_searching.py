"""Searching by words and meaning at once, on both stores."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meaning.closeness import Closeness
from bot.meaning.minilm import MiniLm, shipped_vocabulary
from bot.meaning.searching import CLOSE, MeaningSearch, blend
from bot.search.documents import PostDocuments
from bot.search.engine import Hit, Results, SearchEngine
from bot.search.query import parse_query
from bot.store.archive import SqlArchive
from bot.store.vectors import SqlVectors
from tests.bot.meaning.clinic import FEES, GROUPS, LEAVING, SLEEP, Counting


@pytest.fixture
def search(clinic: SqlArchive, ready: SqlVectors, meaning: Counting) -> MeaningSearch:
    return MeaningSearch(SearchEngine(PostDocuments(clinic)), Closeness(clinic, ready), meaning)


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def test_a_question_finds_what_shares_no_word_with_it(search: MeaningSearch) -> None:
    found = search.search(parse_query("why do clients quit psychotherapy"))
    assert ids(found)[0] == LEAVING.id
    assert found.close
    assert not found.corrections


def test_words_still_find(search: MeaningSearch) -> None:
    assert ids(search.search(parse_query("queues")))[0] == FEES.id


def test_nothing_is_found_where_nothing_is_close(search: MeaningSearch) -> None:
    found = search.search(parse_query("recipe of tomato soup"))
    assert (found.hits, found.total, found.close) == ((), 0, False)
    assert found.vector


def test_words_that_tell_nothing_find_nothing_that_is_not_close(search: MeaningSearch) -> None:
    assert search.search(parse_query("who is it for")).total == 0
    assert search.search(parse_query('"after two meetings"')).total == 1


def test_a_mistyped_word_is_corrected_before_its_meaning_is_asked_for(search: MeaningSearch, meaning: Counting) -> None:
    found = search.search(parse_query("widwos greiving"))
    assert dict(found.corrections) == {"widwos": "widows"} | dict(found.corrections)
    assert meaning.given[-1].startswith("widows")
    assert ids(found)[0] == GROUPS.id


def test_words_can_be_kept_as_typed(search: MeaningSearch, meaning: Counting) -> None:
    assert not search.search(parse_query("widwos"), verbatim=True).corrections
    assert meaning.given[-1] == "widwos"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sad without rest topic:Depression", [SLEEP.id]),
        ("sad without rest year:2021", [GROUPS.id]),
        ("sadder mourning -widows", [SLEEP.id]),
        ('"a group of people" sad', [GROUPS.id]),
        ("loss and grief author:nobody", []),
    ],
)
def test_filters_hold_for_meaning_too(search: MeaningSearch, text: str, found: list[str]) -> None:
    assert ids(search.search(parse_query(text))) == found


def test_filters_alone_need_no_meaning(search: MeaningSearch, meaning: Counting) -> None:
    assert ids(search.search(parse_query("year:2021"))) == [GROUPS.id]
    assert not meaning.given


def test_pages_together_are_the_whole_list(search: MeaningSearch) -> None:
    query = parse_query("people who feel low after a meeting")
    whole = search.search(query, limit=10)
    pages = [search.search(query, offset=offset, limit=1) for offset in range(whole.total + 1)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total}
    assert search.search(query, offset=-1, limit=-1).hits == ()


def test_related_posts_are_the_nearest_in_meaning(search: MeaningSearch) -> None:
    assert search.related(LEAVING.id, 1) == (FEES.id,)
    assert search.related("no such post") == ()


def test_known_words_are_those_of_the_posts(search: MeaningSearch) -> None:
    assert search.knows("widow")
    assert not search.knows("soup")


def test_words_alone_find_until_the_vectors_are_there(
    clinic: SqlArchive, vectors: SqlVectors, meaning: Counting
) -> None:
    engine = SearchEngine(PostDocuments(clinic))
    search = MeaningSearch(engine, Closeness(clinic, vectors), meaning)
    for query in map(parse_query, ("widows", "why do clients quit", "quuees")):
        assert search.search(query) == engine.search(query)
    assert search.related(SLEEP.id) == engine.related(SLEEP.id)
    assert not meaning.given


def test_words_alone_find_where_the_model_is_broken_and_the_log_says_so_once(
    clinic: SqlArchive, ready: SqlVectors, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = SearchEngine(PostDocuments(clinic))
    broken = MiniLm(tmp_path / "missing.onnx", shipped_vocabulary())
    search = MeaningSearch(engine, Closeness(clinic, ready), broken)
    with caplog.at_level(logging.ERROR, "pprnet"):
        for _ in range(2):
            assert search.search(parse_query("widows")) == engine.search(parse_query("widows"))
    (record,) = caplog.records
    assert (record.__dict__["action"], "widows" in record.getMessage()) == ("meaning.failed", False)


hits = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50), max_size=6).map(
    lambda scores: [Hit(name, scores[name]) for name in sorted(scores, key=lambda name: -scores[name])]
)
closenesses = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1, 1), max_size=6)


@given(hits, closenesses, st.floats(0, 1))
def test_a_post_is_found_by_a_word_or_by_being_close(
    by_words: list[Hit], cosines: dict[str, float], share: float
) -> None:
    found = blend(by_words, cosines, share)
    close = {name for name, cosine in cosines.items() if cosine >= CLOSE}
    assert {hit.id for hit in found} == close | {hit.id for hit in by_words}
    assert len({hit.id for hit in found}) == len(found)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert all(0 <= hit.score <= 1 + 1e-9 for hit in found)


@given(hits, closenesses)
def test_what_is_best_by_both_is_best(by_words: list[Hit], cosines: dict[str, float]) -> None:
    found = blend(by_words, cosines)
    if by_words and max(cosines.values(), default=0) == cosines.get(by_words[0].id, 0) > 0:
        assert found[0].score == pytest.approx(1)


def test_words_and_meaning_count_half_and_half() -> None:
    assert blend([Hit("a", 8.0), Hit("b", 2.0)], {"b": 0.8, "c": 0.4, "d": 0.3, "a": -0.5}) == [
        Hit("b", 0.125 + 0.5),
        Hit("a", 0.5),
        Hit("c", 0.25),
    ]


def test_equal_posts_keep_their_order() -> None:
    assert [hit.id for hit in blend([], {"new": 0.5, "old": 0.5})] == ["new", "old"]
