"""How a view looks in Slack."""

from typing import Any

import pytest

from adapters.slack import limits, names
from adapters.slack.render import QUIET, render, shared
from bot.pages import cards
from bot.requests import Latest, Search, Show, TopicPosts
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
from tests.adapters.slack.payloads import buttons, labels, parsed, raw, tokens
from tests.builders import a_post

READ = Button("Read", Show("0a1b2c3d4e5f"))


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def blocks_of(*blocks: Any, title: str = "") -> list[dict[str, Any]]:
    return render(View(title, blocks)).blocks


def test_the_title_is_a_header_without_emoji() -> None:
    [block] = blocks_of(title="Burnout :smile: & *more*")

    assert block == {
        "type": "header",
        "text": {"type": "plain_text", "text": "Burnout :smile: & *more*", "emoji": False},
    }


@pytest.mark.parametrize("title", ["word " * 40, "x" * 151, "&" * 31, "What is &lt;?"])
def test_a_title_that_a_header_cannot_show_as_written_stands_in_bold(title: str) -> None:
    [block] = blocks_of(title=title)

    assert block["elements"] == [section({"type": "text", "text": title, "style": {"bold": True}})]


def test_a_heading_stands_in_the_same_block_as_what_it_heads() -> None:
    [block] = blocks_of(Heading("Summary"), Paragraph((Text("It says so."),)))

    assert [raw([{**block, "elements": [each]}]) for each in block["elements"]] == ["Summary", "It says so."]


def test_a_heading_stays_with_the_buttons_it_heads() -> None:
    heading, row = blocks_of(Heading("Topics"), Buttons(()), Buttons((READ,)))

    assert (heading["type"], row["type"]) == ("rich_text", "actions")


def test_two_headings_stand_one_above_the_other() -> None:
    assert len(blocks_of(Heading("One"), Heading("Two"), Paragraph((Text("Text."),)))) == 2


def test_spans_keep_their_kind() -> None:
    spans = (Text("a "), Strong("b"), Marked("c"), Link("d", "https://doi.org/1?a&b"), Link("", "https://doi.org/2"))
    [block] = blocks_of(Paragraph(spans))

    assert block["elements"] == [
        section(
            {"type": "text", "text": "a "},
            {"type": "text", "text": "bc", "style": {"bold": True}},
            {"type": "link", "url": "https://doi.org/1?a&b", "text": "d"},
            {"type": "link", "url": "https://doi.org/2", "text": "https://doi.org/2"},
        )
    ]


def test_an_address_that_slack_would_not_take_is_text() -> None:
    [block] = blocks_of(Paragraph((Link("here", "javascript:alert(1)"),)))

    assert block["elements"] == [section({"type": "text", "text": "here <javascript:alert(1)>"})]


def test_quotes_lists_and_code_have_their_own_elements() -> None:
    quote, bullets, code = blocks_of(
        Quote("Said so."), Bullets(((Text("one"),), (), (Text("two"),))), Code("@article{x,\n  y = {1}\n}")
    )

    assert quote["elements"] == [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "Said so."}]}]
    assert [raw([block]) for block in (bullets, code)] == ["one\ntwo", "@article{x,\n  y = {1}\n}"]
    assert bullets["elements"][0]["type"] == "rich_text_list"
    assert bullets["elements"][0]["style"] == "bullet"
    assert code["elements"][0]["type"] == "rich_text_preformatted"


def test_an_entry_is_its_title_its_lines_and_its_button() -> None:
    text, row = blocks_of(Entry("Burnout", ((Text("July 2021"),), (Marked("burnout"), Text(" hurts"))), READ))

    assert raw([text]) == "Burnout\nJuly 2021\nburnout hurts"
    assert labels([row]) == ["Read"]
    assert buttons([row])[0]["accessibility_label"] == "Read: Burnout"


def test_an_entry_without_words_is_its_button() -> None:
    assert [block["type"] for block in blocks_of(Entry("", (), READ))] == ["actions"]


def test_small_print_holds_plain_text_and_links() -> None:
    [block] = blocks_of(Context((Text("July 2021 · *3* min · "), Link("on the web", "https://example.org/a?b=c"))))

    assert block == {
        "type": "context",
        "elements": [
            {"type": "plain_text", "text": "July 2021 · *3* min ·", "emoji": False},
            {"type": "mrkdwn", "text": "<https://example.org/a?b=c|on the web>", "verbatim": True},
        ],
    }


@pytest.mark.parametrize(
    "spans",
    [
        (Link("*bold*", "https://example.org"),),
        (Link(":smile:", "https://example.org"),),
        (Link("two addresses", "https://example.org/?a=1&b=2"),),
        (Text("&lt; means less"),),
        (Text("long " * 700),),
        (*(Link("a", "https://example.org"), Text(" · ")) * 5, Link("eleventh", "https://example.org")),
    ],
)
def test_small_print_that_would_not_show_as_written_becomes_running_text(spans: Any) -> None:
    block = blocks_of(Context(spans))[0]

    assert block["type"] == "rich_text"
    assert list(parsed(block)) == []


