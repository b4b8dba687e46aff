"""Slack's drawing: everything that Slack is sent can be seen, and nothing in it is taken for HTML."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from adapters.slack.modals import modal
from adapters.slack.render import render, shared
from adapters.web.chats.slack import draw
from bot.requests import Latest
from bot.views import View
from tests.adapters.slack.anything import any_views
from tests.adapters.slack.payloads import buttons, raw
from tests.adapters.web.chats.drawn import read, squeezed
from tests.strategies import views

GOLDEN = Path(__file__).parents[3] / "data" / "slack"
PAYLOADS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))}


@settings(max_examples=60, deadline=None)
@given(views() | any_views)
def test_everything_in_a_message_is_drawn_as_it_is_sent(view: View) -> None:
    payload = render(view, share=Latest()).payload

    assert_drawn(payload)


@settings(max_examples=30, deadline=None)
@given(views())
def test_everything_in_a_modal_is_drawn_as_it_is_sent(view: View) -> None:
    assert_drawn(modal(view))


@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"home", "shared"}))
def test_a_whole_payload_on_file_is_drawn(name: str) -> None:
    assert_drawn(PAYLOADS[name])


def test_whoever_shares_an_answer_is_the_person_at_the_page() -> None:
    drawn = read(draw(shared(View("A title", ()), "U012AB3CD").payload))

    assert drawn.text.startswith("@you shared this from PPRNet:")


def test_the_home_is_drawn_with_its_search_box_and_its_menu() -> None:
    drawing = draw(PAYLOADS["home"])
    drawn = read(drawing)

    assert drawn.text.startswith("Search the summariesWords, a question, author:name, year:>2019 … then Enter")
    assert "Or choose a topicTopics" in drawn.text
    assert 'class="slack-field slack-menu"' in drawing
    assert {button.value.split()[1] for button in drawn.buttons} == {"topic", "related", "cite", "show"}


def test_a_title_that_looks_like_html_is_shown_as_written() -> None:
    title = "<script>alert(1)</script> & \"more\" 'of it'"
    drawing = draw(render(View(title, ())).payload)

    assert "<script" not in drawing
    assert read(drawing).text == title


def test_a_button_is_spoken_with_what_it_is_for() -> None:
    drawn = read(draw(PAYLOADS["topic"]))

    spoken = [button.spoken for button in drawn.buttons if button.label == "Read"]
    assert spoken
    assert all(said.startswith("Read: ") for said in spoken)


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"type": "text", "text": "bold", "style": {"bold": True}}, "<strong>bold</strong>"),
        ({"type": "text", "text": "both", "style": {"bold": True, "italic": True}}, "<strong><em>both</em></strong>"),
        ({"type": "text", "text": "gone", "style": {"strike": True}}, "<s>gone</s>"),
        ({"type": "text", "text": "<b>", "style": {"code": True}}, "<code>&lt;b&gt;</code>"),
        ({"type": "emoji", "name": "wave"}, '<span class="drawn-unknown">(emoji)</span>'),
        ({"type": "link", "url": "javascript:alert(1)", "text": "x"}, "x"),
        (
            {"type": "link", "url": "https://example.org/?a=1&b=2"},
            (
                '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
                "https://example.org/?a=1&amp;b=2</a>"
            ),
        ),
    ],
)
def test_an_element_of_rich_text_is_drawn(element: dict[str, Any], shown: str) -> None:
    line = {"type": "rich_text_section", "elements": [element]}

    assert draw({"blocks": [{"type": "rich_text", "elements": [line]}]}) == (
        f'<div class="slack-text"><p class="slack-line">{shown}</p></div>'
    )


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ({"type": "divider"}, '<hr class="slack-divider">'),
        ({"type": "image"}, '<p class="drawn-unknown">(image, which this page cannot draw)</p>'),
        ({"type": "rich_text", "elements": [{"type": "rich_text_new"}]}, "(rich_text_new, which"),
        ({"type": "context", "elements": [{"type": "image"}]}, '<span class="drawn-unknown">(image)</span>'),
        ({"type": "actions", "elements": [{"type": "datepicker"}]}, "(datepicker, which"),
        ({"type": "section", "fields": [{"type": "plain_text", "text": "A field"}]}, ">A field</p>"),
        (
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": "a &lt; b &amp;amp; <https://example.org/|c>"}],
            },
            'a &lt; b &amp;amp; <a href="https://example.org/"',
        ),
        (
            {
                "type": "actions",
                "elements": [{"type": "button", "text": {"text": "Go"}, "url": "https://example.org/"}],
            },
            '<span class="slack-button"><a href="https://example.org/"',
        ),
        (
            {
                "type": "actions",
                "elements": [{"type": "button", "text": {"text": "Go"}, "action_id": "a", "style": "danger"}],
            },
            'class="slack-button slack-danger" value="a "',
        ),
    ],
)
def test_a_block_is_drawn_and_an_unknown_one_is_named(block: dict[str, Any], shown: str) -> None:
    drawing = draw({"blocks": [block]})

    assert shown in drawing
    read(drawing)


def assert_drawn(payload: dict[str, Any]) -> None:
    """Compare a drawing with what a person sees of the payload, told apart from it."""
    drawn = read(draw(payload))
    assert squeezed(drawn.text) == squeezed(raw(payload["blocks"]))
    assert [(button.label, button.value, button.spoken) for button in drawn.buttons] == [
        (each["text"]["text"], f"{each['action_id']} {each['value']}", each.get("accessibility_label", ""))
        for each in buttons(payload["blocks"])
    ]
