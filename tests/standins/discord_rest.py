"""A stand-in's REST API: channels, messages, guilds and people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.standins import discord_limits, discord_payloads
from tests.standins.discord_calls import Call, DiscordError
from tests.standins.discord_world import (
    ANNOUNCEMENT,
    APP,
    EPOCH,
    FORUM_KIND,
    PUBLIC_THREAD,
    READ_HISTORY,
    SEND,
    SEND_IN_THREADS,
    TEXT,
    VIEW,
    Channel,
    Message,
    World,
)

Handler = Callable[["Api", Call], Any]

NONCE_SECONDS = 300.0
"""How long the same nonce returns the first message: "the past few minutes" in Discord's words."""

_WRITABLE = {TEXT, 1, ANNOUNCEMENT, PUBLIC_THREAD, 2}


@dataclass(slots=True)
class Api:
    """Carries out requests and writes down every payload that Discord would not take.

    Attributes:
        violations: a sentence for each payload that Discord would not take.
        nonce_seconds: how long the same nonce returns the first message.
        threads_page: the most archived threads in one answer, whatever was asked for.
        posted: called with each new message that everyone in its channel sees.
    """

    world: World
    violations: list[str]
    nonce_seconds: float = NONCE_SECONDS
    threads_page: int = 100
    posted: Callable[[Message], None] = field(default=lambda _: None)

    def check(self, what: str, problems: Iterable[str], code: int = 50035) -> None:
        """Write down what is wrong with a payload.

        Raises:
            DiscordError: something is.
        """
        found = list(problems)
        self.violations += [f"{what}: {problem}" for problem in found]
        if found:
            raise DiscordError(400, code, "Invalid Form Body", errors={"_errors": [{"message": one} for one in found]})


def me(api: Api, _call: Call) -> Any:
    """GET /users/@me."""
    return discord_payloads.user(api.world, APP)


def application(api: Api, _call: Call) -> Any:
    """GET /applications/@me and /oauth2/applications/@me."""
    return discord_payloads.application(api.world)


def read_channel(api: Api, call: Call) -> Any:
    """GET /channels/{channel}."""
    return discord_payloads.channel(api.world, api.world.channel(call.path["channel"]))


def edit_channel(api: Api, call: Call) -> Any:
    """PATCH /channels/{channel}: a thread is opened again."""
    channel = api.world.channel(call.path["channel"])
    if channel.locked:
        raise DiscordError(403, 50013, "Missing Permissions")
    channel.archived = bool(call.body.get("archived", channel.archived))
    return discord_payloads.channel(api.world, channel)


def post_message(api: Api, call: Call) -> Any:
    """POST /channels/{channel}/messages."""
    channel = api.world.channel(call.path["channel"])
    _may_write(api.world, channel)
    api.check(call.route, discord_limits.message(call.body, call.files))
    nonce = call.body.get("nonce")
    first = _posted_with(api, nonce) if nonce and call.body.get("enforce_nonce") else None
    if first is not None and first.deleted:
        raise DiscordError(404, 10008, "Unknown Message")
    return discord_payloads.message(api.world, first or _post(api, channel.id, call), nonce=True)


def read_messages(api: Api, call: Call) -> Any:
    """GET /channels/{channel}/messages."""
    channel = api.world.channel(call.path["channel"])
    if channel.kind not in _WRITABLE:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    newest_first = api.world.visible(channel.id) if channel.allowed & READ_HISTORY else []
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise DiscordError(400, 50035, "Invalid Form Body")
    return [discord_payloads.message(api.world, one) for one in _stretch(newest_first, call.query, limit)]


def read_message(api: Api, call: Call) -> Any:
    """GET /channels/{channel}/messages/{message}."""
    channel = api.world.channel(call.path["channel"])
    return discord_payloads.message(api.world, api.world.find(channel.id, call.path["message"]))


def edit_message(api: Api, call: Call) -> Any:
    """PATCH /channels/{channel}/messages/{message}."""
    message = api.world.find(api.world.channel(call.path["channel"]).id, call.path["message"])
    if message.author != APP:
        raise DiscordError(403, 50005, "Cannot edit a message authored by another user")
    api.check(call.route, discord_limits.message({**message.data, **call.body}, call.files))
    api.world.edit(message, call.body)
    return discord_payloads.message(api.world, message)


def crosspost(api: Api, call: Call) -> Any:
    """POST /channels/{channel}/messages/{message}/crosspost."""
    channel = api.world.channel(call.path["channel"])
    if channel.kind != ANNOUNCEMENT:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    message = api.world.find(channel.id, call.path["message"])
    if message.crossposted:
        raise DiscordError(400, 40033, "This message has already been crossposted")
    message.crossposted = True
    return discord_payloads.message(api.world, message)


