"""Discord's drawing: what Discord is sent can be seen as its client shows it, and nothing is taken for HTML."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from adapters.discord.message import Message
from adapters.discord.render import announced, render, shared
from adapters.web.chats.discord import draw
from adapters.web.chats.discord_markdown import inline, markdown
from bot.requests import Latest
from bot.views import Button, Buttons, Code, Paragraph, Text, View
from tests.adapters.discord.anything import ENDLESS, TOO_BIG, any_views
from tests.adapters.discord.payloads import buttons, shown
from tests.adapters.web.chats.drawn import read, squeezed
from tests.strategies import views

GOLDEN = Path(__file__).parents[3] / "data" / "discord"
PAYLOADS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLDEN.glob("*.json"))}


@settings(max_examples=60, deadline=None)
@given(views() | any_views)
def test_everything_in_a_message_is_drawn_as_it_is_sent(view: View) -> None:
    assert_drawn(render(view, share=Latest()))


@settings(max_examples=20, deadline=None)
@given(views())
def test_everything_in_an_announcement_is_drawn_as_it_is_sent(view: View) -> None:
    assert_drawn(announced(view))


@pytest.mark.parametrize("view", [*TOO_BIG.values(), ENDLESS], ids=[*TOO_BIG, "endless"])
def test_what_does_not_fit_is_drawn_with_what_is_attached(view: View) -> None:
    assert_drawn(render(view))


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_a_whole_payload_on_file_is_drawn(name: str) -> None:
    payload = PAYLOADS[name]
    people = {"<@123456789012345678>": "@you"}
    message = Message(tuple(payload["components"]), payload.get("content", ""))
    drawn = read(draw(payload), addresses=True)

    expected = shown(message)
    for mention, person in people.items():
        expected = expected.replace(mention, person)
    assert squeezed(drawn.text) == squeezed(expected)


def test_whoever_shares_an_answer_is_the_person_at_the_page() -> None:
    assert read(draw(shared(View("A title", ()), 1).payload)).text.startswith("@you shared this from PPRNet:")


def test_a_title_that_looks_like_html_is_shown_as_written() -> None:
    title = "<script>alert(1)</script> & \"more\" 'of it'"
    drawing = draw(render(View(title, ())).payload)

    assert "<script" not in drawing
    assert read(drawing).text == title


def test_an_attached_text_can_be_opened_with_its_name_and_size() -> None:
    message = render(View("A title", (Code("```é"),)))
    drawn = read(draw(message.payload, {file.name: file.text for file in message.files}))

    assert drawn.text == "A titletext1.txt 5 bytes\n```é"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Title\nText", '<h4 class="discord-heading discord-heading-2">Title</h4><p class="discord-lines">Text</p>'),
        ("### Part", '<h5 class="discord-heading discord-heading-3">Part</h5>'),
        ("# Top", '<h4 class="discord-heading discord-heading-1">Top</h4>'),
        ("#### No heading", '<p class="discord-lines">#### No heading</p>'),
        ("-# small **print**", '<p class="discord-small">small <strong>print</strong></p>'),
        (
            "> one\n> two\nthree",
            '<blockquote class="discord-quote">one\ntwo</blockquote><p class="discord-lines">three</p>',
        ),
        ("- one\n- two", '<ul class="discord-list"><li>one</li><li>two</li></ul>'),
        (
            "```\na < b\n```\nend",
            '<pre class="discord-code" tabindex="0">\na &lt; b</pre><p class="discord-lines">end</p>',
        ),
        ("\\# none\n\\- none", '<p class="discord-lines"># none\n- none</p>'),
        ("a\n\nb", '<p class="discord-lines">a\n\nb</p>'),
        ("\n\n", ""),
        ("", ""),
    ],
)
def test_lines_are_what_they_begin_with(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a \\** b** c", "<strong>a ** b</strong> c"),
        ("__a__ *b* _c_ ~~d~~ `e`", "<u>a</u> <em>b</em> <em>c</em> <s>d</s> <code>e</code>"),
        ("a\\_b\\_c snake_case_name", "a_b_c snake_case_name"),
        ("¯\\\\\\_(ツ)\\_/¯", "¯\\_(ツ)_/¯"),
        ("p < .01 & i<3", "p &lt; .01 &amp; i&lt;3"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("hello <@123>", 'hello <span class="drawn-person">@you</span>'),
        ("[x](<javascript:alert(1)>)", "x"),
        (
            "<https://example.org/a_(b)>.",
            '<a href="https://example.org/a_(b)" target="_blank" rel="noopener noreferrer">https://example.org/a_(b)</a>.',
        ),
        (
            "see https://example.org/x.",
            'see <a href="https://example.org/x" target="_blank" rel="noopener noreferrer">https://example.org/x</a>.',
        ),
    ],
)
def test_signs_within_a_line_are_read(text: str, html: str) -> None:
    assert inline(text) == html


@pytest.mark.parametrize(
    ("component", "shown_as"),
    [
        ({"type": 12}, '<p class="drawn-unknown">(component 12, which this page cannot draw)</p>'),
        (
            {"type": 2, "style": 5, "label": "Go", "url": "https://example.org/"},
            '<span class="discord-button"><a href=',
        ),
        ({"type": 2, "style": 4, "label": "Go", "custom_id": "ask1:latest"}, 'class="discord-button discord-danger"'),
        ({"type": 14}, '<hr class="discord-rule">'),
    ],
)
def test_a_component_is_drawn_and_an_unknown_one_is_named(component: dict[str, Any], shown_as: str) -> None:
    drawing = draw({"components": [component]})

    assert shown_as in drawing
    read(drawing)


def test_every_button_carries_its_request() -> None:
    drawn = read(draw(render(View("A title", (Buttons((Button("<b>", Latest()),)), Paragraph((Text("x"),))))).payload))

    assert [(button.label, button.value) for button in drawn.buttons] == [("<b>", "ask1:latest")]


def assert_drawn(message: Message) -> None:
    """Compare a drawing with what an independent reader makes of the payload."""
    files = {file.name: file.text for file in message.files}
    drawn = read(draw(message.payload, files), addresses=True)
    told = squeezed(drawn.text)
    for name, text in files.items():  # the independent reader tells what is in a file and not what it is called
        told = told.replace(squeezed(f"{name} {len(text.encode()):,} bytes"), "")
    assert told == squeezed(shown(message))
    assert [(button.label, button.value) for button in drawn.buttons] == [
        (each["label"], each["custom_id"]) for each in buttons(message)
    ]
