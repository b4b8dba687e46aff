"""Whether Slack would take a payload: its published limits, written down a second time and from its documentation.

https://docs.slack.dev/reference/block-kit/blocks and .../block-elements, .../views, .../methods/chat.postMessage. The
bot has limits of its own in `adapters.slack.limits`; that these are other lines is what makes them a check.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Json = dict[str, Any]
Found = Iterator[str]
"""Sentences, one for each thing that Slack would not take."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
"""All text in the blocks of one message. Not published; measured by others (slackapi/bolt-js#2509)."""

POSTED_TEXT = 40_000
UPDATED_TEXT = 4_000
MARKDOWN_CHARACTERS = 12_000
VIEW_BYTES = 250_000
METADATA_BYTES = 16_000
"""Not published; far more than a key needs."""

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_-]+")
_PING = re.compile(r"<(?:!|@|#)[^>]*>")


def message(args: Json, longest_text: int = POSTED_TEXT) -> Found:
    """Yield what is wrong with a message."""
    blocks = args.get("blocks") or []
    text = args.get("text") or ""
    if not text and not blocks:
        yield "no_text: neither text nor blocks"
    if not text and blocks:
        yield "no text for screen readers and notifications"
    if len(text) > longest_text:
        yield f"text: {len(text)} characters, {longest_text} at most"
    yield from _blocks(blocks, MESSAGE_BLOCKS, _IN_MESSAGES)
    if (total := sum(map(len, _texts(blocks)))) > MESSAGE_CHARACTERS:
        yield f"msg_blocks_too_long: {total} characters in blocks"
    yield from _metadata(args.get("metadata"))


def view(given: Json) -> Found:
    """Yield what is wrong with a modal or a Home."""
    kind = given.get("type")
    if kind not in {"modal", "home"}:
        yield f"view: type {kind!r}"
    if kind == "modal":
        yield from _plain(given.get("title"), "title", 24)
    for key in ("submit", "close"):
        if given.get(key) is not None:
            yield from _plain(given[key], key, 24)
    yield from _length(given.get("callback_id"), "callback_id", 255, least=0)
    yield from _length(given.get("private_metadata"), "private_metadata", 3000, least=0)
    yield from _length(given.get("external_id"), "external_id", 255, least=0)
    blocks = given.get("blocks") or []
    yield from _blocks(blocks, VIEW_BLOCKS, _IN_VIEWS)
    if kind == "modal" and any(block.get("type") == "input" for block in blocks) and not given.get("submit"):
        yield "view: an input needs a submit"
    if len(json.dumps(given).encode()) > VIEW_BYTES:
        yield "view_too_large"


def options(given: Json) -> Found:
    """Yield what is wrong with the answer to a block_suggestion."""
    if set(given) - {"options", "option_groups"}:
        yield f"options: unknown keys {sorted(set(given) - {'options', 'option_groups'})}"
    yield from _options(given, least=0)


def pings(payload: Any) -> list[str]:
    """Return whatever in the payload would call a person, a group or a channel."""
    found = [text for text in _texts(payload) for text in _PING.findall(text)]
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


def _blocks(blocks: list[Json], most: int, places: frozenset[str]) -> Found:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks, {most} at most"
    for number, block in enumerate(blocks):
        kind = str(block.get("type"))
        where = f"/blocks/{number} ({kind})"
        if kind not in places:
            yield f"{where}: not allowed here"
            continue
        yield from (f"{where}: {problem}" for problem in _block(kind, block))
    yield from _unique((block.get("block_id") for block in blocks), "block_id")
    if sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        yield "markdown blocks too long"


def _block(kind: str, block: Json) -> Found:
    if extra := set(block) - {"type", "block_id"} - _BLOCK_KEYS[kind]:
        yield f"unknown keys {sorted(extra)}"
    yield from _length(block.get("block_id"), "block_id", 255)
    yield from _BLOCKS[kind](block)


def _section(block: Json) -> Found:
    fields = block.get("fields") or []
    if block.get("text") is None and not fields:
        yield "neither text nor fields"
    if block.get("text") is not None:
        yield from _text(block["text"], "text", 3000)
    if len(fields) > 10:
        yield f"{len(fields)} fields, 10 at most"
    for each in fields:
        yield from _text(each, "field", 2000)
    if block.get("accessory") is not None:
        yield from _element(block["accessory"])


def _header(block: Json) -> Found:
    yield from _plain(block.get("text"), "text", 150)


def _context(block: Json) -> Found:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements, 1 to 10"
    for element in elements:
        yield from _image(element) if element.get("type") == "image" else _text(element, "element", 3000)


def _actions(block: Json) -> Found:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements, 1 to 25"
    for element in elements:
        yield from _element(element)
    yield from _unique((element.get("action_id") for element in elements), "action_id")


def _input(block: Json) -> Found:
    yield from _plain(block.get("label"), "label", 2000)
    if block.get("hint") is not None:
        yield from _plain(block["hint"], "hint", 2000)
    yield from _element(block.get("element") or {})


