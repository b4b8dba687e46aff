"""What a person sees of a message, read from its payload and apart from the renderer."""

import re
from collections.abc import Iterator
from typing import Any

from adapters.discord.message import Message
from tests.adapters.discord.markdown import seen

Json = dict[str, Any]


def texts(message: Message) -> list[str]:
    """Return every text that Discord reads as Markdown, in reading order."""
    payload = message.payload
    found = [payload["content"]] if "content" in payload else []
    return found + [each["content"] for each in parts(payload["components"]) if each["type"] == 10]


def shown(message: Message) -> str:
    """Return what a person reads: the texts, and in their places the texts that are attached."""
    payload = message.payload
    files = {file.name: file.text for file in message.files}
    said = [seen(payload["content"])] if "content" in payload else []
    for each in parts(payload["components"]):
        match each:
            case {"type": 10, "content": str(markdown)}:
                said.append(seen(markdown))
            case {"type": 13, "file": {"url": str(url)}}:
                said.append(files[url.removeprefix("attachment://")])
            case _:
                pass
    return "\n".join(said)


def buttons(message: Message) -> list[Json]:
    """Return the buttons in reading order."""
    return [each for each in parts(message.payload["components"]) if each["type"] == 2]


def labels(message: Message) -> list[str]:
    """Return what stands on the buttons."""
    return [each["label"] for each in buttons(message)]


def parts(components: list[Json]) -> Iterator[Json]:
    """Yield components in reading order, what is in them after them."""
    for each in components:
        yield each
        yield from parts(each.get("components", []))
        if "accessory" in each:
            yield each["accessory"]


def squeezed(text: str) -> str:
    """Return a text without white space and with a replacement character for what cannot be shown."""
    text = re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]", "\ufffd", text)
    return re.sub(r"\s+", "", text)
