"""How a view looks in Discord, and how a message is handed to discord.py."""

import asyncio
import json
import threading
from typing import Any

import discord
import pytest
from discord.http import handle_message_parameters

from adapters.discord import limits, names
from adapters.discord.message import Message, TextFile
from adapters.discord.names import Named
from adapters.discord.render import announced, answered, render, shared
from bot.pages import cards
from bot.requests import Latest, Search, Show, Subscribe, TopicPosts
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
)
from bot.wording import TOKEN_LIMIT
from tests.adapters.discord.payloads import buttons, labels, shown, texts
from tests.builders import a_post

READ = Button("Read", Show("0a1b2c3d4e5f"))


def frame(message: Message) -> list[dict[str, Any]]:
    """Return what stands in the frame of a layout."""
    [framed] = [each for each in message.components if each["type"] == 17]
    inner: list[dict[str, Any]] = framed["components"]
    return inner


def text_of(*blocks: Any, title: str = "") -> str:
    """Return the one text that blocks make, as Markdown."""
    [only] = texts(render(View(title, blocks)))
    return only


def test_text_that_follows_text_is_one_component() -> None:
    blocks = (Heading("Summary"), Paragraph((Text("One."),)), Paragraph((Text("Two."),)), Context((Text("Small."),)))

    assert text_of(*blocks, title="Burnout") == "## Burnout\n### Summary\nOne.\n\nTwo.\n-# Small."


def test_a_title_too_long_for_a_heading_stands_in_bold() -> None:
    title = "word " * 60

    assert text_of(title=title) == f"**{title.strip()}**"


def test_an_entry_has_its_button_beside_it() -> None:
    said = render(View("Found", (Entry("Burnout", ((Text("July 2021"),), (Text("It hurts."),)), READ), Quote("End."))))

    assert [each["type"] for each in frame(said)] == [10, 9, 10]
    assert frame(said)[1] == {
        "type": 9,
        "components": [{"type": 10, "content": "**Burnout**\nJuly 2021\nIt hurts."}],
        "accessory": {"type": 2, "style": 2, "label": "Read", "custom_id": "ask1:show 0a1b2c3d4e5f"},
    }


def test_a_line_parts_an_entry_from_what_is_above() -> None:
    entry = Entry("Burnout", (), READ)

    assert [each["type"] for each in frame(render(View("", (Quote("Found."), entry, entry))))] == [10, 14, 9, 14, 9]


def test_an_entry_without_words_is_its_button() -> None:
    assert frame(render(View("", (Entry("", (), READ),)))) == [
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "Read", "custom_id": "ask1:show 0a1b2c3d4e5f"}]}
    ]


def test_a_long_entry_keeps_its_button_beside_the_end() -> None:
    lines = tuple((Text("A sentence that fills the line. " * 20),) for _ in range(4))
    said = render(View("", (Entry("Long", lines, READ),)))

    assert [each["type"] for each in frame(said)] == [10, 14, 9]
    assert all(len(text) <= 3_000 for text in texts(said))


def test_headings_stand_over_rows_and_entries_alike() -> None:
    said = render(View("", (Heading("Topics"), Buttons((READ,)), Heading("Also"), Entry("Other", (), READ))))

    assert [each["type"] for each in frame(said)] == [10, 1, 14, 10, 9]


def test_buttons_stand_in_rows_of_five() -> None:
    rows = frame(render(View("", (Buttons((READ,) * 7),))))

    assert [len(row["components"]) for row in rows] == [5, 2]
    assert [each["custom_id"] for each in rows[1]["components"]] == ["ask6:show 0a1b2c3d4e5f", "ask7:show 0a1b2c3d4e5f"]


