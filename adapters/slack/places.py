"""Where an answer goes in Slack."""

from dataclasses import dataclass
from typing import Any

from adapters.slack import names


@dataclass(frozen=True, slots=True)
class Whisper:
    """A message that only the person who asked can see.

    Attributes:
        url: the address that Slack gave for answers.
        replace: put it in the place of the message whose button was clicked.
    """

    url: str
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A message to the channel in which the person asked, by the address that Slack gave for answers."""

    url: str
    user: str


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot in a channel, or in a thread of it."""

    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class NewModal:
    """A modal to be opened, within three seconds; where that fails, a whisper to `url`, if there is one."""

    trigger: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class OpenModal:
    """A modal that is open already."""

    view: str


Place = Whisper | Share | Post | NewModal | OpenModal


def command_place(body: dict[str, Any]) -> Place:
    """Return where the answer to a slash command goes."""
    return Whisper(body["response_url"])


def click_place(body: dict[str, Any], *, modal: bool) -> Place:
    """Return where the answer to a click goes.

    What only one person sees is replaced: an ephemeral message, a direct message, an open modal. What others see
    stays as it is, and so does an announcement: it was not asked for, so it would not be found again.

    Args:
        body: the click as Slack sends it.
        modal: the answer is long, or is there to be copied from.
    """
    if body.get("view", {}).get("type") == "modal":
        return OpenModal(body["view"]["id"])
    url = body.get("response_url") or ""
    if modal or not url:
        return NewModal(body.get("trigger_id") or "", url)
    return Whisper(url, replace=_is_own(body))


def message_place(event: dict[str, Any]) -> Place:
    """Return where the answer to a message goes: into a thread only if it was asked there."""
    return Post(event["channel"], event.get("thread_ts") or "")


def _is_own(body: dict[str, Any]) -> bool:
    if any(block.get("block_id") == names.DELIVERY_BLOCK for block in body.get("message", {}).get("blocks", ())):
        return False
    direct = str(body.get("channel", {}).get("id") or "").startswith("D")
    return direct or bool(body.get("container", {}).get("is_ephemeral"))
