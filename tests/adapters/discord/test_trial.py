"""Discord without Discord: the same messages, and the same ways from a click to its answer."""

import pytest

from adapters.discord.render import render, shared
from adapters.discord.trial import Place, read, sent
from bot.errors import BadTokenError
from bot.requests import Request, Show, Status, Subscribe, TopicPosts
from bot.views import Code, Paragraph, Text, View

VIEW = View("A title", (Paragraph((Text("Words."),)),))
LONG = View("A title", (Paragraph((Text("One sentence after the other. " * 400),)),))
ASKED = TopicPosts("burnout")


def test_what_is_sent_is_what_the_bot_in_discord_sends() -> None:
    private = render(VIEW, share=ASKED, asked=ASKED).payload

    assert sent(VIEW, ASKED, "here") == sent(VIEW, ASKED, "below") == (private, {})
    assert sent(VIEW, ASKED, "channel") == (shared(VIEW, 1, asked=ASKED).payload, {})
    assert sent(LONG, ASKED, "here", 2)[0] == render(LONG, share=ASKED, asked=ASKED, part=2).payload
    assert sent(VIEW, None, "here") == (render(VIEW).payload, {})


def test_what_is_shared_of_a_change_is_how_things_stand_after_it() -> None:
    assert sent(VIEW, Subscribe(), "here")[0] == render(VIEW, share=Status()).payload


def test_what_is_attached_comes_along() -> None:
    assert sent(View("A title", (Code("```"),)), ASKED, "here")[1] == {"text1.txt": "```"}


@pytest.mark.parametrize(
    ("name", "clicked_in", "request_", "place", "part"),
    [
        ("ask7:topic burnout page:2", "here", TopicPosts("burnout", 2), "here", 1),
        ("ask7:topic burnout", "below", ASKED, "here", 1),
        ("ask7:topic burnout", "channel", ASKED, "below", 1),
        ("more3:show 0a1b2c full", "here", Show("0a1b2c", full=True), "here", 3),
        ("share1:topic burnout", "here", ASKED, "channel", 1),
    ],
)
def test_a_click_is_answered_where_discord_would_have_the_answer(
    name: str, clicked_in: Place, request_: Request, place: Place, part: int
) -> None:
    assert read(name, clicked_in) == (request_, place, part)


@pytest.mark.parametrize("name", ["", "dance", "ask1:dance", "ask:latest"])
def test_a_button_of_another_version_is_told(name: str) -> None:
    with pytest.raises(BadTokenError):
        read(name, "here")
