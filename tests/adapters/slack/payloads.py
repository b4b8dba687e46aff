"""What a person sees of a payload and what Slack would make of it, written apart from the renderer."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def raw(blocks: list[Json]) -> str:
    """Return the text of blocks as a person reads it; buttons are left out."""
    return "\n".join(_shown(block) for block in blocks)


def squeezed(text: str) -> str:
    """Return a text without white space and with a replacement character for what cannot be shown."""
    return re.sub(r"\s+", "", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text))


def buttons(blocks: list[Json]) -> list[Json]:
    """Return the buttons of blocks in reading order."""
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def labels(blocks: list[Json]) -> list[str]:
    """Return what stands on the buttons."""
    return [button["text"]["text"] for button in buttons(blocks)]


def tokens(blocks: list[Json]) -> list[str]:
    """Return what the buttons carry."""
    return [button["value"] for button in buttons(blocks)]


def parsed(value: Any) -> Iterator[str]:
    """Yield every text that Slack reads as markup: nothing but mrkdwn objects."""
    if isinstance(value, list):
        for each in value:
            yield from parsed(each)
    elif isinstance(value, dict):
        if value.get("type") in {"mrkdwn", "markdown"}:
            yield value["text"]
        for each in value.values():
            yield from parsed(each)


def called(value: Any) -> Iterator[Json]:
    """Yield every element of rich text that calls a person, a group or a channel, or shows an emoji."""
    if isinstance(value, list):
        for each in value:
            yield from called(each)
    elif isinstance(value, dict):
        if value.get("type") in {"user", "usergroup", "team", "channel", "broadcast", "emoji", "date", "color"}:
            yield value
        for each in value.values():
            yield from called(each)


def _shown(block: Json) -> str:
    match block:
        case {"type": "header" | "section", "text": {"text": str(text)}}:
            return text
        case {"type": "context", "elements": elements}:
            return " ".join(map(_small, elements))
        case {"type": "rich_text", "elements": elements}:
            return "\n".join(map(_rich, elements))
        case _:
            return ""


def _small(element: Json) -> str:
    if element["type"] == "plain_text":
        return str(element["text"])
    link = re.fullmatch(r"<([^<>|]+)\|([^<>|*_~`&]+)>", element["text"])
    assert link, "the only markup is a link whose words hold none"
    return link[2]


def _rich(element: Json) -> str:
    match element:
        case {"type": "text", "text": str(text)}:
            return text
        case {"type": "link", "url": str(url)}:
            return str(element.get("text", url))
        case {"type": "user", "user_id": str(user)}:
            return user
        case {"type": "rich_text_list", "elements": items}:
            return "\n".join(map(_rich, items))
        case {"elements": elements}:
            return "".join(map(_rich, elements))
        case _:
            raise AssertionError(element)
