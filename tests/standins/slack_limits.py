"""Whether Slack would take a payload: its published limits, written down a second time and from its documentation.

https://docs.slack.dev/reference/block-kit/blocks and .../block-elements, .../views, .../methods/chat.postMessage. The
bot has limits of its own in `adapters.slack.limits`; that these are other lines is what makes them a check.
"""

import json
import re
from typing import Any

from tests.standins.slack_blocks import IN_MESSAGES, IN_VIEWS, blocks
from tests.standins.slack_blocks import options as listed
from tests.standins.slack_texts import Found, Json, length, plain, texts

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
"""All text in the blocks of one message. Not published; measured by others (slackapi/bolt-js#2509)."""

POSTED_TEXT = 40_000
UPDATED_TEXT = 4_000
VIEW_BYTES = 250_000
METADATA_BYTES = 16_000
"""Not published; far more than a key needs."""

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_-]+")
_PING = re.compile(r"<(?:!|@|#)[^>]*>")


def message(args: Json, longest_text: int = POSTED_TEXT) -> Found:
    """Yield what is wrong with a message."""
    shown = args.get("blocks") or []
    text = args.get("text") or ""
    if not text and not shown:
        yield "no_text: neither text nor blocks"
    if not text and shown:
        yield "no text for screen readers and notifications"
    if len(text) > longest_text:
        yield f"text: {len(text)} characters, {longest_text} at most"
    yield from blocks(shown, MESSAGE_BLOCKS, IN_MESSAGES)
    if (total := sum(map(len, texts(shown)))) > MESSAGE_CHARACTERS:
        yield f"msg_blocks_too_long: {total} characters in blocks"
    yield from _metadata(args.get("metadata"))


def view(given: Json) -> Found:
    """Yield what is wrong with a modal or a Home."""
    kind = given.get("type")
    if kind not in {"modal", "home"}:
        yield f"view: type {kind!r}"
    if kind == "modal":
        yield from plain(given.get("title"), "title", 24)
    for key in ("submit", "close"):
        if given.get(key) is not None:
            yield from plain(given[key], key, 24)
    yield from length(given.get("callback_id"), "callback_id", 255, least=0)
    yield from length(given.get("private_metadata"), "private_metadata", 3000, least=0)
    yield from length(given.get("external_id"), "external_id", 255, least=0)
    shown = given.get("blocks") or []
    yield from blocks(shown, VIEW_BLOCKS, IN_VIEWS)
    if kind == "modal" and any(block.get("type") == "input" for block in shown) and not given.get("submit"):
        yield "view: an input needs a submit"
    if len(json.dumps(given).encode()) > VIEW_BYTES:
        yield "view_too_large"


def options(given: Json) -> Found:
    """Yield what is wrong with the answer to a block_suggestion."""
    if set(given) - {"options", "option_groups"}:
        yield f"options: unknown keys {sorted(set(given) - {'options', 'option_groups'})}"
    yield from listed(given, least=0)


def pings(payload: Any) -> list[str]:
    """Return whatever in the payload would call a person, a group or a channel."""
    found = [text for text in texts(payload) for text in _PING.findall(text)]
    return found + (_PING.findall(payload.get("text") or "") if isinstance(payload, dict) else [])


def _metadata(given: Json | None) -> Found:
    if given is None:
        return
    if not _EVENT_TYPE.fullmatch(str(given.get("event_type", ""))):
        yield "metadata: event_type has letters, digits, _ and - only"
    if not isinstance(given.get("event_payload"), dict):
        yield "metadata: event_payload is an object"
    if len(json.dumps(given).encode()) > METADATA_BYTES:
        yield "metadata_too_large"
