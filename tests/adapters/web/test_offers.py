"""What is offered while someone types on the page."""

import pytest

from adapters.web.offers import offers
from bot.commands import COMMANDS
from bot.topics.index import TopicIndex
from bot.topics.loading import load_catalogue
from bot.wording import parse

COMPLETE = TopicIndex(load_catalogue()).complete


def values(typed: str) -> list[str]:
    return [offer.value for offer in offers(typed, COMPLETE)]


def test_an_empty_box_offers_the_most_used_commands() -> None:
    assert values("") == [f"{c.name} " if c.name in {"topic", "search", "month", "show", "related", "cite"} else c.name
                          for c in COMMANDS[:8]]  # fmt: skip


@pytest.mark.parametrize("typed", ["lat", "LAT", "/pprnet lat", "/pprnet  lat"])
def test_the_beginning_of_a_command_offers_it_with_what_it_does(typed: str) -> None:
    (offer,) = [offer for offer in offers(typed, COMPLETE) if offer.value == "latest"]

    assert offer.said == "the newest summaries"


def test_a_command_that_needs_more_is_offered_with_a_blank_to_go_on_from() -> None:
    assert values("top")[:2] == ["topic ", "topics"]


def test_a_topic_is_offered_by_its_name_and_by_other_words_for_it() -> None:
    assert "topic Training" in values("topic burn")
    assert "topic Training" in values("train")
    assert values("tr") == []  # so short it may be the beginning of anything


def test_help_is_offered_for_each_command() -> None:
    assert values("help se") == ["help search"]


def test_nothing_is_offered_for_words_to_search_for() -> None:
    assert values("search does burnout hurt") == []
    assert values("topic §") == []


def test_whatever_is_offered_whole_can_be_asked() -> None:
    for typed in ("", "h", "su", "topic ", "help ", "attach"):
        for value in values(typed):
            if not value.endswith(" "):
                assert type(parse(value)).__name__ != "Unclear", value
