"""What a stand-in Slack knows: workspaces, channels, messages and views."""

import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.standins.slack_tickets import ResponseUrl, Trigger

APP = "A0PPRNET"
BOT_USER = "U0PPRNET"
BOT = "B0PPRNET"
TEAM = "T0STANDIN"
USER = "U0CAROL"
STRANGER = "U0DORA"
"""Somebody who is a member of no channel."""
GUEST = "U0GUEST"
ADMIN = "U0ADMIN"
GENERAL = "C0GENERAL"
PRIVATE = "C0PRIVATE"
ELSEWHERE = "C0ELSEWHERE"
ARCHIVED = "C0ARCHIVED"
DIRECT = "D0CAROL"
BETWEEN = "D0OTHERS"
"""A conversation between two people."""

MICROSECONDS = 1_000_000


class SlackError(Exception):
    """Slack answers `ok: false` with this code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Workspace:
    """A workspace that the app is installed in."""

    id: str
    token: str
    scopes: set[str]


@dataclass(slots=True)
class Person:
    """Somebody; `kind` is what users.info says of them beside their name, such as `is_restricted`."""

    name: str
    kind: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Channel:
    """A place for messages; `error` is what every post there is refused with, `members` are those beside the bot."""

    id: str
    name: str
    team: str = TEAM
    is_private: bool = False
    is_im: bool = False
    is_member: bool = True
    is_archived: bool = False
    is_read_only: bool = False
    error: str | None = None
    members: list[str] = field(default_factory=lambda: [USER])


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now; `to` is the one person who sees it, `None` when everyone does."""

    ts: str
    channel: str
    text: str
    blocks: list[dict[str, Any]]
    metadata: dict[str, Any] | None = None
    thread_ts: str | None = None
    to: str | None = None
    deleted: bool = False
    edited: int = 0
    more: dict[str, Any] = field(default_factory=dict)

    def payload(self, *, metadata: bool = False) -> dict[str, Any]:
        """Return it as Slack shows it."""
        shown: dict[str, Any] = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "app_id": APP,
            "ts": self.ts,
            "text": self.text,
            "blocks": deepcopy(self.blocks),
        }
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if metadata and self.metadata:
            shown["metadata"] = deepcopy(self.metadata)
        return shown


@dataclass(slots=True, eq=False)
class ViewSeen:
    """A modal or a Home as one person sees it now."""

    id: str
    user: str
    view: dict[str, Any]
    version: int = 1
    closed: bool = False
    root: str = ""

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.view["type"])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """What it shows."""
        blocks: list[dict[str, Any]] = self.view["blocks"]
        return blocks

    def payload(self, team: str, state: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return it as Slack shows it."""
        return {
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "close": None,
            "submit": None,
            **deepcopy(self.view),
            "id": self.id,
            "team_id": team,
            "app_id": APP,
            "bot_id": BOT,
            "app_installed_team_id": team,
            "hash": f"{self.id}.{self.version}",
            "previous_view_id": None,
            "root_view_id": self.root or self.id,
            "state": {"values": state or {}},
        }


class World:
    """Everything that stays the same between calls."""

    def __init__(self, scopes: set[str], clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.workspaces = {TEAM: Workspace(TEAM, "xoxb-stand-in", scopes)}
        self.app_token = "xapp-stand-in"
        self.channels = {
            channel.id: channel
            for channel in (
                Channel(GENERAL, "general"),
                Channel(PRIVATE, "supervision", is_private=True),
                Channel(ELSEWHERE, "elsewhere", is_member=False),
                Channel(ARCHIVED, "before", is_archived=True),
                Channel(DIRECT, "directmessage", is_im=True, is_private=True),
                Channel(BETWEEN, "directmessage", is_im=True, is_private=True, is_member=False),
            )
        }
        self.users = {
            USER: Person("carol", {"profile": {"display_name": "Carol"}}),
            STRANGER: Person("dora"),
            GUEST: Person("guest", {"is_restricted": True}),
            ADMIN: Person("admin", {"is_admin": True}),
        }
        self.messages: list[Message] = []
        self.views: dict[str, ViewSeen] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._numbers: Iterator[int] = count(1)
        self._last_ts = 0

    def number(self) -> int:
        """Return a number never used before."""
        return next(self._numbers)

    def ts(self) -> str:
        """Return the id of a message of this moment, later than all before."""
        self._last_ts = max(self._last_ts + 1, int(self.clock() * MICROSECONDS))
        return f"{self._last_ts // MICROSECONDS}.{self._last_ts % MICROSECONDS:06}"

    def trigger(self, user: str) -> str:
        """Return a new trigger_id."""
        name = f"{self.number()}.trigger"
        self.triggers[name] = Trigger(user, self.clock())
        return name

    def workspace_of(self, token: str) -> Workspace | None:
        """Return the workspace that a bot token belongs to."""
        return next((one for one in self.workspaces.values() if one.token == token), None)

    def channel(self, team: str, name: str) -> Channel:
        """Return a channel that the bot can see, or a person's direct messages.

        Raises:
            SlackError: there is none; a private channel that the bot is not in looks the same.
        """
        channel = self.channels.get(DIRECT if name == USER else name)
        if channel is None or channel.team != team or (channel.is_private and not channel.is_member):
            raise SlackError("channel_not_found")
        return channel

    def post(self, channel: str, args: dict[str, Any], to: str | None = None) -> Message:
        """Keep a new message."""
        message = Message(self.ts(), channel, args.get("text") or "", self.with_ids(args.get("blocks") or []), to=to)
        message.metadata = args.get("metadata")
        message.thread_ts = args.get("thread_ts")
        self.messages.append(message)
        return message

    def edit(self, message: Message, args: dict[str, Any]) -> None:
        """Replace what a message says."""
        message.text = args.get("text") or ""
        message.blocks = self.with_ids(args.get("blocks") or [])
        message.edited += 1

    def visible(self, channel: str) -> list[Message]:
        """Return what everyone in a channel sees, newest first."""
        seen = [one for one in self.messages if one.channel == channel and one.to is None and not one.deleted]
        return sorted(seen, key=lambda one: one.ts, reverse=True)

    def with_ids(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return blocks with the ids that Slack gives to whatever has none."""
        filled = deepcopy(blocks)
        for block in filled:
            block.setdefault("block_id", f"b{self.number()}")
            for element in elements(block):
                element.setdefault("action_id", f"a{self.number()}")
        return filled


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the interactive elements of a block."""
    found = block.get("elements", []) if block.get("type") == "actions" else []
    return [
        *found,
        *(block[key] for key in ("accessory", "element") if block.get(key, {}).get("type") != "image" and key in block),
    ]
