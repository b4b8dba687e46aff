"""Answers as modals."""

from adapters.slack import names
from adapters.slack.modals import modal
from bot.pages import cards
from bot.references import cite
from bot.requests import CiteStyle
from bot.views import Paragraph, Text, View
from tests.adapters.slack.payloads import labels, raw
from tests.builders import a_post


def test_a_modal_is_named_after_the_bot_and_headed_by_its_view() -> None:
    payload = modal(View("Therapist qualities that lead to treatment failure", ()))

    assert (payload["type"], payload["callback_id"]) == ("modal", names.MODAL)
    assert payload["title"]["text"] == "PPRNet"
    assert raw(payload["blocks"]) == "Therapist qualities that lead to treatment failure"


def test_a_citation_can_be_copied_to_the_letter() -> None:
    post = a_post()
    text = cite(post, CiteStyle.BIBTEX).rstrip()
    blocks = modal(cards.citation_page(post, CiteStyle.BIBTEX, text))["blocks"]

    [copied] = [block for block in blocks if block["type"] == "rich_text"]
    assert copied["elements"] == [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}]
    assert labels(blocks) == ["As printed", "RIS", "Back to the summary"]


def test_a_modal_holds_what_a_message_does_not() -> None:
    text = "A sentence of the blog, and none of it is left out. " * 1_000

    assert "".join(raw(modal(View("T", (Paragraph((Text(text),)),)))["blocks"]).split("\n")) == f"T{text}"
