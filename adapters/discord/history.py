"""Looks through what was written in a channel, for the message of a delivery."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import discord
from discord.http import Route

from adapters.discord.channels import DIRECT, Json, Kind, kind_of, url_of
from adapters.discord.directory import Directory
from adapters.discord.exchange import Asked, DeclinedError, Exchange
from adapters.discord.marks import bears
from bot.outcomes import Delivery, Finding, NotSent, Sent, Unsure

CLOCK_SKEW = timedelta(minutes=5)
"""How far our clock may be ahead of Discord's; it costs a search at most a few more messages."""

_PAGE = 100
"""Messages in one answer: the most that Discord gives."""

_UNREADABLE = Unsure("PPRNet may not read this channel's history: allow it to Read Message History there.")

_READ = discord.Permissions(read_message_history=True).value

_MESSAGE_UNKNOWN = 10008


class History:
    """Reads channels from the moment a delivery was intended. Everything raises what `Exchange.ask` raises."""

    def __init__(self, exchange: Exchange, directory: Directory, seconds: float) -> None:
        """Keep whom to ask.

        Args:
            exchange: asks Discord.
            directory: knows the channels.
            seconds: how long one request may wait before it leaves.
        """
        self._exchange = exchange
        self._directory = directory
        self._seconds = seconds

    async def find(self, delivery: Delivery) -> Finding:
        """Look for a delivery's message: in a forum among the posts, anywhere else among the messages."""
        where = delivery.channel
        channel = await self._directory.channel(where.id, self._until())
        oldest = discord.utils.time_snowflake(delivery.intended_at - CLOCK_SKEW)
        if kind_of(channel) is Kind.FORUM:
            return await self._find_post(delivery, oldest)
        seen = False
        async for message in self._messages(where.id, oldest):
            seen = True
            if self._is_ours(message, delivery):
                return Sent(message["id"], url_of(where.workspace, where.id, message["id"]))
        return NotSent() if seen or await self._may_read(delivery, channel) else _UNREADABLE

    async def _may_read(self, delivery: Delivery, channel: Json) -> bool:
        """Say whether a history may be read: to those who may not, Discord shows one in which nothing is."""
        if delivery.channel.workspace == DIRECT:
            return True
        return bool(await self._directory.allowed(delivery.channel, channel, self._until()) & _READ)

    async def _messages(self, channel: str, oldest: int) -> AsyncIterator[Json]:
        """Yield what was written since a moment, a page at a time from the oldest."""
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel)
        while True:
            page = await self._exchange.ask(Asked(route, query={"after": oldest, "limit": _PAGE}), self._until())
            for message in page:
                yield message
            if len(page) < _PAGE:
                return
            oldest = max(int(message["id"]) for message in page)

    async def _find_post(self, delivery: Delivery, oldest: int) -> Finding:
        async for thread in self._threads(delivery):
            if int(thread["id"]) < oldest or thread["owner_id"] != self._directory.me:
                continue
            first = await self._first_message(thread["id"])
            if first is not None and self._is_ours(first, delivery):
                return Sent(first["id"], url_of(delivery.channel.workspace, thread["id"], first["id"]))
        return NotSent()

    async def _threads(self, delivery: Delivery) -> AsyncIterator[Json]:
        """Yield a forum's posts: those that are open, then those that were closed since the delivery was intended."""
        forum = delivery.channel
        route = Route("GET", "/guilds/{guild_id}/threads/active", guild_id=forum.workspace)
        for thread in (await self._exchange.ask(Asked(route), self._until()))["threads"]:
            if thread["parent_id"] == forum.id:
                yield thread
        route = Route("GET", "/channels/{channel_id}/threads/archived/public", channel_id=forum.id)
        before: dict[str, str | int] = {}
        while True:
            told = await self._exchange.ask(Asked(route, query={"limit": _PAGE, **before}), self._until())
            for thread in told["threads"]:
                yield thread
            closed = [thread["thread_metadata"]["archive_timestamp"] for thread in told["threads"]]
            if not told["has_more"] or datetime.fromisoformat(closed[-1]) < delivery.intended_at - CLOCK_SKEW:
                return
            before = {"before": closed[-1]}

    async def _first_message(self, thread: str) -> Json | None:
        """Return the message that a post began with, which has the post's own id; `None` if it was deleted."""
        path = "/channels/{channel_id}/messages/{message_id}"
        try:
            route = Route("GET", path, channel_id=thread, message_id=thread)
            first: Json = await self._exchange.ask(Asked(route), self._until())
        except DeclinedError as error:
            if error.code == _MESSAGE_UNKNOWN:
                return None
            raise
        return first

    def _is_ours(self, message: Json, delivery: Delivery) -> bool:
        return message["author"]["id"] == self._directory.me and bears(message, delivery.key)

    def _until(self) -> float:
        return asyncio.get_running_loop().time() + self._seconds