def test_lists_and_quotations_are_marked_line_by_line() -> None:
    blocks = (Bullets(((Text("one"),), (Text(" "),), (Text("t\nwo"),))), Quote("a\n\nb"), Context((Text("c\n\nd"),)))

    assert text_of(*blocks) == "- one\n- t wo\n> a\n\n> b\n-# c\n\n-# d"


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ((Text("a "), Strong("b"), Marked("c"), Text(" d")), "a **bc** d"),
        ((Strong(" b "), Text("c")), " **b** c".strip()),
        ((Strong("a\nb"),), "**a**\n**b**"),
        ((Link("on the web", "https://example.org/a_(b)"),), "[on the web](<https://example.org/a_%28b%29>)"),
        ((Link("https://doi.org/10.1/(a)", "https://doi.org/10.1/(a)"),), "<https://doi.org/10.1/(a)>"),
        ((Link("", "https://example.org"),), "<https://example.org>"),
        ((Link("a *b*", "https://example.org"),), r"a \*b\* (<https://example.org>)"),
        ((Link("https://a.example", "https://b.example"),), r"https\://a.example (<https://b.example>)"),
        ((Link("a", "javascript:alert(1)"),), r"a \<javascript:alert(1)>"),
        ((Link("word " * 60, "https://example.org"),), f"{'word ' * 60} (<https://example.org>)"),
    ],
)
def test_spans_are_this_markdown(spans: tuple[Any, ...], markdown: str) -> None:
    assert text_of(Paragraph(spans)) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("p < .01, β = −.31 & 2 * 3 ~ 6", r"p < .01, β = −.31 & 2 \* 3 \~ 6"),
        ("@everyone <@1> <#1> <t:1>", r"\@everyone \<\@1> \<\#1> \<t:1>"),
        (":smile: at 3:15, Note: this", r"\:smile: at 3:15, Note: this"),
        ("see https://example.org", r"see https\://example.org"),
        ("[a](https://b.example)", r"\[a]\(https\://b.example)"),
        ("# a\n- b\n12. c\n> d\n2.5 e\n-5 f", "\\# a\n\\- b\n12\\. c\n\\> d\n2.5 e\n-5 f"),
        ("C:\\temp_x ||y|| `z`", r"C:\\temp\_x \|\|y\|\| \`z\`"),
    ],
)
def test_what_is_written_is_shown_as_written(text: str, markdown: str) -> None:
    assert text_of(Paragraph((Text(text),))) == markdown


def test_a_text_to_copy_stands_in_a_block_as_it_is() -> None:
    assert text_of(Code("@misc{a,\n  b = {*c*},\n}\n")) == "```\n@misc{a,\n  b = {*c*},\n}\n```"


@pytest.mark.parametrize("text", ["a ``` b", "x" * (limits.CODE + 1)])
def test_a_text_to_copy_that_no_block_shows_is_attached(text: str) -> None:
    said = render(View("Cite", (Code("\n"), Code(text))))

    assert said.files == (TextFile("text1.txt", text),)
    assert frame(said)[-1] == {"type": 13, "file": {"url": "attachment://text1.txt"}}
    assert said.payload["attachments"] == [{"id": 0, "filename": "text1.txt"}]


def test_a_button_without_words_shows_its_command() -> None:
    assert labels(render(View("", (Buttons((Button(" ", Latest()),)),)))) == ["/pprnet latest"]


def test_a_long_label_is_cut_and_keeps_to_one_line() -> None:
    said = labels(render(View("", (Buttons((Button("word\n" * 30, Latest()), Button("🎉" * 60, Latest()))),))))

    assert said == ["word " * 15 + "word…", "🎉" * 39 + "…"]


@pytest.mark.parametrize("request_", [Search("word " * 30), TopicPosts("🎉" * 60)], ids=["too long", "too wide"])
def test_what_no_button_carries_is_named_as_its_command(request_: Any) -> None:
    said = render(
        View("", (Buttons((Button("Try", request_),)), Entry("T", (), Button("Read", request_)))), share=request_
    )

    assert labels(said) == []
    assert shown(said).count("Try: /pprnet ") == shown(said).count("Read: /pprnet ") == 1


def test_the_longest_token_fits_a_name() -> None:
    assert len(names.name(names.SHARE, "t" * TOKEN_LIMIT, 9_999)) == limits.CUSTOM_ID
    assert limits.CUSTOM_ID_PREFIX + TOKEN_LIMIT == limits.CUSTOM_ID


def test_names_are_read_as_they_were_given() -> None:
    assert names.read(names.name(names.MORE, "show 0a: full", 12)) == Named("more", "show 0a: full", 12)
    assert names.read("other1:latest") is names.read("ask:latest") is names.read("ask1:") is None


def test_an_answer_can_be_shared() -> None:
    said = render(View("T", ()), share=Latest())

    assert said.components[-1]["components"] == [
        {"type": 2, "style": 2, "label": "Share to channel", "custom_id": "share1:latest"}
    ]
    assert labels(render(View("T", ()))) == labels(render(View("T", ()), asked=Latest())) == []


