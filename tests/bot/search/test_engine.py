"""What questions find."""

from pathlib import Path

import pytest

from bot.search.documents import Document
from bot.search.engine import Hit, SearchEngine
from bot.search.query import Query, Years, parse_query
from tests.bot.search.invented import CLINIC, Given, numbered

CLINIC_ENGINE = SearchEngine(Given(CLINIC))


def found(text: str, engine: SearchEngine = CLINIC_ENGINE) -> list[str]:
    return [hit.id for hit in engine.search(parse_query(text), limit=100).hits]


def test_a_question_in_plain_words_finds_what_it_is_about_first() -> None:
    assert found("does therapist burnout hurt patients?")[0] == "burnout"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("patients’ lives", "burnout"),
        ("behavior", "empathy"),
        ("behaviour", "empathy"),
        ("counseling", "training"),
        ("randomized", "training"),
        ("drop-outs", "groups"),
        ("dropout", "groups"),
        ("GRIEF", "groups"),
        ("the grief", "groups"),
    ],
)
def test_forms_spellings_and_stop_words_do_not_matter(question: str, first: str) -> None:
    assert found(question)[0] == first


def test_stop_words_alone_are_searched_for() -> None:
    assert set(found("was")) == {"burnout", "groups"}


def test_words_that_stand_together_count_more() -> None:
    apart = Document("apart", "", "quality and other things and then life here", newest=2)
    together = Document("together", "", "quality of life and other things and then", newest=1)
    assert found("life quality of life", SearchEngine(Given([apart, together])))[0] == "together"


def test_a_hyphenated_word_finds_it_written_as_one() -> None:
    engine = SearchEngine(Given([Document("one", "", "Few dropouts.")]))
    assert found("drop-out", engine) == ["one"]
    assert found("drop out", engine) == []


def test_a_title_counts_more_than_text() -> None:
    in_text = Document("text", "Sleep", "grief", newest=2)
    in_title = Document("title", "Grief", "sleep", newest=1)
    assert found("grief", SearchEngine(Given([in_text, in_title]))) == ["title", "text"]


def test_a_phrase_has_to_occur_word_for_word() -> None:
    assert found('"quality of life"') == ["burnout"]
    assert found('"quality of life" grief') == ["burnout"]
    assert found('"grief"') == ["groups"]


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    engine = SearchEngine(Given([Document("d", "Sleep", "sleep and grief")]))
    assert engine.search(parse_query('"sleep sleep"')).loosened
    assert not engine.search(parse_query('"sleep and"')).loosened


def test_a_phrase_that_nothing_has_is_loosened_and_that_is_said() -> None:
    results = CLINIC_ENGINE.search(parse_query('"poorer grief"'))
    assert results.loosened
    assert {hit.id for hit in results.hits} == {"burnout", "groups"}
    assert results.query == Query(words=("poorer", "grief"))


def test_nothing_found_stays_nothing_found() -> None:
    results = CLINIC_ENGINE.search(parse_query('"zzzz xxxx"'))
    assert (results.hits, results.total, results.loosened) == ((), 0, False)
    assert results.query == parse_query('"zzzz xxxx"')


def test_excluded_words_and_phrases_keep_documents_out() -> None:
    assert found("life -grief") == ["burnout"]
    assert found('life -"single sessions"') == ["burnout"]
    assert found("-life") == ["empathy", "training"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("author:jong", ["burnout", "groups"]),
        ('author:"de Jong"', ["burnout"]),
        ('author:"Jong de"', []),
        ("author:sorensen", ["burnout"]),
        ("author:lie", ["empathy"]),
        ("author:nissen-lie", ["empathy"]),
        ("author:o’neil", ["groups"]),
        ("topic:grief", ["groups"]),
        ('topic:"therapist factors"', ["burnout"]),
        ("topic:therapist", []),
        ("year:2018", ["burnout"]),
        ("year:2019..2021", ["burnout", "groups"]),
        ("year:>=2016 year:<2020", ["burnout", "groups", "empathy"]),
        ("year:>2018 year:<2019", []),
        ("author:jong year:2019 topic:grief", ["groups"]),
        ("author:x-", []),
    ],
)
def test_filters_alone_list_the_newest_first(filters: str, expected: list[str]) -> None:
    assert found(filters) == expected


def test_filters_narrow_what_words_find_without_changing_how_well() -> None:
    free = CLINIC_ENGINE.search(parse_query("life"))
    narrowed = CLINIC_ENGINE.search(parse_query("life author:jong year:2019"))
    assert narrowed.hits == tuple(hit for hit in free.hits if hit.id == "groups")


def test_a_topic_means_any_of_the_names_it_was_resolved_to() -> None:
    query = parse_query("topic:feelings").resolved([("Empathy", "Grief")])
    assert {hit.id for hit in CLINIC_ENGINE.search(query).hits} == {"empathy", "groups"}


