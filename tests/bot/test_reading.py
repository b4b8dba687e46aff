"""Sentences, cuts, reading time, and the sentence that says who was studied."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.model import Author, Citation, Post
from bot.reading import WORDS_PER_MINUTE, cut, first_sentence, minutes, sentences, studied
from tests.builders import a_post
from tests.strategies import posts

prose = st.text(max_size=200) | st.lists(
    st.sampled_from([
        "Therapy helps", "e.g.", "i.e.,", "et al.", "(2018)", "vs.", "Dr.", "J.", "A.", "U.S.", "p < .01.", "SD = 9.2",
        "?!", "...", "…", ".", "!", "”", "“", ")", "(", " ", "  ", "\n", "49 therapists", "In this study", "No.",
        "β = −.31", "Ř", "longwordwithoutanyborder",
    ]),
    max_size=20,
).map(" ".join)  # fmt: skip


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "whole",
    [
        ["Therapy helps.", "Not always, though."],
        ["Some things help (e.g., sleep, i.e., rest), and some vs. others do not.", "That is known."],
        ["Roe et al. (2018) asked around.", "Nobody answered."],
        ["So did Poe et al.", "The answers differed."],
        ["They worked for years (SD = 9.2), more or less.", "Then they stopped."],
        ["The effect was small (p < .01).", "It lasted."],
        ["The effect was small, p < .01.", "It lasted."],
        ["J. A. Roe and Dr. Poe met Prof. Doe at St. Anne.", "They spoke."],
        ["She came from the U.S. Army hospital.", "She stayed."],
        ["She came from the U.S.", "The hospital stayed open."],
        ["She said “It helps.”", "He said “It does not.”"],
        ["(It was a long winter.)", "Nobody came."],
        ["Did it help?!", "Nobody knows…", "Some do... and some do not."],
        ["“Why now?” asked the patient.", "Nobody knew."],
        ["Did it help?", "No.", "The second trial (No. 5) did.", "See p. 12 and Fig. 3 there."],
        ["It came to 12 sessions.", "24 would be better."],
        ["He held a Ph.D. Degree of old.", "She did not."],
        ["Sleep, walks, etc. were asked about.", "Rest, too, etc.", "All of it counted."],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(whole: list[str]) -> None:
    assert sentences(" ".join(whole)) == tuple(whole)


@given(prose)
@settings(max_examples=300)
def test_no_sentence_loses_a_word(text: str) -> None:
    parts = sentences(text)

    assert _bare("".join(parts)) == _bare(text)
    assert all(part == part.strip() and part for part in parts)


@given(prose)
@settings(max_examples=300)
def test_a_sentence_is_one_sentence(text: str) -> None:
    assert [sentences(part) for part in sentences(text)] == [(part,) for part in sentences(text)]


def test_the_first_sentence_is_that_of_the_first_paragraph_with_words() -> None:
    assert (
        first_sentence(("", "  ", "Look after therapists. Their patients gain.", "Third.")) == "Look after therapists."
    )
    assert first_sentence(()) == ""


@pytest.mark.parametrize(
    ("limit", "head", "rest"),
    [
        (100, "One is here. Two is there.", ""),
        (26, "One is here. Two is there.", ""),
        (25, "One is here.", "Two is there."),
        (12, "One is here.", "Two is there."),
        (11, "One is…", "here. Two is there."),
        (3, "On…", "e is here. Two is there."),
        (1, "…", "One is here. Two is there."),
        (0, "", "One is here. Two is there."),
        (-5, "", "One is here. Two is there."),
    ],
)
def test_a_cut_keeps_whole_sentences_or_else_whole_words(limit: int, head: str, rest: str) -> None:
    assert cut("One is here. Two is there.", limit) == (head, rest)


@given(prose, st.integers(-3, 250))
@settings(max_examples=400)
@example("One.  Two.", 5)
def test_a_cut_loses_nothing_and_keeps_its_limit(text: str, limit: int) -> None:
    head, rest = cut(text, limit)

    assert len(head) <= max(limit, 0)
    assert _bare(head + rest) == _bare(text) or _bare(head.removesuffix("…") + rest) == _bare(text)
    assert bool(rest) is (len(text.strip()) > limit and bool(text.strip()))


@given(prose, st.integers(1, 250))
@settings(max_examples=200)
def test_a_cut_without_an_ellipsis_ends_with_a_sentence(text: str, limit: int) -> None:
    head, rest = cut(text, limit)

    if rest and not head.endswith("…"):
        assert head.startswith(sentences(text)[0])


@pytest.mark.parametrize(
    ("words", "expected"), [(0, 1), (1, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE * 2, 2), (WORDS_PER_MINUTE * 7, 7)]
)
def test_reading_takes_as_long_as_the_words_do(words: int, expected: int) -> None:
    half = ("word " * (words // 2)).strip()
    other_half = ("word " * (words - words // 2)).strip()

    assert minutes(a_post(summary=(half,), implications=(other_half,))) == expected


@given(posts())
@settings(max_examples=50)
def test_reading_takes_at_least_a_minute(post: Post) -> None:
    assert minutes(post) >= 1


_BY_ROE = Citation("Roe, R., & van Poe, E. (2018). A study.", (Author("Roe", "R."), Author("van Poe", "E.")))

_WHO = [
    "In this study, Roe and colleagues interviewed 24 adult clients who had left early.",
    "In this study, Roe and Poe surveyed 212 French and 407 Dutch psychotherapists about sleep.",
    "In this study, Row and colleagues measured sleep in 38 therapists, and mood in 1904 of their patients.",
    "In this mail survey of over 9,000 counsellors in four countries (e.g., Peru, Ghana), most slept well.",
    "This was a modest study that compared 21 nurses with 18 students of law.",
    "The sample included 215 trainees from several trades (1 to 30 years at work).",
    "The meta-analysis included 84 studies with over 7,000 clients.",
    "This meta-analysis of 53 randomized, controlled trials asked which therapy works for whom.",
    "The authors conducted a meta-analysis of 39 studies.",
    "Roe and van Poe (2018) recruited 60 couples from two clinics.",
    "Roe et al. randomly assigned 120 patients to two therapies.",
    "In their review, van Poe and her colleagues included 17 papers.",
    "Participants were 75 undergraduates.",
    "A total of 212 veterans (85% men) took part in the trial.",
    "Forty-two therapists and their patients were interviewed after the last session.",
    "There were 31 trainees, all in their first year, in this study.",
    "Data were collected from 1,200 outpatients, who completed questionnaires every week.",
    "The present study followed a sample (N = 88) for two years.",
]

_NOT_WHO = [
    "Research indicates that about 9% of patients left because therapy did not help them.",
    "Surveys document that between 12% and 55% of mental health workers are exhausted.",
    "Level of experience of trainees (range 2 to 5 years of training) did not matter in this study.",
    "In this study, the authors asked why 30% of clients leave.",
    "In this study, trainees were over 13 times more likely to be kind than students.",
    "In this study, Roe and colleagues looked at 12 weekly sessions with patients.",
    "In this study, 12 patients dropped out.",
    "In this study, 58 therapists (58%) were categorized as calm.",
    "Previous research with 300 therapists showed the opposite.",
    "In this study, the authors doubted an earlier study of 300 therapists.",
    "A survey of 300 therapists in 1999 found the same.",
    "Doe and colleagues (2009) interviewed 24 clients.",
    "Therapists slept 7 hours (SD = 9.2), and half of them were psychologists.",
    "More than 300 studies were included in previous reviews.",
    "Differences between therapists account for 2% to 8% of the outcome of patients.",
    "The therapists were mostly married (72%), with 12 years of practice on average.",
    "One in 5 people will have a depression.",
    "These 9 groups of patients were compared in the present study.",
    "The study compared 3 types of clients.",
    "All participants watched a recording of 3 difficult patients.",
]


@pytest.mark.parametrize("sentence", _WHO)
def test_the_sentence_about_who_was_studied_is_quoted(sentence: str) -> None:
    summary = ("Therapists tire. Nobody asked them for years.", f"It was time. {sentence} It went well. Nobody left.")

    assert studied(a_post(summary=summary, citation=_BY_ROE)) == sentence


@pytest.mark.parametrize("sentence", _NOT_WHO)
def test_what_others_found_or_came_out_is_not_quoted(sentence: str) -> None:
    assert studied(a_post(summary=(f"Therapists tire. {sentence} That is known.",), citation=_BY_ROE)) is None


def test_the_first_of_several_such_sentences_is_quoted() -> None:
    assert studied(a_post(summary=(" ".join(_NOT_WHO + _WHO),), citation=_BY_ROE)) == _WHO[0]


def test_without_a_citation_only_the_text_itself_can_say_whose_study_it_is() -> None:
    assert studied(a_post(summary=("Roe et al. interviewed 24 clients.",), citation=None)) is None
    assert studied(a_post(summary=("The authors interviewed 24 clients.",), citation=None)) is not None


@given(posts())
@settings(max_examples=150)
@example(
    a_post(summary=("In this study 9 men met.",), citation=Citation("-", (Author("-"), Author("a(b"), Author(""))))
)
def test_what_is_quoted_was_said(post: Post) -> None:
    quoted = studied(post)

    assert quoted is None or any(quoted in paragraph for paragraph in post.summary)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        ".",
        ". ",
        "... ",
        ".)",
        "”",
        "e.g. ",
        "A.",
        "In this ",
        "12 patients ",
        "1,000,",
        "the authors studied ",
        "(n = 1) ",
    ],
)
def test_the_longest_text_is_read_in_one_go(piece: str) -> None:
    """A pattern that tries and tries again would not come back within anyone's patience."""
    long = (piece * 100_000)[:100_000]

    assert _bare("".join(sentences(long))) == _bare(long)
    assert len(cut(f"{long} end", 50_000)[0]) <= 50_000
    assert (studied(a_post(summary=(f"In this study {long}",))) is not None) is (piece in {"12 patients ", "(n = 1) "})
