"""Slack without Slack: the same messages, and the same ways from a click to its answer."""

import pytest

from adapters.slack.modals import modal
from adapters.slack.render import render, shared
from adapters.slack.trial import Place, read, sent
from bot.errors import BadTokenError
from bot.requests import Cite, Request, Show, Status, Subscribe, TopicPosts
from bot.views import Paragraph, Text, View

VIEW = View("A title", (Paragraph((Text("Words."),)),))
ASKED = TopicPosts("burnout")


def test_what_is_sent_is_what_the_bot_in_slack_sends() -> None:
    private = render(VIEW, share=ASKED, asked=ASKED).payload

    assert sent(VIEW, ASKED, "here") == sent(VIEW, ASKED, "below") == (private, {})
    assert sent(VIEW, ASKED, "channel") == (shared(VIEW, "U00000000", asked=ASKED).payload, {})
    assert sent(VIEW, ASKED, "modal") == (modal(VIEW), {})
    assert sent(VIEW, None, "here") == (render(VIEW).payload, {})


def test_what_is_shared_of_a_change_is_how_things_stand_after_it() -> None:
    assert sent(VIEW, Subscribe(), "here")[0] == render(VIEW, share=Status(), asked=Subscribe()).payload


@pytest.mark.parametrize(
    ("name", "clicked_in", "request_", "place"),
    [
        ("request:1 topic burnout page:2", "here", TopicPosts("burnout", 2), "here"),
        ("request:1 topic burnout", "below", ASKED, "here"),
        ("request:1 topic burnout", "channel", ASKED, "below"),
        ("request:1 topic burnout", "modal", ASKED, "modal"),
        ("request:2 show 0a1b2c full", "here", Show("0a1b2c", full=True), "modal"),
        ("request:2 cite 0a1b2c", "channel", Cite("0a1b2c"), "modal"),
        ("full topic burnout", "here", ASKED, "modal"),
        ("share topic burnout", "here", ASKED, "channel"),
    ],
)
def test_a_click_is_answered_where_slack_would_have_the_answer(
    name: str, clicked_in: Place, request_: Request, place: Place
) -> None:
    assert read(name, clicked_in) == (request_, place, 1)


def test_a_button_of_another_version_is_told() -> None:
    with pytest.raises(BadTokenError):
        read("request:1 dance", "here")
