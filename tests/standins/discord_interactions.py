"""What people do and what the app answers: interactions, their callbacks and the webhook that follows up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.standins import discord_limits, discord_payloads
from tests.standins.discord_calls import PATIENCE, Call, DiscordError
from tests.standins.discord_payloads import EPHEMERAL
from tests.standins.discord_rest import Api
from tests.standins.discord_world import APP, Message

ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 900.0
DEFERRED, DEFERRED_UPDATE = 5, 6


@dataclass(slots=True, eq=False)
class Reply:
    """One thing that a person did, and all that the app answered.

    Attributes:
        id: of the interaction.
        kind: 2 a command, 3 a component, 4 autocomplete, 5 a modal.
        at: when it was done, by the stand-in's clock.
        source: the message that a component was clicked in.
        callback: the type of the first answer, once it came; all later ones were refused.
        message: what the first answer became: a message of its own, or the changed one.
        choices: what autocomplete offers.
        modal: the form that was opened.
        followups: further messages, in order.
        failed: no answer came in time: the person reads that the application did not respond.
    """

    id: str
    token: str
    kind: int
    user: str
    channel: str
    at: float
    source: Message | None = None
    callback: int | None = None
    message: Message | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    followups: list[Message] = field(default_factory=list)
    failed: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def deferred(self) -> bool:
        """Whether the app asked for time first."""
        return self.callback in {DEFERRED, DEFERRED_UPDATE}

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the answer."""
        return self.message is not None and self.message.to is not None

    async def completed(self) -> Message:
        """Return the message of the first answer, once it is whole."""
        await self._until(lambda: self.message is not None and not self.message.loading)
        assert self.message is not None
        return self.message

    async def edited(self, times: int = 1) -> Message:
        """Return the message of the first answer, once it was changed so often."""
        await self._until(lambda: self.message is not None and self.message.edited >= times)
        assert self.message is not None
        return self.message

    async def followup(self, number: int = 1) -> Message:
        """Return a further message, once it came; counted from 1."""
        await self._until(lambda: len(self.followups) >= number)
        return self.followups[number - 1]

    async def gone(self) -> None:
        """Wait until the first answer is deleted."""
        await self._until(lambda: self.message is not None and self.message.deleted)

    async def answered(self, seconds: float) -> None:
        """Wait for the callback as long as Discord does; afterwards it has failed."""
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(lambda: self.callback is not None)
        except TimeoutError:
            self.failed = True

    async def note(self) -> None:
        """Wake whoever waits for something."""
        async with self.changed:
            self.changed.notify_all()

    async def _until(self, came: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(came)


class Interactions:
    """Every interaction, and the requests that answer them."""

    def __init__(self, api: Api, answer_seconds: float) -> None:
        self.answer_seconds = answer_seconds
        self.replies: dict[str, Reply] = {}
        self._api = api
        self._numbers = count(1)

    def begin(self, kind: int, user: str, channel: str, source: Message | None = None) -> Reply:
        """Keep a new interaction."""
        world = self._api.world
        name = world.snowflake()
        reply = Reply(name, f"interaction-{next(self._numbers)}", kind, user, channel, world.clock(), source)
        self.replies[reply.token] = reply
        return reply

    async def callback(self, call: Call) -> Any:
        """POST /interactions/{id}/{token}/callback."""
        reply = self._reply(call, "token")
        if reply.id != call.path["id"] or reply.failed or self._age(reply) > ANSWER_SECONDS:
            raise DiscordError(404, 10062, "Unknown interaction")
        if reply.callback is not None:
            raise DiscordError(400, 40060, "Interaction has already been acknowledged.")
        kind, data = call.body["type"], call.body.get("data") or {}
        self._answer(reply, kind, data, call)
        reply.callback = kind
        await reply.note()
        return self._told(reply) if call.query.get("with_response") in {"1", "true", "True"} else None

    async def follow_up(self, call: Call) -> Any:
        """POST /webhooks/{app}/{token}."""
        reply = self._followed(call)
        if reply.callback == DEFERRED and reply.message is not None and reply.message.loading:
            return await self._complete(reply, call)  # the first follow-up fills what was deferred
        self._api.check(call.route, discord_limits.message(call.body, call.files))
        message = self._post(reply, call.body, call.files)
        reply.followups.append(message)
        await reply.note()
        return discord_payloads.message(self._api.world, message)

    async def read(self, call: Call) -> Any:
        """GET /webhooks/{app}/{token}/messages/{message}."""
        return discord_payloads.message(self._api.world, self._message(self._followed(call), call.path["message"]))

    async def edit(self, call: Call) -> Any:
        """PATCH /webhooks/{app}/{token}/messages/{message}."""
        reply = self._followed(call)
        return await self._complete(reply, call, self._message(reply, call.path["message"]))

    async def delete(self, call: Call) -> Any:
        """DELETE /webhooks/{app}/{token}/messages/{message}."""
        reply = self._followed(call)
        self._message(reply, call.path["message"]).deleted = True
        await reply.note()

    def _answer(self, reply: Reply, kind: int, data: dict[str, Any], call: Call) -> None:
        """Do what a callback of a type asks for; the types are Discord's, from message to modal."""
        match kind:
            case 4:
                self._api.check("callback", discord_limits.message(data, call.files))
                reply.message = self._post(reply, data, call.files)
            case 5:
                reply.message = self._post(reply, data, {})
                reply.message.loading = True
            case 6 | 7 if reply.source is None:
                raise DiscordError(400, 50035, "Invalid Form Body")
            case 6:
                reply.message = reply.source
            case 7:
                assert reply.source is not None
                self._api.check("callback", discord_limits.message({**reply.source.data, **data}, call.files))
                self._change(reply.source, data, call.files)
                reply.message = reply.source
            case 8:
                self._api.check("autocomplete", discord_limits.choices(data.get("choices")))
                reply.choices = data["choices"]
            case 9:
                self._api.check("modal", discord_limits.modal(data))
                reply.modal = data
            case _:
                raise DiscordError(400, 50035, "Invalid Form Body")

    async def _complete(self, reply: Reply, call: Call, message: Message | None = None) -> Any:
        target = message or reply.message
        assert target is not None
        self._api.check(call.route, discord_limits.message({**target.data, **call.body}, call.files))
        self._change(target, call.body, call.files)
        await reply.note()
        return discord_payloads.message(self._api.world, target)

    def _change(self, message: Message, data: dict[str, Any], files: dict[str, bytes]) -> None:
        flags = (message.data.get("flags") or 0) | (data.get("flags") or 0)
        self._api.world.edit(message, {**data, "flags": flags})
        if "attachments" in data or files:
            message.files = files

    def _post(self, reply: Reply, data: dict[str, Any], files: dict[str, bytes]) -> Message:
        hidden = (data.get("flags") or 0) & EPHEMERAL
        message = self._api.world.post(reply.channel, data, to=reply.user if hidden else None)
        message.files = files
        return message

    def _message(self, reply: Reply, name: str) -> Message:
        mine = [one for one in (reply.message, *reply.followups) if one is not None and not one.deleted]
        for one in mine:
            if one.id == name or (name == "@original" and one is reply.message):
                return one
        raise DiscordError(404, 10008, "Unknown Message")

    def _followed(self, call: Call) -> Reply:
        """Return the interaction of a webhook's token, once it was answered and as long as the token holds."""
        reply = self._reply(call, "token")
        if call.path["app"] != APP or reply.callback is None:
            raise DiscordError(404, 10015, "Unknown Webhook")
        if self._age(reply) > TOKEN_SECONDS:
            raise DiscordError(401, 50027, "Invalid Webhook Token")
        return reply

    def _reply(self, call: Call, key: str) -> Reply:
        reply = self.replies.get(call.path[key])
        if reply is None:
            raise DiscordError(404, 10062, "Unknown interaction")
        return reply

    def _age(self, reply: Reply) -> float:
        return self._api.world.clock() - reply.at

    def _told(self, reply: Reply) -> dict[str, Any]:
        message = reply.message
        told: dict[str, Any] = {"interaction": {"id": reply.id, "type": reply.kind, "channel_id": reply.channel}}
        if message is not None:
            told["interaction"] |= {
                "response_message_id": message.id,
                "response_message_loading": message.loading,
                "response_message_ephemeral": message.to is not None,
            }
        told["resource"] = {"type": reply.callback}
        if message is not None:
            told["resource"]["message"] = discord_payloads.message(self._api.world, message)
        return told
