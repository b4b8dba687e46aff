"""What persons write to the bot, and how it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.typed import as_typed, parse_message
from bot.model import Month
from bot.requests import (
    About,
    Cite,
    Help,
    Latest,
    MonthOf,
    Related,
    Request,
    Search,
    Show,
    TopicPosts,
    Unclear,
)  # fmt: skip

UNDERSTOOD: dict[str, Request] = {
    "latest": Latest(),
    "/pprnet latest": Latest(),
    "latest research on grief": Search("latest research on grief"),
    "burnout?": Search("burnout?"),
    "topic burnout year:&gt;2019": TopicPosts("burnout year:>2019"),
    "about": About(),
    "about attachment": Search("about attachment"),
    "show me something on sleep": Search("show me something on sleep"),
    "show 0a1b": Show("0a1b"),
    "show 0a1b full": Show("0a1b", full=True),
    "related work on groups": Search("related work on groups"),
    "related 0a1b": Related("0a1b"),
    "cite 0a1b": Cite("0a1b"),
    "month July 2021": MonthOf(Month(2021, 7)),
    "help": Help(),
    "": Help(),
}


@pytest.mark.parametrize(("text", "request_"), UNDERSTOOD.items())
def test_a_command_is_one_word_for_word_and_all_else_is_searched_for(text: str, request_: Request) -> None:
    assert parse_message(text) == request_


def test_a_command_that_lacks_something_is_explained() -> None:
    assert isinstance(parse_message("cite"), Unclear)


@pytest.mark.parametrize("text", ["<@U0PPRNET> burnout?", "<@U0PPRNET|pprnet>: burnout?", "hey <@U0PPRNET>, burnout?"])
def test_the_name_of_the_bot_is_no_word_to_search_for(text: str) -> None:
    asked = parse_message(text, addressed=True)

    assert isinstance(asked, Search)
    assert "U0PPRNET" not in asked.text


@given(st.text())
def test_what_slack_escapes_is_read_as_it_was_typed(text: str) -> None:
    assert as_typed(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == text


@given(st.text())
def test_any_message_is_understood_somehow(text: str) -> None:
    assert parse_message(text, addressed=True) is not None
