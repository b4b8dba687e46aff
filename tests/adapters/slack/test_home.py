"""The App Home and the menu of topics."""

import pytest

from adapters.slack import names
from adapters.slack.home import home, topic_options
from bot.topics.catalogue import Topic
from bot.views import Paragraph, Text, View
from tests.adapters.slack.payloads import buttons, raw
from tests.standins import slack_limits

LATEST = View("Burnout affects outcomes", (Paragraph((Text("It says so."),)),))


def test_the_home_begins_with_a_search_box_and_the_topics() -> None:
    search, topics, latest, *_ = home(LATEST)["blocks"]

    assert (search["element"]["type"], search["element"]["action_id"]) == ("plain_text_input", names.SEARCH)
    assert search["dispatch_action"] is True
    assert (topics["accessory"]["type"], topics["accessory"]["action_id"]) == ("external_select", names.TOPIC)
    assert topics["accessory"]["min_query_length"] == 0
    assert raw([latest]) == "Burnout affects outcomes"


def test_the_home_ends_with_how_to_start() -> None:
    text = raw(home(LATEST)["blocks"])

    assert text.index("It says so.") < text.index("How to start") < text.index("/pprnet topic WORDS")


def test_subscriptions_stand_below_the_newest_month() -> None:
    text = raw(home(LATEST, View("Subscriptions", (Paragraph((Text("#general: monthly"),)),)))["blocks"])

    assert text.index("It says so.") < text.index("#general: monthly") < text.index("How to start")


def test_a_home_that_is_full_still_ends_with_how_to_start() -> None:
    latest = View("Much", (Paragraph((Text("Short."),)),) * 200)
    payload = home(latest)

    assert list(slack_limits.view(payload)) == []
    assert (buttons(payload["blocks"])[-1]["action_id"], buttons(payload["blocks"])[-1]["value"]) == (
        names.FULL,
        "latest",
    )
    assert "How to start" in raw(payload["blocks"])


def test_topics_are_options_with_their_counts() -> None:
    options = topic_options([Topic("Grief & loss", 1), Topic("Empathy")], {"Grief & loss": 1_204})

    assert options[0] == {
        "text": {"type": "plain_text", "text": "Grief & loss (1,204)", "emoji": False},
        "value": "topic Grief & loss",
    }
    assert options[1]["text"]["text"] == "Empathy (0)"


def test_topics_without_counts_are_options_by_name() -> None:
    assert topic_options([Topic("Empathy")])[0]["text"]["text"] == "Empathy"


@pytest.mark.parametrize("name", ["x" * 84, "<&>" * 20, "topic"])
def test_options_stay_within_what_slack_takes(name: str) -> None:
    options = topic_options([Topic(f"{name}{number}") for number in range(150)])

    assert list(slack_limits.options({"options": options})) == []
