"""What a person typed in Slack, as they typed it."""

import re

_ADDRESSED = re.compile(r"\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s:,]*")


def as_typed(text: str) -> str:
    """Return text as it was typed: in messages and commands Slack writes `&`, `<` and `>` as entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_address(text: str) -> str:
    """Return a message as Slack sends it without the bot's name at its beginning."""
    return _ADDRESSED.sub(" ", text, count=1).strip()