def test_titles_and_small_print_use_the_room_there_is() -> None:
    ten = (Link("a", "https://example.org"), Text(" · ")) * 5

    assert [block["type"] for block in blocks_of(Context(ten), title="x" * 150)] == ["header", "context"]


def test_links_stand_side_by_side_in_small_print() -> None:
    links = (Link("one", "https://example.org/1"), Text(" "), Link("two", "https://example.org/2"))
    [block] = blocks_of(Context(links))

    assert [each["type"] for each in block["elements"]] == ["mrkdwn", "mrkdwn"]


def test_buttons_stand_five_in_a_row_and_carry_their_requests() -> None:
    rows = blocks_of(Buttons(tuple(Button(f"T{number}", TopicPosts(f"t{number}")) for number in range(12))))

    assert [len(row["elements"]) for row in rows] == [5, 5, 2]
    assert tokens(rows)[-1] == "topic t11"
    assert [button["action_id"] for button in buttons(rows)] == [names.request(number) for number in range(1, 13)]


def test_every_token_fits_into_a_button_and_an_option() -> None:
    assert min(limits.BUTTON_VALUE, limits.OPTION_VALUE) >= TOKEN_LIMIT


def test_a_request_that_no_button_carries_is_named_as_a_command() -> None:
    row, line = blocks_of(Buttons((Button("More", Search("word " * 20, page=2)), READ)))

    assert labels([row]) == ["Read"]
    assert raw([line]).startswith("More: /pprnet search word word")


def test_a_long_label_is_cut_and_an_empty_one_is_the_command() -> None:
    rows = blocks_of(Buttons((Button("<" * 60, Latest()), Button(" ", Latest()))))

    assert labels(rows) == ["<" * 17 + "…", "/pprnet latest"]


def test_an_answer_offers_to_be_shared() -> None:
    button = buttons(render(View("T", ()), share=Latest()).blocks)[-1]

    assert (button["action_id"], button["value"]) == (names.SHARE, "latest")
    assert buttons(render(View("T", ())).blocks) == []


def test_what_no_button_carries_cannot_be_shared() -> None:
    assert buttons(render(View("T", ()), share=Search("word " * 30)).blocks) == []


def test_who_shared_it_stands_above_it() -> None:
    message = shared(View("Burnout", (Buttons((READ,)),)), "U012AB3CD")

    assert message.blocks[0]["elements"] == [
        section({"type": "user", "user_id": "U012AB3CD"}, {"type": "text", "text": " shared this from PPRNet:"})
    ]
    assert [block["type"] for block in message.blocks[1:]] == ["header", "actions"]
    assert message.text == "<@U012AB3CD> shared this from PPRNet:\n\nBurnout\n\nRead: /pprnet show 0a1b2c3d4e5f"


def test_whoever_has_no_id_is_someone() -> None:
    message = shared(View("Burnout", ()), "<!channel>")

    assert raw(message.blocks).startswith("Someone shared this")
    assert message.text.startswith("Someone shared this")


def test_a_cut_without_a_known_request_says_how_to_go_on() -> None:
    blocks = blocks_of(*[Paragraph((Text("Short."),))] * 60)

    assert len(blocks) == 50
    assert raw(blocks[-1:]) == "This is more than one message holds. Ask for a part of it: /pprnet help says how."


def test_the_text_beside_the_blocks_is_the_whole_reading_escaped() -> None:
    post = a_post(title="R & D", implications=("p < .01 *and* <!channel>",), topics=("Burnout",))
    text = render(cards.card(post)).text

    assert text.startswith("R &amp; D\n\nJuly 2021 · 1 min read")
    assert "p &lt; .01 *and* &lt;!channel&gt;" in text
    assert "Burnout: /pprnet topic Burnout" in text


def test_a_very_long_text_beside_the_blocks_is_cut_at_a_sentence() -> None:
    text = render(View("T", (Paragraph((Text("Es geht um Bürger & mehr. " * 300),)),))).text

    assert text.endswith(" mehr.\n\nThere is more in the message itself.")
    assert 3_900 < len(text.encode()) <= 4_000


def test_a_payload_is_quiet() -> None:
    payload = render(View("T", ())).payload

    assert payload["unfurl_links"] is payload["unfurl_media"] is payload["link_names"] is payload["mrkdwn"] is False
    assert {*payload} == {"text", "blocks", *QUIET}


def test_a_view_without_a_word_says_so() -> None:
    message = render(View("", ()))

    assert raw(message.blocks) == message.text == "There is nothing to say."


def test_what_cannot_be_shown_is_marked() -> None:
    assert raw(blocks_of(Paragraph((Text("a\x00b\ud800c\r\n\td"),)))) == "a\ufffdb\ufffdc\r\n\td"
