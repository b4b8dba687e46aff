"""What Discord says of channels and servers, asked for when it is needed."""

from typing import Any

import discord
from discord.http import Route

from adapters.discord.channels import DIRECT, Json, Kind, allowed_in, kind_of
from adapters.discord.exchange import Asked, DeclinedError, Exchange, ExchangeError
from adapters.discord.pacing import CrowdedError
from bot.channels import Channel


class Directory:
    """Knows channels and servers. Everything raises what `Exchange.ask` raises, unless it says otherwise."""

    def __init__(self, client: discord.Client, exchange: Exchange) -> None:
        """Keep whom to ask.

        Args:
            client: is logged in; one that runs knows most kinds of channels already.
            exchange: asks Discord.
        """
        self._client = client
        self._exchange = exchange
        self._kinds: dict[str, Kind] = {}

    @property
    def me(self) -> str:
        """The bot's own id.

        Raises:
            RuntimeError: the client is not logged in.
        """
        if self._client.user is None:
            raise RuntimeError("the client is not logged in")
        return str(self._client.user.id)

    def known_kind(self, where: Channel) -> Kind | None:
        """Return the kind of a channel without asking; `None` where that takes a request."""
        if where.workspace == DIRECT:
            return Kind.DIRECT
        guild = self._client.get_guild(int(where.workspace)) if where.workspace.isdecimal() else None
        found = guild.get_channel_or_thread(int(where.id)) if guild and where.id.isdecimal() else None
        return kind_of({"type": found.type.value}) if found else self._kinds.get(where.id)

    async def kind(self, where: Channel, until: float, leisurely: bool = False) -> Kind:
        """Return the kind of a channel, asking once."""
        return self.known_kind(where) or kind_of(await self.channel(where.id, until, leisurely))

    async def channel(self, channel: str, until: float, leisurely: bool = False) -> Json:
        """Return a channel as it is now."""
        route = Route("GET", "/channels/{channel_id}", channel_id=channel)
        told: Json = await self._exchange.ask(Asked(route, leisurely=leisurely), until)
        self._kinds[channel] = kind_of(told)
        return told

    async def allowed(self, where: Channel, channel: Json, until: float) -> int:
        """Return what the bot may do in a channel, as Discord's bits; in direct messages that is everything.

        Args:
            where: the channel.
            channel: what Discord tells of it.
            until: when the requests have to have left, by the event loop's clock.
        """
        kind = kind_of(channel)
        if kind is Kind.DIRECT:
            return discord.Permissions.all().value
        guild = await self._guild(where.workspace, until)
        route = Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=where.workspace, user_id=self.me)
        member = await self._exchange.ask(Asked(route), until)
        above = await self.channel(channel["parent_id"], until) if kind is Kind.THREAD else channel
        return allowed_in(guild, member, above)

    async def is_gone(self, guild: str, until: float) -> bool:
        """Say whether the bot is certainly not in a server any more; raises nothing."""
        try:
            await self._guild(guild, until)
        except DeclinedError as error:
            return error.status in {403, 404} and bool(error.code)
        except (CrowdedError, ExchangeError):
            return False
        return False

    async def _guild(self, guild: str, until: float) -> Any:
        return await self._exchange.ask(Asked(Route("GET", "/guilds/{guild_id}", guild_id=guild)), until)
