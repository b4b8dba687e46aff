"""The names by which Slack tells the bot what was used: commands, actions, blocks and views."""

import re

COMMAND = "/pprnet"

REQUEST = re.compile(r"request:\d+")
"""The action of a button that asks for something; its value is the request's token."""

SHARE = "share"
"""The action of the button that brings an answer to the channel; its value is the token of what was asked."""

FULL = "full"
"""The action of the button under an answer that did not fit; its value is the token of what was asked.

The answer is to be opened as a modal, which holds more than a message.
"""

TOPIC = "topic"
"""The action of the menu of topics; the chosen option's value is the request's token."""

SEARCH = "search"
"""The action of the search box; its value is what was typed."""

SEARCH_BLOCK = "search"
TOPIC_BLOCK = "topic"

DELIVERY_BLOCK = "delivery"
"""The first block of an announcement, by which a click under one is known."""

MODAL = "answer"
"""The callback of every modal."""

HOME = "home"
"""The callback of the App Home."""


def request(number: int) -> str:
    """Return the action of the so many-th button of a message; it matches `REQUEST`."""
    return f"request:{number}"
