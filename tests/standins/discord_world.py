"""What a stand-in Discord knows: guilds, channels, people, messages and interactions."""

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.standins.discord_calls import DiscordError

EPOCH = 1_420_070_400_000
"""The first millisecond of 2015, from which snowflakes count (docs.discord.com, Reference, Snowflakes)."""

APP = "900000000000000001"
"""The application, and its bot user."""
GUILD = "900000000000000100"
OTHER_GUILD = "900000000000000200"
FOREIGN_GUILD = "900000000000000300"
"""A guild that the bot is not in: people use it there as their own app."""
CAROL = "900000000000000011"
DAN = "900000000000000012"

GENERAL = "900000000000000101"
NEWS = "900000000000000102"
FORUM = "900000000000000103"
THREAD = "900000000000000104"
HIDDEN = "900000000000000105"
"""The bot may not see it."""
MUTE = "900000000000000106"
"""The bot may see it and not write in it."""
STAGE = "900000000000000107"
LOBBY = "900000000000000201"
"""A text channel of the other guild."""
STRANGE = "900000000000000301"
"""A text channel of the guild that the bot is not in."""
DIRECT = "900000000000000401"
"""Carol's direct messages with the bot."""

TEXT, DM, ANNOUNCEMENT, PUBLIC_THREAD, STAGE_VOICE, FORUM_KIND = 0, 1, 5, 11, 13, 15

VIEW, SEND, MANAGE_GUILD, MANAGE_CHANNELS = 1 << 10, 1 << 11, 1 << 5, 1 << 4
EMBED, ATTACH, READ_HISTORY, SEND_IN_THREADS, EXTERNAL_APPS = 1 << 14, 1 << 15, 1 << 16, 1 << 38, 1 << 50
MEMBER = VIEW | SEND | EMBED | ATTACH | READ_HISTORY | SEND_IN_THREADS | EXTERNAL_APPS
"""What everyone may do; see docs.discord.com, Topics, Permissions."""
MANAGER = MEMBER | MANAGE_GUILD | MANAGE_CHANNELS


@dataclass(slots=True)
class Guild:
    """A server; `installed` says that the bot is in it."""

    id: str
    name: str
    installed: bool = True
    members: set[str] = field(default_factory=lambda: {CAROL, DAN})


@dataclass(slots=True)
class Channel:
    """A place for messages.

    Attributes:
        allowed: what the bot may do there, as Discord's bits.
        error: the status and code that everything there is refused with.
        tag_required: a forum that takes no post without a tag.
    """

    id: str
    name: str
    kind: int = TEXT
    guild: str | None = GUILD
    parent: str | None = None
    owner: str | None = None
    allowed: int = MEMBER
    archived: bool = False
    locked: bool = False
    tag_required: bool = False
    recipient: str | None = None
    error: tuple[int, int] | None = None

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread or a forum post."""
        return self.kind == PUBLIC_THREAD


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands now; `to` is the one person who sees it, `None` when everyone does."""

    id: str
    channel: str
    data: dict[str, Any]
    author: str = APP
    to: str | None = None
    nonce: str | None = None
    edited: int = 0
    deleted: bool = False
    crossposted: bool = False
    loading: bool = False
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """Its plain text."""
        return self.data.get("content") or ""

    @property
    def components(self) -> list[dict[str, Any]]:
        """What is built from components in it."""
        components: list[dict[str, Any]] = self.data.get("components") or []
        return components


class World:
    """Everything that stays the same between requests."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.token = "stand-in.discord.token"
        self.guilds = {
            one.id: one
            for one in (
                Guild(GUILD, "Research clinic"),
                Guild(OTHER_GUILD, "Journal club"),
                Guild(FOREIGN_GUILD, "Elsewhere", installed=False),
            )
        }
        self.channels = {
            one.id: one
            for one in (
                Channel(GENERAL, "general"),
                Channel(NEWS, "news", ANNOUNCEMENT),
                Channel(FORUM, "papers", FORUM_KIND),
                Channel(THREAD, "a thread", PUBLIC_THREAD, parent=GENERAL, owner=CAROL),
                Channel(HIDDEN, "hidden", allowed=0),
                Channel(MUTE, "rules", allowed=VIEW | READ_HISTORY),
                Channel(STAGE, "stage", STAGE_VOICE),
                Channel(LOBBY, "lobby", guild=OTHER_GUILD),
                Channel(STRANGE, "strange", guild=FOREIGN_GUILD, allowed=0),
                Channel(DIRECT, "", DM, guild=None, recipient=CAROL),
            )
        }
        self.users = {CAROL: "carol", DAN: "dan", APP: "pprnet"}
        self.closed_to: set[str] = set()
        """People who take no direct messages from the bot."""
        self.messages: list[Message] = []
        self.commands: list[dict[str, Any]] = []
        self._last = 0

    def snowflake(self) -> str:
        """Return an id of this moment, later than all before."""
        self._last = max(self._last + 1, (int(self.clock() * 1000) - EPOCH) << 22)
        return str(self._last)

    def now(self) -> str:
        """Return this moment as Discord writes it."""
        return datetime.fromtimestamp(self.clock(), UTC).isoformat()

    def channel(self, name: str) -> Channel:
        """Return a channel that the bot can see.

        Raises:
            DiscordError: there is none, or the bot may not see it.
        """
        channel = self.channels.get(name)
        if channel is None:
            raise DiscordError(404, 10003, "Unknown Channel")
        if channel.error:
            raise DiscordError(*channel.error)
        guild = self.guilds.get(channel.guild) if channel.guild else None
        if channel.guild and (guild is None or not guild.installed or not channel.allowed & VIEW):
            raise DiscordError(403, 50001, "Missing Access")
        return channel

    def direct(self, user: str) -> Channel:
        """Return a person's direct messages with the bot."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        made = Channel(self.snowflake(), "", DM, guild=None, recipient=user)
        self.channels[made.id] = made
        return made

    def post(self, channel: str, data: dict[str, Any], author: str = APP, to: str | None = None) -> Message:
        """Keep a new message."""
        message = Message(self.snowflake(), channel, with_ids(data), author, to, data.get("nonce"))
        self.messages.append(message)
        return message

    def edit(self, message: Message, data: dict[str, Any]) -> None:
        """Replace what a message says; what is not given stays."""
        message.data |= with_ids(data)
        message.edited += 1
        message.loading = False

    def find(self, channel: str, name: str) -> Message:
        """Return a message that the bot can see.

        Raises:
            DiscordError: there is none.
        """
        for message in self.messages:
            if message.id == name and message.channel == channel and message.to is None and not message.deleted:
                return message
        raise DiscordError(404, 10008, "Unknown Message")

    def visible(self, channel: str) -> list[Message]:
        """Return what everyone in a channel sees, newest first."""
        seen = [one for one in self.messages if one.channel == channel and one.to is None and not one.deleted]
        return sorted(seen, key=lambda one: int(one.id), reverse=True)


def with_ids(data: dict[str, Any]) -> dict[str, Any]:
    """Return a message's data with the ids that Discord gives to components that have none, counted from 1."""
    filled = deepcopy(data)
    every = list(components_in(filled.get("components") or []))
    taken = {one["id"] for one in every if one.get("id")}
    free = (number for number in range(1, 1 << 16) if number not in taken)
    for one in every:
        if not one.get("id"):
            one["id"] = next(free)
    return filled


def components_in(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every component, nested ones included, in reading order."""
    found = []
    for one in given:
        inner = [*(one.get("components") or []), *(one[key] for key in ("accessory", "component") if one.get(key))]
        found += [one, *components_in(inner)]
    return found
