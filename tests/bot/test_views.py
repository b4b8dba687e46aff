"""The text form of a view loses nothing."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.requests import Latest, Search, Show
from bot.views import (
    Bullets,
    Button,
    Buttons,
    Code,
    Context,
    Entry,
    Heading,
    Link,
    Marked,
    Paragraph,
    Quote,
    Strong,
    Text,
    View,
    as_data,
    as_text,
)
from tests.strategies import views

_VIEW = View(
    "Burnout: 1 summary",
    (
        Heading("Practice implications"),
        Paragraph((Text("p < .01, "), Strong("β = −.31"), Text(" "), Marked("burnout"))),
        Quote("They asked 49 therapists."),
        Bullets(((Text("one"),), (Link("two", "https://example.org"),))),
        Entry("A title", ((Text("July 2021"),),), Button("Read", Show("0a1b"))),
        Code("@article{doe}"),
        Context((Link("https://example.org/a", "https://example.org/a"),)),
        Buttons((Button("Newest", Latest()), Button("More", Search("burnout", 2)))),
    ),
)


def test_a_view_as_text_reads_like_a_page() -> None:
    assert as_text(_VIEW) == (
        "Burnout: 1 summary\n\n"
        "Practice implications\n\n"
        "p < .01, β = −.31 burnout\n\n"
        "> They asked 49 therapists.\n\n"
        "- one\n- two <https://example.org>\n\n"
        "A title\n  July 2021\n  Read: /pprnet show 0a1b\n\n"
        "@article{doe}\n\n"
        "https://example.org/a\n\n"
        "Newest: /pprnet latest\nMore: /pprnet search burnout page:2\n"
    )


def test_choices_can_be_numbered_in_reading_order() -> None:
    text = as_text(_VIEW, lambda number, button: f"[{number}] {button.label}")

    assert [text.index(choice) for choice in ("[1] Read", "[2] Newest", "[3] More")] == sorted(
        text.index(choice) for choice in ("[1] Read", "[2] Newest", "[3] More")
    )
    assert [button.token for button in _VIEW.buttons] == ["show 0a1b", "latest", "search burnout page:2"]


def test_a_view_as_data_names_every_kind_and_command() -> None:
    data = json.loads(json.dumps(as_data(_VIEW)))

    assert data["title"] == "Burnout: 1 summary"
    assert [block["kind"] for block in data["blocks"]] == [
        "heading", "paragraph", "quote", "bullets", "entry", "code", "context", "buttons",
    ]  # fmt: skip
    assert data["blocks"][4]["button"] == {"label": "Read", "command": "show 0a1b"}
    assert data["blocks"][3]["items"][1] == [{"kind": "link", "text": "two", "url": "https://example.org"}]


@given(views())
def test_every_word_address_and_command_is_in_the_text(view: View) -> None:
    text = as_text(view)

    for word in _said(as_data(view)):
        for line in word.splitlines():
            assert line in text


def _said(data: object) -> list[str]:
    """Return every string of a view's data but the names of its kinds."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [text for key, value in data.items() if key != "kind" for text in _said(value)]
    assert isinstance(data, list)
    return [text for value in data for text in _said(value)]


@given(st.lists(st.sampled_from(_VIEW.blocks)))
def test_buttons_are_counted_in_reading_order(blocks: list[Heading]) -> None:
    view = View("", tuple(blocks))
    numbers = [line for line in as_text(view, lambda number, _: f"#{number}").split() if line.startswith("#")]

    assert numbers == [f"#{number}" for number in range(1, len(view.buttons) + 1)]