def test_an_empty_query_finds_nothing() -> None:
    assert found("🙂 -") == []
    assert CLINIC_ENGINE.search(Query()).total == 0
    assert CLINIC_ENGINE.search(Query(words=("ͺ",), phrases=("ͺ",), excluded=("ͺ",), authors=("🙂",))).total == 0


def test_equally_good_hits_come_newest_first_however_they_were_given() -> None:
    engine = SearchEngine(Given(numbered(30)[::-1]))
    assert found("burnout", engine) == [f"d{number}" for number in range(30)]
    assert found("-grief", engine) == [f"d{number}" for number in range(30)]


@pytest.mark.parametrize("question", ["burnout", "burnout therapist", "-grief"])
def test_pages_follow_one_another_without_gap_or_overlap(question: str) -> None:
    documents = [*numbered(17), *(Document(f"e{number}", "", "therapist burnout burnout") for number in range(6))]
    engine = SearchEngine(Given(documents))
    query = parse_query(question)
    pages = [engine.search(query, offset=offset, limit=5) for offset in range(0, 30, 5)]
    assert [hit for page in pages for hit in page.hits] == list(engine.search(query, limit=100).hits)
    assert {page.total for page in pages} == {23}


def test_odd_page_bounds_do_no_harm() -> None:
    assert CLINIC_ENGINE.search(parse_query("life"), limit=0).total == 2
    assert CLINIC_ENGINE.search(parse_query("life"), limit=-1).hits == ()
    assert len(CLINIC_ENGINE.search(parse_query("life"), offset=-3).hits) == 2
    assert CLINIC_ENGINE.search(parse_query("life"), offset=10**6).total == 2


def test_a_mistyped_word_is_corrected_and_that_is_said() -> None:
    results = CLINIC_ENGINE.search(parse_query("Burnuot and “quality of lfie” -greif author:jnog"))
    assert results.corrections == (("Burnuot", "burnout"), ("lfie", "life"))
    assert results.query == parse_query('burnout and "quality of life" -greif author:jnog')


def test_a_part_of_a_hyphenated_word_is_corrected_in_its_place() -> None:
    assert CLINIC_ENGINE.search(parse_query("burnuot-related")).query == Query(words=("burnout-related",))


def test_words_as_typed_are_kept_when_asked_for() -> None:
    results = CLINIC_ENGINE.search(parse_query("burnuot"), verbatim=True)
    assert (results.corrections, results.total) == ((), 0)


@pytest.mark.parametrize("known", ["therapist", "counsel", "behavior", "Sørensen's life", "doesn’t"])
def test_known_words_are_never_corrected(known: str) -> None:
    assert CLINIC_ENGINE.search(parse_query(known)).corrections == ()


def test_the_documents_words_are_known_in_every_form() -> None:
    assert CLINIC_ENGINE.knows("therapist")
    assert CLINIC_ENGINE.knows("behavioral")
    assert CLINIC_ENGINE.knows("drop-outs")
    assert not CLINIC_ENGINE.knows("burnout zzz")
    assert not CLINIC_ENGINE.knows("")


def test_related_documents_share_telling_words_and_never_include_itself() -> None:
    one = Document("one", "", "grief after loss of the child", newest=3)
    like = Document("like", "", "loss of the child and grief", newest=2)
    other = Document("other", "", "the training of the young", newest=1)
    engine = SearchEngine(Given([one, other, like]))
    assert engine.related("one") == ("like",)
    assert engine.related("like", limit=0) == ()
    assert engine.related("other") == ()


@pytest.mark.parametrize("unknown", ["nothing", "", "\ud800"])
def test_nothing_is_related_to_an_unknown_document(unknown: str) -> None:
    assert CLINIC_ENGINE.related(unknown) == ()


def test_no_documents_are_no_trouble(tmp_path: Path) -> None:
    engine = SearchEngine(Given([]), tmp_path / "index")
    assert engine.search(parse_query("burnuot year:2019 -x")).total == 0
    assert engine.related("x") == ()


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_looks_like_damage_again_in_a_new_index_is_an_error(tmp_path: Path, on_disk: bool) -> None:
    documents = Given(CLINIC)
    engine = SearchEngine(documents, tmp_path / "index" if on_disk else None)
    with pytest.raises(ValueError, match="year"):
        engine.search(Query(years=(Years(-2, -1),)))
    assert documents.read == 2


def test_memory_and_disk_answer_alike(tmp_path: Path) -> None:
    engine = SearchEngine(Given(CLINIC), tmp_path / "index")
    assert engine.search(parse_query("life patients")).hits == CLINIC_ENGINE.search(parse_query("life patients")).hits
    assert engine.search(parse_query("year:2019")).hits == (Hit("groups", 0.0),)