def _image(block: Json) -> Found:
    yield from _length(block.get("image_url"), "image_url", 3000, needed=True)
    yield from _length(block.get("alt_text"), "alt_text", 2000, needed=True)


def _markdown(block: Json) -> Found:
    yield from _length(block.get("text"), "text", MARKDOWN_CHARACTERS, needed=True)


def _rich_text(block: Json) -> Found:
    for element in block.get("elements") or []:
        if element.get("type") not in _RICH:
            yield f"rich text element {element.get('type')!r}"
        for text in _texts(element):
            yield from _length(text, "rich text", POSTED_TEXT)


def _nothing(_: Json) -> Found:
    return iter(())


def _element(element: Json) -> Found:
    kind = str(element.get("type"))
    if kind not in _ELEMENTS:
        yield f"element {kind!r} is unknown"
        return
    yield from _length(element.get("action_id"), "action_id", 255)
    if element.get("placeholder") is not None:
        yield from _plain(element["placeholder"], "placeholder", 150)
    yield from _ELEMENTS[kind](element)


def _button(element: Json) -> Found:
    yield from _plain(element.get("text"), "button text", 75)
    yield from _length(element.get("value"), "button value", 2000)
    yield from _length(element.get("url"), "button url", 3000)
    yield from _length(element.get("accessibility_label"), "accessibility_label", 75)
    if element.get("style") not in {None, "primary", "danger"}:
        yield f"button style {element['style']!r}"


def _select(element: Json) -> Found:
    yield from _options(element, least=1)
    for option in filter(None, [element.get("initial_option")]):
        yield from _option(option)


def _external_select(element: Json) -> Found:
    if not isinstance(element.get("min_query_length", 1), int):
        yield "min_query_length is a number"
    for option in filter(None, [element.get("initial_option")]):
        yield from _option(option)


def _plain_text_input(element: Json) -> Found:
    for key in ("min_length", "max_length"):
        if not 0 <= element.get(key, 1) <= 3000:
            yield f"{key}: 3000 at most"
    yield from _length(element.get("initial_value"), "initial_value", 3000, least=0)


def _options(given: Json, least: int) -> Found:
    groups = given.get("option_groups") or []
    if len(groups) > 100:
        yield f"{len(groups)} option groups, 100 at most"
    for group in groups:
        yield from _plain(group.get("label"), "group label", 75)
    lists = [group.get("options") or [] for group in groups] or [given.get("options") or []]
    for listed in lists:
        if not least <= len(listed) <= 100:
            yield f"{len(listed)} options, {least} to 100"
        for option in listed:
            yield from _option(option)


def _option(option: Json) -> Found:
    yield from _plain(option.get("text"), "option text", 75)
    yield from _length(option.get("value"), "option value", 150, needed=True)
    if option.get("description") is not None:
        yield from _plain(option["description"], "option description", 75)


def _plain(given: Json | None, name: str, most: int) -> Found:
    yield from _text(given, name, most)
    if given and given.get("type") != "plain_text":
        yield f"{name} has to be plain_text"


def _text(given: Json | None, name: str, most: int) -> Found:
    if not isinstance(given, dict) or given.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{name} is no text object"
        return
    known = {"type", "text"} | ({"emoji"} if given["type"] == "plain_text" else {"verbatim"})
    if extra := set(given) - known:
        yield f"{name}: unknown keys {sorted(extra)}"
    yield from _length(given.get("text"), name, most, needed=True)


def _length(given: Any, name: str, most: int, *, least: int = 1, needed: bool = False) -> Found:
    if given is None:
        if needed:
            yield f"{name} is missing"
    elif not isinstance(given, str):
        yield f"{name} is no string"
    elif not least <= len(given) <= most:
        yield f"{name}: {len(given)} characters, {least} to {most}"


def _unique(names: Iterable[Any], name: str) -> Found:
    given = [each for each in names if each is not None]
    if len(set(given)) < len(given):
        yield f"{name} is used twice"


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that a person would read."""
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                if "type" in value:  # a text object, a piece of rich text, a markdown block; not a message
                    yield each
            else:
                yield from _texts(each)


_RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
_BLOCKS: dict[str, Callable[[Json], Found]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "divider": _nothing,
}
_BLOCK_KEYS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text"},
    "context": {"elements"},
    "actions": {"elements"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "image": {"image_url", "alt_text", "title", "slack_file"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "divider": set(),
}
_IN_MESSAGES = frozenset(_BLOCKS)
_IN_VIEWS = frozenset(_BLOCKS) - {"markdown"}
_ELEMENTS: dict[str, Callable[[Json], Found]] = {
    "button": _button,
    "static_select": _select,
    "overflow": _select,
    "radio_buttons": _select,
    "external_select": _external_select,
    "conversations_select": _nothing,
    "channels_select": _nothing,
    "plain_text_input": _plain_text_input,
    "image": _image,
}
