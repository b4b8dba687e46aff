"""What is typed, what it is read as, and that a button's token is a command that can be typed."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from bot.commands import COMMANDS, nearest
from bot.errors import BadTokenError
from bot.model import Month
from bot.requests import (
    About,
    Cite,
    CiteStyle,
    Help,
    Latest,
    MonthOf,
    Random,
    Related,
    Request,
    Search,
    Show,
    TopicList,
    TopicPosts,
    Unclear,
)
from bot.wording import TOKEN_LIMIT, decode, encode, fits, parse, parse_message, write


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("", Help()),
        ("   ", Help()),
        ("/pprnet", Help()),
        ("latest", Latest()),
        ("/pprnet latest", Latest()),
        ("  PPRNet   LATEST  ", Latest()),
        ("month 2021-07", MonthOf(Month(2021, 7))),
        ("month July 2021", MonthOf(Month(2021, 7))),
        ("month jul 2021", MonthOf(Month(2021, 7))),
        ("topic burnout", TopicPosts("burnout")),
        ("topic  counter   transference", TopicPosts("counter transference")),
        ("topic burnout year:>2019 page:2", TopicPosts("burnout year:>2019", 2)),
        ("topic", TopicList()),
        ("topics", TopicList()),
        ("topics page:3", TopicList(3)),
        ("topics burnout", TopicPosts("burnout")),
        ("search does burnout hurt patients?", Search("does burnout hurt patients?")),
        ("search burnuot spelling:exact", Search("burnuot", verbatim=True)),
        ("search burnuot spelling:exact page:2", Search("burnuot", 2, verbatim=True)),
        ("search burnuot page:2 spelling:exact", Search("burnuot", 2, verbatim=True)),
        ("search a page:0", Search("a")),
        ("search a page:99999999999999999999", Search("a", 9999)),
        ("search a page:2 page:1", Search("a", 1)),
        ("show 0a1b", Show("0a1b")),
        ("show 0a1b full", Show("0a1b", full=True)),
        ("related 0a1b", Related("0a1b")),
        ("random", Random()),
        ("cite 0a1b", Cite("0a1b")),
        ("cite 0a1b BibTeX", Cite("0a1b", CiteStyle.BIBTEX)),
        ("about", About()),
        ("help", Help()),
        ("help search", Help("search")),
        ("HELP Search", Help("search")),
    ],
)
def test_what_is_typed_is_read_as_meant(typed: str, request_: Request) -> None:
    assert parse(typed) == request_


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("lates", "latest"),
        ("serach burnout", "search"),
        ("burnout", ""),
        ("help serch", "search"),
        ("help xyzzy", ""),
        ("month", "month"),
        ("month soon", "month"),
        ("month 2021-13", "month"),
        ("search", "search"),
        ("search page:2", "search"),
        ("show", "show"),
        ("related", "related"),
        ("cite", "cite"),
        ("cite 0a1b harvard", "cite"),
    ],
)
def test_what_cannot_be_read_says_which_command_is_near_and_why(typed: str, command: str) -> None:
    unclear = parse(typed)

    assert isinstance(unclear, Unclear)
    assert unclear.command == command
    assert unclear.why.endswith(".")


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parse(text)
    parse_message(text)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("latest", Latest()),
        ("/pprnet latest", Latest()),
        ("latest research on grief", Search("latest research on grief")),
        ("burnout?", Search("burnout?")),
        ("topic burnout year:>2019", TopicPosts("burnout year:>2019")),
        ("about", About()),
        ("about attachment", Search("about attachment")),
        ("show me something on sleep", Search("show me something on sleep")),
        ("show 0a1b", Show("0a1b")),
        ("show 0a1b full", Show("0a1b", full=True)),
        ("related work on groups", Search("related work on groups")),
        ("related 0a1b", Related("0a1b")),
        ("cite 0a1b", Cite("0a1b")),
        ("month July 2021", MonthOf(Month(2021, 7))),
        ("help", Help()),
        ("", Help()),
    ],
)
def test_a_message_is_a_command_word_for_word_or_else_searched_for(text: str, request_: Request) -> None:
    assert parse_message(text) == request_


def test_a_message_that_is_half_a_command_is_explained() -> None:
    assert isinstance(parse_message("cite"), Unclear)


_typed = st.builds(
    "{} {}".format,
    st.sampled_from([command.name for command in COMMANDS]),
    st.text(max_size=40)
    | st.sampled_from(
        ["2021-07", "0a1b full", "full full", "0a1b ris", "a page:3", "a page:2 page:1", "spelling:exact b"]
    ),
)


@given(_typed)
def test_a_written_request_is_read_as_itself(text: str) -> None:
    request = parse(text)
    if isinstance(request, Unclear):
        reject()

    assert parse(write(request)) == request


@given(_typed)
def test_a_token_gives_its_request_back(text: str) -> None:
    request = parse(text)
    if isinstance(request, Unclear) or not fits(request):
        reject()

    assert len(encode(request)) <= TOKEN_LIMIT
    assert decode(encode(request)) == request


@pytest.mark.parametrize("text", ["burnout " * 20, "page:2", "burnout page:2", "x spelling:exact", ""])
def test_a_request_that_would_be_read_as_another_is_refused_for_a_button(text: str) -> None:
    request = Search(text)

    assert not fits(request)
    with pytest.raises(ValueError, match="no button"):
        encode(request)


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("serach burnout page:2", Search("burnout", 2)),
        ("lates", Latest()),
        ("serach", None),
        ("burnout", None),
        ("help serch", Help("search")),
        ("help xyzzy", None),
    ],
)
def test_a_slip_in_the_command_says_what_was_probably_meant(typed: str, instead: Request | None) -> None:
    unclear = parse(typed)

    assert isinstance(unclear, Unclear)
    assert unclear.instead == instead


def test_a_token_of_another_version_is_explained_and_not_repeated_in_the_log() -> None:
    with pytest.raises(BadTokenError) as caught:
        decode("frobnicate:secret")

    assert "type the command" in caught.value.human
    assert "secret" not in str(caught.value)


def test_every_command_is_read_and_its_examples_are_requests() -> None:
    for command in COMMANDS:
        assert nearest(command.name) == command.name
        for example in command.examples:
            assert not isinstance(parse(example), Unclear)
