"""The stretch of a text that shows why it was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis import terms
from bot.search.query import Query, parse_query
from bot.search.snippets import Run, highlight, snippet

LONG = (
    "Many therapists say that their work is rewarding. Some say that it is not, above all when caseloads grow. "
    "A survey of 1,200 clinicians – in three countries – asked about burnout. Burnout went with poorer outcomes for "
    "patients, and with more drop-outs! “Who looks after the carers?” is therefore a fair question. Supervision helped."
)
BURNOUT = parse_query("does burnout hurt patients?")


def shown(runs: tuple[Run, ...]) -> str:
    """Return runs as one text, matches in brackets."""
    return "".join(f"[{text}]" if match else text for text, match in runs)


def test_the_best_stretch_begins_and_ends_with_a_sentence() -> None:
    assert shown(snippet([LONG], BURNOUT, 130)) == (
        "… [Burnout] went with poorer outcomes for [patients], and with more drop-outs! …"
    )


def test_a_short_text_is_shown_whole() -> None:
    assert shown(snippet(["  Burnout is common. \n"], BURNOUT)) == "[Burnout] is common."


def test_the_paragraph_with_most_of_the_words_is_shown_and_the_first_of_equals() -> None:
    assert shown(snippet(["Burnout.", "Patients and burnout.", "Burnout, patients."], BURNOUT)).startswith("[Patients]")


def test_a_text_without_a_match_gives_its_beginning() -> None:
    assert shown(snippet(["", LONG, "Other."], parse_query("zzz"), 70)) == (
        "Many therapists say that their work is rewarding. …"
    )


@pytest.mark.parametrize("texts", [(), ("",), (" ", "\n")])
def test_nothing_to_show_shows_nothing(texts: tuple[str, ...]) -> None:
    assert snippet(texts, BURNOUT) == ()


def test_a_sentence_too_long_is_cut_between_words() -> None:
    endless = "word " * 50 + "burnout " + "other " * 50
    assert shown(snippet([endless], BURNOUT, 40)) == "… [burnout] other other other other …"


def test_a_match_near_the_end_brings_what_is_before_it() -> None:
    assert shown(snippet(["word " * 50 + "about burnout"], BURNOUT, 40)) == "… word word word word about [burnout]"


def test_a_text_without_blanks_is_cut_anywhere() -> None:
    (run, after) = snippet(["x" * 100], BURNOUT, 24)
    assert (run, after) == (("x" * 20, False), (" …", False))


def test_other_forms_of_the_words_are_marked_and_stop_words_are_not() -> None:
    assert shown(
        highlight("Does the therapist’s behaviour matter to patients’ lives?", parse_query("does “patient behavior”"))
    ) == ("Does the therapist’s [behaviour] matter to [patients]’ lives?")


def test_a_hyphenated_word_is_marked_as_one_where_it_was_searched_for_as_one() -> None:
    assert shown(highlight("Drop-out, dropouts, drop by drop", parse_query("dropout"))) == (
        "[Drop-out], [dropouts], drop by drop"
    )
    assert shown(highlight("Drop-out, dropouts", parse_query("drop-out"))) == "[Drop-out], [dropouts]"


def test_stop_words_alone_are_marked() -> None:
    assert shown(highlight("What is it?", parse_query("what it"))) == "[What] is [it]?"


def test_positions_are_characters_whatever_their_bytes() -> None:
    assert shown(highlight("🙂 “Fagernäs” – burnout", BURNOUT)) == "🙂 “Fagernäs” – [burnout]"


texts = st.text() | st.lists(
    st.sampled_from(
        ["burnout", "Burnout.", "patients’", "hurt? ", "“Ein", "é", "🙂", "x" * 30, " ", "\n", "  ", "B", "."]
    ),
    max_size=60,
).map(" ".join)


@given(st.lists(texts, max_size=3), st.integers(10, 120))
def test_what_is_shown_is_the_source_character_for_character(paragraphs: list[str], limit: int) -> None:
    runs = snippet(paragraphs, BURNOUT, limit)
    whole = "".join(text for text, _ in runs)
    assert len(whole) <= limit
    assert all(text for text, _ in runs)
    assert bool(runs) == any(paragraph.strip() for paragraph in paragraphs)
    stretch = "".join(text for text, _ in _without_ellipses(runs, paragraphs))
    assert any(stretch in paragraph for paragraph in paragraphs) or not runs
    assert all(set(terms(text)) <= {"burnout", "hurt", "patient"} for text, match in runs if match)


def _without_ellipses(runs: tuple[Run, ...], paragraphs: list[str]) -> tuple[Run, ...]:
    middle = runs[1:] if runs[:1] == (("… ", False),) else runs
    return middle[:-1] if middle[-1:] == ((" …", False),) else middle


@given(texts, texts.map(parse_query))
def test_a_highlighted_text_is_the_text(text: str, query: Query) -> None:
    assert "".join(run for run, _ in highlight(text, query)) == text


@given(st.lists(texts, max_size=3), st.text().map(parse_query))
def test_any_text_and_query_give_a_snippet(paragraphs: list[str], query: Query) -> None:
    assert all(match in {True, False} for _, match in snippet(paragraphs, query, 10))


@given(texts)
def test_a_text_with_a_match_shows_one(text: str) -> None:
    matched = {"burnout", "hurt", "patient"} & set(terms(text))
    assert bool(matched) == any(match for _, match in snippet([text], BURNOUT, 60))
