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
    Pause,
    Preview,
    Random,
    Related,
    Request,
    Resume,
    Search,
    Show,
    Status,
    Subscribe,
    Subscriptions,
    TopicList,
    TopicPosts,
    Unclear,
    Unsubscribe,
    changes,
    posts_later,
    to_share,
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
        ("subscribe", Subscribe()),
        ("subscribe all", Subscribe()),
        ("subscribe to all topics", Subscribe()),
        ("subscribe burnout, alliance", Subscribe("burnout, alliance")),
        ("subscribe to burnout and alliance", Subscribe("burnout and alliance")),
        ("subscribe burnout, alliance except medication", Subscribe("burnout, alliance", "medication")),
        ("subscribe burnout, except for medication", Subscribe("burnout", "medication")),
        ("subscribe Burnout WITHOUT medication", Subscribe("Burnout", "medication")),
        ("subscribe burnout but not medication", Subscribe("burnout", "medication")),
        ("subscribe except medication", Subscribe("", "medication")),
        ("subscribe everything except medication, ", Subscribe("", "medication")),
        ("subscribe tobacco", Subscribe("tobacco")),
        ("subscribe exceptional cases", Subscribe("exceptional cases")),
        ("unsubscribe", Unsubscribe()),
        ("unsubscribe from all", Unsubscribe()),
        ("unsubscribe this channel", Unsubscribe()),
        ("subscriptions", Subscriptions()),
        ("subscriptions page:2", Subscriptions(2)),
        ("pause", Pause()),
        ("resume", Resume()),
        ("preview", Preview()),
        ("status", Status()),
        ("status page:3", Status(3)),
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
        ("subscribe burnout except", "subscribe"),
        ("subscrib", "subscribe"),
        ("unsubscribe from burnout", "unsubscribe"),
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
        ("pause", Pause()),
        ("pause for thought in sessions", Search("pause for thought in sessions")),
        ("resume", Resume()),
        ("resume writing for clients", Search("resume writing for clients")),
        ("preview of group therapy", Search("preview of group therapy")),
        ("status", Status()),
        ("/pprnet Status page:2", Status(2)),
        ("status of attachment research", Search("status of attachment research")),
        ("subscriptions", Subscriptions()),
        ("subscriptions to journals", Search("subscriptions to journals")),
        ("subscribe burnout", Subscribe("burnout")),
        ("unsubscribe", Unsubscribe()),
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
        [
            "2021-07",
            "0a1b full",
            "full full",
            "0a1b ris",
            "a page:3",
            "a page:2 page:1",
            "spelling:exact b",
            "to to a, except for for b",
            "all except all",
            "a except b except c",
            ", to , from a but not",
            "EXCEPT x",
        ]
    )
    | st.lists(st.sampled_from(["except", "without", "but", "not", "for", "to", "from", "all", ",", ";", "a"])).map(
        " ".join
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
        ("subscribe burnout except", Subscribe("burnout")),
        ("unsubscribe from burnout", Subscribe(without="burnout")),
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


def test_only_what_changes_a_channel_is_a_change_and_only_what_posts_there_needs_a_way_in() -> None:
    read: list[Request | Unclear] = [Latest(), Help(), Subscriptions(), Preview(), Status(), Unclear("", "", "")]
    changed: list[Request] = [Subscribe(), Unsubscribe(), Pause(), Resume()]

    assert [request for request in (*read, *changed) if changes(request)] == changed
    assert [request for request in (*read, *changed) if posts_later(request)] == [Subscribe(), Resume()]
    assert [to_share(request) for request in changed] == [Status()] * 4
    assert to_share(Latest()) == Latest()
