"""A Discord of our own on loopback, to try the whole app against.

    async with DiscordStandIn() as discord:
        ...  # the app, with DISCORD_API_URL=discord.url and DISCORD_TOKEN=discord.token
        reply = await discord.command("topic", name="burnout")
        reply = await discord.click("Next", reply)

It serves the REST API and the gateway, and does what Discord's documentation says: an interaction is answered once and
within three seconds, a token lasts a quarter of an hour, the same nonce returns the first message for a few minutes.
Every payload is checked against Discord's published limits; one that Discord would not take is refused as Discord
refuses it, and makes the test fail at the end unless it clears `violations`.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.standins import discord_payloads
from tests.standins.discord_buckets import Buckets
from tests.standins.discord_calls import Call
from tests.standins.discord_commandbook import invocation
from tests.standins.discord_faults import Fault
from tests.standins.discord_gateway import Gateway
from tests.standins.discord_interactions import ANSWER_SECONDS, Interactions, Reply
from tests.standins.discord_rest import Api
from tests.standins.discord_routes import routes
from tests.standins.discord_server import BASE, Server
from tests.standins.discord_world import CAROL, GENERAL, MEMBER, Message, World, components_in

__all__ = ["DiscordStandIn", "Reply", "find_component"]


class DiscordStandIn:
    """Discord, as far as the bot can see it."""

    def __init__(self, clock: Callable[[], float] = time.time, answer_seconds: float = ANSWER_SECONDS) -> None:
        """Make a Discord; see `discord_world` for who and what is in it.

        Args:
            clock: the time of day in seconds, as `time.time` has it.
            answer_seconds: how long a person waits for the first answer.
        """
        self.world = World(clock)
        self.violations: list[str] = []
        self.api = Api(self.world, self.violations)
        self.interactions = Interactions(self.api, answer_seconds)
        self.limits = Buckets(clock)
        self._server = Server(self.world.token, self.limits)
        self.gateway = Gateway(self.world, lambda: self._server.base_url)

    @property
    def url(self) -> str:
        """The base of the REST API, as DISCORD_API_URL has it."""
        return self._server.base_url + BASE

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def calls(self) -> list[Call]:
        """Everything the app asked for, in order."""
        return self._server.journal.calls

    def calls_of(self, route: str) -> list[Call]:
        """Return every request of one route, such as `POST /channels/{channel}/messages`."""
        return self._server.journal.of(route)

    async def next_call(self, route: str) -> Call:
        """Return the next request of a route that was not returned before, as soon as it comes."""
        return await self._server.journal.next(route)

    def fail(self, route: str, *faults: Fault | None) -> None:
        """Let the next requests of a route go wrong, one after the other; `None` is one that goes well."""
        self._server.faults[route].extend(faults)

    def messages(self, channel: str = GENERAL, user: str = CAROL) -> list[Message]:
        """Return what one person sees in a channel, oldest first."""
        seen = [one for one in self.world.messages if one.channel == channel and one.to in {None, user}]
        return sorted((one for one in seen if not one.deleted), key=lambda one: int(one.id))

    async def command(
        self,
        name: str,
        values: dict[str, Any] | None = None,
        /,
        *,
        channel: str = GENERAL,
        user: str = CAROL,
        permissions: int = MEMBER,
        **options: Any,
    ) -> Reply:
        """Use a subcommand of `/pprnet` as it is registered, and wait for the first answer.

        Args:
            name: of the subcommand, such as `topic`.
            values: of its options by name; or given as keywords.
            channel: where; its guild is where the person is.
            user: who.
            permissions: what the person may do there, as Discord's bits.
            **options: as `values`.
        """
        data = invocation(self.world.commands, name, {**(values or {}), **options})
        return await self._do(2, data, channel, user, permissions)

    async def autocomplete(
        self, name: str, option: str, typed: str, /, *, channel: str = GENERAL, user: str = CAROL, **options: Any
    ) -> Reply:
        """Type the beginning of an option's value; the reply's `choices` are what is offered."""
        data = invocation(self.world.commands, name, {**options, option: typed}, focused=option)
        return await self._do(4, data, channel, user, MEMBER)

    async def click(
        self, button: str, where: Message | Reply, *, user: str = CAROL, permissions: int = MEMBER
    ) -> Reply:
        """Click on a button named by its label or its custom_id, and wait for the first answer."""
        message = _message(where)
        component = find_component(message, button)
        assert not component.get("disabled"), f"{button} cannot be clicked on"
        data = {"custom_id": component["custom_id"], "component_type": 2, "id": component["id"]}
        return await self._do(3, data, message.channel, user, permissions, message)

    async def choose(
        self, menu: str, values: list[str], where: Message | Reply, *, user: str = CAROL, permissions: int = MEMBER
    ) -> Reply:
        """Choose from a menu named by its placeholder or its custom_id, and wait for the first answer."""
        message = _message(where)
        component = find_component(message, menu)
        data = {"custom_id": component["custom_id"], "component_type": 3, "id": component["id"], "values": values}
        return await self._do(3, data, message.channel, user, permissions, message)

    async def submit_modal(
        self, opened: Reply, values: dict[str, str], *, user: str = CAROL, permissions: int = MEMBER
    ) -> Reply:
        """Send a form off that a reply opened, with texts for its fields by custom_id, and wait for the answer."""
        assert opened.modal is not None, "no form was opened"
        fields = [one for one in components_in(opened.modal["components"]) if one.get("custom_id")]
        rows = [{"type": 1, "components": [_typed(one, values)]} for one in fields]
        data = {"custom_id": opened.modal["custom_id"], "components": rows}
        return await self._do(5, data, opened.channel, user, permissions, opened.source)

    async def event(self, name: str, data: dict[str, Any], *, guild: str | None = None) -> None:
        """Tell the app that something happened; `guild` says which shard hears of it."""
        await self.gateway.dispatch(name, data, guild)

    async def __aenter__(self) -> Self:
        await self._server.start(routes(self.api, self.interactions, self.gateway), self.gateway)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.gateway.hang_up()
        await self._server.stop()
        if kind is None and self.violations:
            raise AssertionError("\n".join(["Discord would not have taken:", *self.violations]))

    async def _do(
        self,
        kind: int,
        data: dict[str, Any],
        channel: str,
        user: str,
        permissions: int,
        source: Message | None = None,
    ) -> Reply:
        where = self.world.channels[channel]
        reply = self.interactions.begin(kind, user, channel, source)
        told = discord_payloads.interaction(
            self.world, reply.id, reply.token, kind, data, where=where, who=user, permissions=permissions
        )
        if source is not None:
            told["message"] = discord_payloads.message(self.world, source)
        await self.gateway.dispatch("INTERACTION_CREATE", told, where.guild)
        await reply.answered(self.interactions.answer_seconds)
        return reply


def find_component(where: Message | Reply, name: str) -> dict[str, Any]:
    """Return the button or menu of a message that has this label, placeholder or custom_id."""
    every = components_in(_message(where).components)
    names = ("label", "placeholder", "custom_id")
    for one in every:
        if one.get("custom_id") and name in [one.get(key) for key in names]:
            return one
    raise AssertionError(f"no {name!r} among {[one.get('label') for one in every if one.get('custom_id')]}")


def _message(where: Message | Reply) -> Message:
    message = where.message if isinstance(where, Reply) else where
    assert message is not None, "there is no message"
    return message


def _typed(field: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    value = values.get(field["custom_id"], field.get("value") or "")
    return {"type": field["type"], "custom_id": field["custom_id"], "value": value, "id": 1}
