"""The laws of every Slack payload, whatever the view: inside the limits, nothing lost, nothing read as markup."""

import json
from html import escape
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from adapters.slack import names
from adapters.slack.home import home
from adapters.slack.modals import modal
from adapters.slack.render import Message, render, shared
from bot.requests import Request
from bot.views import (
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    Context,
    Entry,
    Heading,
    Link,
    Paragraph,
    Quote,
    Span,
    Text,
    View,
    as_text,
)
from bot.wording import fits, write
from tests.adapters.slack.anything import ASKED, TOO_BIG, any_views, requests
from tests.adapters.slack.payloads import buttons, called, labels, parsed, raw, squeezed, tokens
from tests.standins import slack_limits
from tests.strategies import views

moderate = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problems(message: Message) -> list[str]:
    return [*slack_limits.message(message.payload, longest_text=4_000), *_sdk_problems(message.blocks)]


def view_problems(payload: dict[str, Any]) -> list[str]:
    return [*slack_limits.view(payload), *_sdk_problems(payload["blocks"])]


@moderate
@given(any_views, st.none() | requests)
def test_any_view_is_a_message_that_slack_takes(view: View, share: Request | None) -> None:
    for message in (render(view, share=share), render(view, asked=share), shared(view, "U012AB3CD", asked=share)):
        assert problems(message) == []
        assert len(message.text.encode()) <= 4_000


@pytest.mark.parametrize("view", TOO_BIG.values(), ids=TOO_BIG)
def test_a_view_that_no_message_holds_is_cut_with_a_way_to_read_the_rest(view: View) -> None:
    message = render(view, share=ASKED)

    assert problems(message) == []
    assert labels(message.blocks)[-2:] == ["Read in full", "Share to channel"]
    assert buttons(message.blocks)[-2]["action_id"] == names.FULL
    assert tokens(message.blocks)[-2] == write(ASKED)
    compact = json.dumps(message.blocks, ensure_ascii=False, separators=(",", ":"))
    assert 7_000 < len(escape(compact, quote=False)) < 12_000 or len(message.blocks) == 50  # as much as fits


@moderate
@given(any_views)
def test_any_view_is_a_modal_and_a_home_that_slack_takes(view: View) -> None:
    assert view_problems(modal(view)) == []
    assert view_problems(home(view, view)) == []


@pytest.mark.parametrize("view", TOO_BIG.values(), ids=TOO_BIG)
def test_a_view_that_no_modal_holds_says_so(view: View) -> None:
    payload = modal(view)

    assert view_problems(payload) == []
    assert is_whole(view, payload["blocks"]) or raw(payload["blocks"]).endswith("/pprnet help says how.")
    assert view_problems(home(view)) == []


@moderate
@given(any_views)
def test_the_text_of_a_view_comes_out_as_it_went_in(view: View) -> None:
    blocks = modal(view)["blocks"]

    assert is_whole(view, blocks) or "/pprnet help says how" in raw(blocks)


@moderate
@given(any_views)
def test_a_message_shows_all_of_a_view_or_its_beginning_and_says_so(view: View) -> None:
    blocks = render(view, asked=ASKED).blocks

    if labels(blocks)[-1:] == ["Read in full"] and tokens(blocks)[-1] == write(ASKED) and not is_whole(view, blocks):
        assert squeezed(expected(view)).startswith(squeezed(raw(blocks[:-2])))
    else:
        assert is_whole(view, blocks)


@moderate
@given(views())
def test_the_usual_view_fits_into_a_message(view: View) -> None:
    assert is_whole(view, render(view).blocks)


@moderate
@given(any_views, requests)
def test_every_button_has_a_name_of_its_own(view: View, share: Request) -> None:
    for blocks in (render(view, share=share).blocks, modal(view)["blocks"], home(view, view)["blocks"]):
        actions = [button["action_id"] for button in buttons(blocks)]
        assert len(set(actions)) == len(actions)
        assert all(names.REQUEST.fullmatch(action) or action in {names.SHARE, names.FULL} for action in actions)