def test_turning_or_sharing_the_answer_to_a_change_changes_nothing_again() -> None:
    view = View("Long", (Paragraph((Text("One more sentence. " * 500),)),))

    assert labels(answered(view, Latest())) == ["Read on (2 of 3)", "Share to channel"]
    assert labels(answered(view, Latest(), shareable=False)) == ["Read on (2 of 3)"]
    changed = answered(view, Subscribe())
    assert [button["custom_id"] for button in buttons(changed)] == ["share1:status"]
    assert [file.name for file in changed.files] == ["all.txt"]
    assert labels(answered(view, None)) == []


def test_who_shared_it_stands_above_the_frame() -> None:
    said = shared(View("Burnout", ()), 123456789012345678)

    assert said.components[0] == {"type": 10, "content": "<@123456789012345678> shared this from PPRNet:"}
    assert said.components[1]["type"] == 17
    assert shown(shared(View("T", ()), "@everyone")).startswith("Someone shared this")


def test_the_rest_of_a_shared_answer_is_for_whoever_clicks() -> None:
    view = View("Long", (Paragraph((Text("One more sentence. " * 500),)),))
    said = shared(view, 1, asked=Show("a", full=True))

    assert labels(said) == ["Read on (2 of 3)"]
    assert names.read(buttons(said)[0]["custom_id"]) == Named(names.MORE, "show a full", 2)


def test_a_later_part_says_what_it_is_a_part_of() -> None:
    view = View("Long *title*", (Paragraph((Text("One more sentence. " * 500),)),))

    assert shown(render(view, asked=Latest(), part=2)).startswith("Part 2 of 3: Long *title*\n")
    assert shown(render(View("", view.blocks), asked=Latest(), part=9)).startswith("Part 3 of 3\n")
    assert render(view, asked=Latest(), part=0) == render(view, asked=Latest())


def test_an_announcement_has_content_that_notifications_show() -> None:
    said = announced(View("New", (Entry("Burnout & *more*", ((Text("July 2021"),),), READ), Buttons((READ,)))))

    assert said.content == "## New\n\n**Burnout & \\*more\\***\nJuly 2021"
    assert labels(said) == ["Read: Burnout & *more*", "Read"]
    assert said.payload["flags"] == discord.MessageFlags(suppress_embeds=True).value


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph((Text("One more sentence. " * 110),)),),
        (Heading("Topics"), Buttons((READ,))),
        (*([Buttons((READ,))] * 6),),
        (Paragraph((Text("Copy this."),)), Code("```")),
        (Buttons((READ,)),),
    ],
    ids=["too long", "a heading over buttons", "too many rows", "a file", "no words"],
)
def test_an_announcement_that_content_cannot_hold_is_a_layout(blocks: tuple[Any, ...]) -> None:
    said = announced(View("", blocks))

    assert said.content == ""
    assert said.components[0]["type"] == 17


def test_a_view_without_a_word_says_so() -> None:
    assert shown(render(View("", ()))) == announced(View("", ())).content == "There is nothing to say."


def test_a_card_begins_with_what_is_of_use_in_practice() -> None:
    text = texts(render(cards.card(a_post())))[0]

    assert text.startswith("## Burnout affects outcomes\n-# July 2021 · 1 min read\n### Practice implications\n")


@pytest.mark.parametrize(
    "message",
    [render(View("T", (Code("```"), Buttons((READ,)))), share=Latest()), announced(View("T", (Entry("A", (), READ),)))],
    ids=["a layout", "plain"],
)
def test_discord_receives_the_payload(message: Message) -> None:
    given = message.sending()
    flags = discord.MessageFlags(suppress_embeds=given.pop("suppress_embeds"))
    sent = handle_message_parameters(**given, flags=flags)
    payload = sent.payload or json.loads((sent.multipart or [{}])[0]["value"])

    assert {key: value for key, value in payload.items() if key != "tts"} == message.payload
    assert [file.fp.read().decode() for file in sent.files or ()] == [file.text for file in message.files]


def test_an_edit_takes_away_what_was_attached() -> None:
    payload = handle_message_parameters(**render(View("T", ())).editing()).payload

    assert payload
    assert payload["attachments"] == []
    assert payload["content"] is None
    assert payload["flags"] == discord.MessageFlags(components_v2=True).value


def test_a_message_needs_no_event_loop_and_leaves_nothing_in_memory() -> None:
    made: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: made.append(render(View("T", (Buttons((READ,)),))).sending()))
    thread.start()
    thread.join()
    view = made[0]["view"]

    assert view.is_finished()
    assert not view.is_dispatchable()
    assert view.timeout is None
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
