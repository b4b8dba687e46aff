"""Reading what a person searches for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.query import LONGEST, MOST_PARTS, Query, Years, parse_query, write_query

pieces = st.sampled_from(
    [
        *(
            "burnout",
            "drop-out",
            "patients’",
            "C++",
            "e.g.",
            "🙂",
            "-",
            "--",
            '"',
            "“",
            "”",
            ":",
            "'",
            " ",
            "\n",
            "\ud800",
        ),
        *(
            "author:",
            "TOPIC:",
            "year:",
            "Year:>",
            ">=2019",
            "2018..2021",
            "2020-2018",
            "0000",
            "9999",
            "<",
            "..",
            "x_",
            "(",
        ),
        *(")", "author:x", "-author:y", "tıtle:", "TOPİC:a"),
    ]
)
typed = st.lists(pieces | st.text(max_size=5), max_size=12).map("".join)


def test_words_phrases_exclusions_and_filters_are_told_apart() -> None:
    query = parse_query('therapist "quality of life" -group author:"de Jong" topic:grief year:2018..2021')
    assert query == Query(
        words=("therapist",),
        phrases=("quality of life",),
        excluded=("group",),
        authors=("de Jong",),
        topics=("grief",),
        years=(Years(2018, 2021),),
    )


@pytest.mark.parametrize("quotes", ["“{}”", "„{}“", "«{}»", '"{}"'])
def test_typographic_quotes_do_as_well(quotes: str) -> None:
    text = quotes.format("a phrase")
    assert parse_query(text).phrases == ("a phrase",)
    assert parse_query(f"author:{text} topic:{text} -{text}") == Query(
        excluded=("a phrase",), authors=("a phrase",), topics=("a phrase",)
    )


@pytest.mark.parametrize(
    ("typed_years", "first", "last"),
    [
        ("year:2019", 2019, 2019),
        ("YEAR:=2019", 2019, 2019),
        ("year:>2019", 2020, 9999),
        ("year:>=2019", 2019, 9999),
        ("year:<2015", 0, 2014),
        ("year:<=2015", 0, 2015),
        ("year:2018..2021", 2018, 2021),
        ("year:2021..2018", 2018, 2021),
        ("year:2018–2021", 2018, 2021),
        ('year:"2019"', 2019, 2019),
        ("(year:2019),", 2019, 2019),
    ],
)
def test_years_are_read(typed_years: str, first: int, last: int) -> None:
    query = parse_query(typed_years)
    assert query == Query(years=(Years(first, last),))
    assert first in query.years[0]
    assert last + 1 not in query.years[0]
    assert parse_query(str(query)) == query


@pytest.mark.parametrize("mistyped", ["year:soon", "year:19", "year:>2018..2021", "year:>9999", "year:<0000"])
def test_a_filter_that_cannot_be_read_becomes_words_and_is_remembered(mistyped: str) -> None:
    query = parse_query(f"burnout {mistyped}")
    assert query.unread == (mistyped,)
    assert query.words[0] == "burnout"
    assert len(query.words) > 1
    assert not query.narrows


def test_a_filter_without_a_value_is_remembered_and_what_follows_are_words() -> None:
    assert parse_query("author: smith") == Query(words=("smith",), unread=("author:",))


def test_an_unbalanced_quote_is_passed_over() -> None:
    assert parse_query('"therapist burnout').words == ("therapist", "burnout")
    assert parse_query('author:"Smith burnout') == Query(words=("burnout",), authors=("Smith",))


def test_punctuation_around_words_is_not_part_of_them() -> None:
    assert parse_query("Does (CBT) hurt?!").words == ("Does", "CBT", "hurt")


def test_hyphens_inside_words_exclude_nothing() -> None:
    assert parse_query("drop-out - well-being") == Query(words=("drop-out", "well-being"))


def test_an_unknown_filter_is_plain_words() -> None:
    assert parse_query("title:burnout") == Query(words=("title:burnout",))


def test_nothing_to_search_for_is_known_as_such() -> None:
    assert parse_query("🙂 - “").empty
    assert not parse_query("-word").empty


def test_filters_alone_are_known_as_such() -> None:
    assert parse_query("year:2019 -grief").only_filters
    assert not parse_query("year:2019 grief").only_filters
    assert not parse_query("").only_filters


def test_topics_stand_for_themselves_until_they_are_resolved() -> None:
    query = parse_query("topic:burnout")
    assert query.topic_names == (("burnout",),)
    resolved = query.resolved([("Therapist Factors", "Training"), ("Grief",)])
    assert resolved.topic_names == (("Therapist Factors", "Training"), ("Grief",))
    assert str(resolved) == "topic:burnout"


def test_a_loosened_query_has_its_phrases_as_words() -> None:
    assert parse_query('life "quality of life"').loosened() == Query(words=("life", "quality", "of", "life"))


def test_an_endless_text_is_read_only_so_far() -> None:
    assert parse_query("word " * 10_000) == parse_query("word " * MOST_PARTS)
    assert len(str(parse_query("w" * 10_000))) == LONGEST
    assert parse_query("!" * 10_000).empty


@given(typed | st.text())
@example("(author:x")
@example("year:author:topic:-x")
@example("_author:x")
@example('author:"author:x y"')
@example('-"-x"')
def test_a_written_query_is_read_as_the_same_query(text: str) -> None:
    query = parse_query(text)
    read_back = parse_query(write_query(query))
    assert (read_back.words, read_back.phrases, read_back.excluded) == (query.words, query.phrases, query.excluded)
    assert (read_back.authors, read_back.topics, read_back.years) == (query.authors, query.topics, query.years)
    assert read_back.unread == ()


def test_quotation_marks_around_nothing_to_read_mean_nothing() -> None:
    assert parse_query('"!!!" -"" hello') == Query(words=("hello",))