def start_post(api: Api, call: Call) -> Any:
    """POST /channels/{channel}/threads: a post in a forum."""
    forum = api.world.channel(call.path["channel"])
    if forum.kind != FORUM_KIND:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    if not forum.allowed & SEND:
        raise DiscordError(403, 50013, "Missing Permissions")
    if forum.tag_required and not call.body.get("applied_tags"):
        raise DiscordError(400, 40067, "A tag is required to create a forum post in this channel")
    api.check(call.route, discord_limits.forum_post(call.body, call.files))
    thread = Channel(api.world.snowflake(), call.body["name"], PUBLIC_THREAD, forum.guild, forum.id, APP)
    api.world.channels[thread.id] = thread
    message = api.world.post(thread.id, call.body["message"])
    message.id = thread.id  # the first message of a forum post has the id of its thread
    return discord_payloads.channel(api.world, thread) | {"message": discord_payloads.message(api.world, message)}


def active_threads(api: Api, call: Call) -> Any:
    """GET /guilds/{guild}/threads/active."""
    inside = [one for one in api.world.channels.values() if one.guild == _guild(api, call).id and one.is_thread]
    threads = [discord_payloads.channel(api.world, one) for one in inside if not one.archived]
    return {"threads": threads, "members": []}


def archived_threads(api: Api, call: Call) -> Any:
    """GET /channels/{channel}/threads/archived/public."""
    channel = api.world.channel(call.path["channel"])
    inside = [one for one in api.world.channels.values() if one.parent == channel.id and one.archived]
    told = [discord_payloads.channel(api.world, one) for one in inside]
    told.sort(key=_archived_at, reverse=True)
    before = call.query.get("before")
    told = [one for one in told if before is None or _archived_at(one) < before]
    page = min(int(call.query.get("limit", 50)), api.threads_page)
    return {"threads": told[:page], "members": [], "has_more": len(told) > page}


def direct(api: Api, call: Call) -> Any:
    """POST /users/@me/channels."""
    person = call.body["recipient_id"]
    if str(person) not in api.world.users:
        raise DiscordError(404, 10013, "Unknown User")
    return discord_payloads.channel(api.world, api.world.direct(str(person)))


def read_guild(api: Api, call: Call) -> Any:
    """GET /guilds/{guild}."""
    return discord_payloads.guild(api.world, _guild(api, call))


def guild_channels(api: Api, call: Call) -> Any:
    """GET /guilds/{guild}/channels."""
    inside = [one for one in api.world.channels.values() if one.guild == _guild(api, call).id and not one.is_thread]
    return [discord_payloads.channel(api.world, one) for one in inside]


def read_member(api: Api, call: Call) -> Any:
    """GET /guilds/{guild}/members/{user}."""
    guild = _guild(api, call)
    if call.path["user"] not in {APP, *guild.members}:
        raise DiscordError(404, 10007, "Unknown Member")
    return discord_payloads.member(api.world, call.path["user"])


def _guild(api: Api, call: Call) -> Any:
    guild = api.world.guilds.get(call.path["guild"])
    if guild is None:
        raise DiscordError(404, 10004, "Unknown Guild")
    if not guild.installed:
        raise DiscordError(403, 50001, "Missing Access")
    return guild


def _archived_at(thread: dict[str, Any]) -> str:
    moment: str = thread["thread_metadata"]["archive_timestamp"]
    return moment


def _may_write(world: World, channel: Channel) -> None:
    if channel.kind not in _WRITABLE:
        raise DiscordError(400, 50008, "Cannot send messages in a non-text channel")
    if channel.recipient is not None and channel.recipient in world.closed_to:
        raise DiscordError(403, 50007, "Cannot send messages to this user")
    needed = VIEW | (SEND_IN_THREADS if channel.is_thread else SEND)
    if channel.recipient is None and channel.allowed & needed != needed:
        raise DiscordError(403, 50013, "Missing Permissions")
    if channel.locked:
        raise DiscordError(403, 160005, "The thread is locked")
    channel.archived = False  # writing in a thread opens it again


def _posted_with(api: Api, nonce: str) -> Message | None:
    """Return the bot's message of the last minutes with this nonce, in whatever channel it is."""
    oldest = (int((api.world.clock() - api.nonce_seconds) * 1000) - EPOCH) << 22
    return next((one for one in api.world.messages if one.nonce == nonce and int(one.id) >= oldest), None)


def _post(api: Api, channel: str, call: Call) -> Message:
    message = api.world.post(channel, call.body)
    message.files = call.files
    api.posted(message)
    return message


def _stretch(newest_first: list[Message], query: dict[str, str], limit: int) -> list[Message]:
    """Return the part of a history that is asked for, newest first, as Discord always gives it."""
    if after := query.get("after"):
        return [one for one in newest_first if int(one.id) > int(after)][-limit:]
    if around := query.get("around"):
        nearest = sorted(newest_first, key=lambda one: abs(int(one.id) - int(around)))[:limit]
        return [one for one in newest_first if one in nearest]
    before = int(query.get("before", 1 << 63))
    return [one for one in newest_first if int(one.id) < before][:limit]