@moderate
@given(any_views)
def test_nothing_that_is_written_becomes_markup_or_calls_anybody(view: View) -> None:
    message = render(view, share=ASKED)

    assert list(called(message.blocks)) == []
    for text in parsed(message.blocks):  # the one kind there is: a link in small print
        assert text.lower().startswith(("<http://", "<https://", "<mailto:"))
        assert not set(text[1:-1].partition("|")[2]) & set("<>|&*_~`:")
    assert not set(message.text) & set("<>")
    assert message.payload["mrkdwn"] is False


@moderate
@given(any_views)
def test_who_shares_is_the_only_one_called(view: View) -> None:
    message = shared(view, "U012AB3CD")

    assert list(called(message.blocks)) == [{"type": "user", "user_id": "U012AB3CD"}]
    assert message.text.startswith("<@U012AB3CD> shared this")
    assert not set(message.text.removeprefix("<@U012AB3CD>")) & set("<>")


@moderate
@given(any_views)
def test_the_text_beside_the_blocks_is_the_whole_view_or_says_that_it_goes_on(view: View) -> None:
    text = render(view).text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    whole = as_text(view)

    if text.endswith("There is more in the message itself."):
        assert len(whole) > 900
    elif whole.strip():
        assert squeezed(text) == squeezed(whole)


def expected(view: View) -> str:
    """Return every word of a view in order, without its buttons but with the commands that no button carries."""
    return "\n".join([view.title, *(_words(block) for block in view.blocks)])


def is_whole(view: View, blocks: list[dict[str, Any]]) -> bool:
    """Say whether blocks hold every word and every button of a view, in its order."""
    wanted = [button.token for button in view.buttons if fits(button.request)]
    found = [each["value"] for each in buttons(blocks) if names.REQUEST.fullmatch(each["action_id"])]
    words = squeezed(expected(view)) or ("" if wanted else "Thereisnothingtosay.")
    if wanted != found or squeezed(raw(blocks)) != words:
        return False
    carried = [button for button in view.buttons if fits(button.request)]
    return all(_labelled(button, label) for button, label in zip(carried, labels(blocks), strict=False))


def _labelled(button: Button, label: str) -> bool:
    full = squeezed(button.label) or squeezed(f"/pprnet {write(button.request)}")
    return squeezed(label) == full or (label.endswith("…") and full.startswith(squeezed(label[:-1]))) or (
        len(full) > 10 and full.startswith(squeezed(label))
    )  # fmt: skip


def _words(block: Block) -> str:
    match block:
        case Heading(text) | Quote(text) | Code(text):
            return text
        case Paragraph(spans) | Context(spans):
            return _plain(spans)
        case Bullets(items):
            return "\n".join(map(_plain, items))
        case Entry(title, lines, button):
            return "\n".join([title, *map(_plain, lines), _spelled(button)])
        case Buttons(all_):
            return "\n".join(map(_spelled, all_))


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if not isinstance(span, Link):
        return span.text
    takes = span.url.lower().startswith(("http://", "https://", "mailto:")) and len(span.url) <= 3_000
    if takes and not set(span.url) & set(" <>|"):
        return span.text if span.text.strip() else span.url
    return span.text if span.text == span.url else f"{span.text} <{span.url}>"


def _spelled(button: Button) -> str:
    return "" if fits(button.request) else f"{button.label}: /pprnet {write(button.request)}"


def _sdk_problems(blocks: list[dict[str, Any]]) -> list[str]:
    """Return what Slack's own Python models hold against the blocks."""
    for block in SdkBlock.parse_all(blocks):
        block.validate_json()
    return []


def test_pieces_of_a_long_paragraph_end_with_a_sentence() -> None:
    blocks = render(View("T", (Paragraph((Text("It goes on for long. " * 300),)),))).blocks[1:]

    assert len(blocks) > 1
    assert all(raw([block]).rstrip().endswith("long.") for block in blocks)
    assert all(a["type"] == b["type"] == "rich_text" for a, b in pairwise(blocks))
