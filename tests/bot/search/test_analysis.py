"""How words are read, alike everywhere."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis import find_terms, read_compounds, read_words, readings, stem, terms
from bot.search.stopwords import STOP_WORDS
from bot.spelling import american


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("the therapist’s patients' drop-outs", ["the", "therapist", "patients", "drop", "outs"]),
        ("O'Neil doesn’t", ["oneil", "doesnt"]),
        ("Fagernäs, Rønnestad & Straße", ["fagernas", "ronnestad", "strasse"]),
        (unicodedata.normalize("NFD", "Fagernäs café"), ["fagernas", "cafe"]),
        ("coun\u00adselling", ["counselling"]),
        ("snake_case, β = −.31; N=2,223", ["snake", "case", "β", "31", "n", "2", "223"]),
        ("🙂 \ud800 ’ -", []),
    ],
)
def test_words_are_read_as_a_person_would_type_them(text: str, surfaces: list[str]) -> None:
    assert [word.surface for word in read_words(text)] == surfaces


def test_a_word_has_its_stem_for_a_term() -> None:
    assert terms("Therapists treating the treated therapist") == ["therapist", "treat", "the", "treat", "therapist"]
    assert stem("therapists") == "therapist"


def test_stop_words_are_not_telling_whatever_their_apostrophes() -> None:
    assert [word.telling for word in read_words("Doesn’t the burnout")] == [False, False, True]


def test_terms_are_found_where_they_lie_compounds_before_their_parts() -> None:
    text = "Drop-outs drop out of treating: treat them."
    found = [
        (text[word.start : word.end], word.start) for word in find_terms(text, frozenset({"drop", "dropout", "treat"}))
    ]
    assert found == [("Drop-outs", 0), ("Drop", 0), ("drop", 10), ("treating", 22), ("treat", 32)]


def test_what_hyphens_part_is_also_one_word() -> None:
    text = "A drop-out’s well‐being, state-of-the-art; a - b -c"
    assert [word.surface for word in read_compounds(text)] == ["dropout", "wellbeing", "stateoftheart"]
    assert next(text[word.start : word.end] for word in read_compounds(text)) == "drop-out’s"


def test_a_link_is_known_by_its_beginning() -> None:
    assert len(readings("x" * 10_000)[0].surface) < 100


@given(st.text())
def test_words_lie_in_the_text_in_order_and_terms_hold_no_blanks(text: str) -> None:
    found = list(read_words(text))
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert [word.term for word in found] == terms(text)
    assert [word.term for word in readings(text) if not word.compound] == terms(text)
    assert all(term.split() == [term] for term in terms(text))
    assert all(text[word.start : word.end].strip() for word in found)


@pytest.mark.parametrize(
    ("british", "spelled_american"),
    [
        ("behaviour", "behavior"),
        ("behavioural", "behavioral"),
        ("misbehaviour", "misbehavior"),
        ("tumours", "tumors"),
        ("favourite", "favorite"),
        ("randomised", "randomized"),
        ("organisation", "organization"),
        ("generalised", "generalized"),
        ("stigmatising", "stigmatizing"),
        ("analyse", "analyze"),
        ("counselling", "counseling"),
        ("counsellors", "counselors"),
        ("travelled", "traveled"),
        ("enrolment", "enrollment"),
        ("fulfil", "fulfill"),
        ("skilful", "skillful"),
        ("centre", "center"),
        ("centred", "centered"),
        ("defence", "defense"),
        ("practising", "practicing"),
        ("programmes", "programs"),
        ("dialogue", "dialog"),
        ("ageing", "aging"),
        ("judgement", "judgment"),
        ("grey", "gray"),
        ("paediatric", "pediatric"),
        ("anaesthesia", "anesthesia"),
        ("leukaemia", "leukemia"),
        ("oestrogen", "estrogen"),
        ("foetal", "fetal"),
        ("diarrhoea", "diarrhea"),
    ],
)
def test_both_spellings_have_one_term(british: str, spelled_american: str) -> None:
    assert stem(british) == stem(spelled_american)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "hour",
            "four",
            "course",
            "journal",
            "laboratory",
            "exercise",
            "supervised",
            "promise",
            "surprise",
            "expertise",
        ),
        *(
            "otherwise",
            "disease",
            "raised",
            "noise",
            "calling",
            "controlling",
            "level",
            "selling",
            "analyses",
            "crisis",
        ),
        *("increased", "programmed", "does", "israel", "michael", "shoe", "mourning"),
    ],
)
def test_words_without_a_second_spelling_stay_as_they_are(word: str) -> None:
    assert american(word) == word


def test_stop_words_are_folded() -> None:
    assert all(word.isalpha() and word == word.casefold() for word in STOP_WORDS)


def test_stop_words_are_no_forms_of_other_words() -> None:
    assert terms("quite quit quits") == ["quite", "quit", "quit"]
