"""Posts announcements in Discord, and finds them again.

Each message has its delivery's key as nonce: for a few minutes Discord answers a second request with the first message,
so that one that was not answered is made again. After that, and in forums, whose posts know no nonce, whoever is not
sure looks for the mark that every message of a delivery bears.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import discord
from discord.http import Route

from adapters.discord.channels import DIRECT, Kind, kind_of, lacking, url_of
from adapters.discord.directory import Directory
from adapters.discord.escaping import on_one_line, shortened
from adapters.discord.exchange import ANSWER_SECONDS, Asked, DeclinedError, Exchange, ExchangeError, UnansweredError
from adapters.discord.history import History
from adapters.discord.marks import marked
from adapters.discord.message import Message
from adapters.discord.outcomes import (
    ARCHIVED,
    CHANNEL_UNKNOWN,
    GUILD_GONE,
    NO_ACCESS,
    NOT_A_TEXT_CHANNEL,
    WRONG_KIND,
    finding_of,
    no_place_for,
    outcome_of,
    reach_of,
)
from adapters.discord.pacing import CrowdedError, Pacing
from adapters.discord.render import announced, render
from adapters.discord.spreading import Spreading
from bot.channels import Channel
from bot.outcomes import Delivery, Finding, Gone, Outcome, Reach, Refused, Sent
from bot.views import View

LEAVE_SECONDS = 22.0
"""How long anything may wait for its turn: with `ANSWER_SECONDS` for the last answer, at most 30 s in all."""

PAUSES = (0.5, 1.5)
"""Seconds before a post that was not answered is made again with the same nonce: all well within the few minutes."""

FINISH_SECONDS = 5.0
"""How long leaving waits for messages that are still to be published to followers."""

_VIEWS_KEPT = 64
"""Rendered views to keep: an edition says the same in many channels."""

_TITLE = 100
"""The longest title of a forum post (https://docs.discord.com/developers/resources/channel)."""

_UNTITLED = "PPRNet"
"""The title of a post that has none of its own: Discord wants one."""


class DiscordPublisher:
    """Posts in every Discord server that the bot is in; entered, it finishes what is left when it is left."""

    def __init__(
        self,
        client: discord.Client,
        *,
        pacing: Pacing | None = None,
        seconds: float = ANSWER_SECONDS,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        """Keep what posting needs.

        Args:
            client: is logged in; it need not be connected to the gateway. Its owner closes it.
            pacing: when requests may leave; all of one bot's requests in this process go through one.
            seconds: how long one request may take.
            pauses: seconds before each further attempt at a post that was not answered.
        """
        self._exchange = Exchange(client, pacing or Pacing(), seconds)
        self._directory = Directory(client, self._exchange)
        self._history = History(self._exchange, self._directory, LEAVE_SECONDS)
        self._spreading = Spreading(self._exchange, self._directory)
        self._rendered = lru_cache(_VIEWS_KEPT)(_message)
        self._pauses = pauses

    async def publish(self, delivery: Delivery, view: View) -> Outcome:
        """Post a view as one message that carries the delivery's key; nothing raises.

        In a forum it begins a post. In an announcement channel it is published to those who follow the channel, later
        and without a promise.
        """
        try:
            message = self._rendered(view)
            payload = marked(message.payload, delivery.key)
        except Exception as error:  # noqa: BLE001 - the port promises an outcome; nothing has been sent
            return Refused(f"The post could not be made ({type(error).__name__}).")
        until = _until()
        try:
            return await self._post(delivery, view.title, payload, message, until)
        except Exception as error:  # noqa: BLE001 - the port promises an outcome whatever goes wrong
            return await self._gone_altogether(error, delivery.channel, until) or outcome_of(error)

    async def find(self, delivery: Delivery) -> Finding:
        """Look through the channel's history for the delivery's mark; nothing raises.

        It reads from the moment the intent was written down, less `CLOCK_SKEW`. A message that was posted and then
        deleted is not found. See `finding_of` for a channel that the bot may not read.
        """
        try:
            return await self._history.find(delivery)
        except Exception as error:  # noqa: BLE001 - the port promises a finding whatever goes wrong
            return await self._gone_altogether(error, delivery.channel, _until()) or finding_of(error)

    async def reach(self, channel: Channel) -> Reach:
        """Say whether the bot can post in a channel: its kind, and what the bot may do there; nothing raises."""
        until = _until()
        try:
            told = await self._directory.channel(channel.id, until)
            kind = kind_of(told)
            allowed = 0 if kind is Kind.OTHER else await self._directory.allowed(channel, told, until)
            return no_place_for(kind, lacking(kind, allowed), locked=_is_locked(told))
        except Exception as error:  # noqa: BLE001 - the port promises an answer whatever goes wrong
            return await self._gone_altogether(error, channel, until) or reach_of(error)

    async def tell(self, channel: Channel, user: str, view: View) -> bool:  # noqa: ARG002 - people are the same in all servers
        """Write a person a direct message; return whether it got there."""
        until = _until()
        try:
            message = self._rendered(view)
            opened = Asked(Route("POST", "/users/@me/channels"), {"recipient_id": user})
            direct = await self._exchange.ask(opened, until)
            await self._insist(direct["id"], {**message.payload, **_nonce(secrets.token_hex(8))}, message, until)
        except Exception:  # noqa: BLE001 - the port promises an answer whatever goes wrong
            return False
        return True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._spreading.finish(FINISH_SECONDS)

    async def _post(
        self, delivery: Delivery, title: str, payload: Mapping[str, Any], message: Message, until: float
    ) -> Outcome:
        where = delivery.channel
        if self._directory.known_kind(where) is Kind.FORUM:
            return await self._begin_post(where, title, payload, message, until)
        try:
            posted = await self._insist(where.id, {**payload, **_nonce(delivery.key)}, message, until)
        except DeclinedError as error:
            if error.code not in {NOT_A_TEXT_CHANNEL, WRONG_KIND}:
                raise
            if await self._directory.kind(where, until) is not Kind.FORUM:
                raise
            return await self._begin_post(where, title, payload, message, until)
        self._spreading.later(where, posted["id"])
        return Sent(posted["id"], url_of(where.workspace, where.id, posted["id"]))

    async def _begin_post(
        self, forum: Channel, title: str, payload: Mapping[str, Any], message: Message, until: float
    ) -> Outcome:
        """Begin a post in a forum by one request: it knows no nonce, so a second one could begin a second post."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        name = shortened(on_one_line(title), _TITLE) or _UNTITLED
        body = {"name": name, "message": payload}
        post = await self._exchange.ask(Asked(route, body, message.files), until)
        return Sent(post["id"], url_of(forum.workspace, post["id"], post["id"]))

    async def _insist(self, channel: str, payload: Mapping[str, Any], message: Message, until: float) -> Any:
        """Post a message that has a nonce, and again when it was not answered; the first one is what counts.

        A no to a later request says nothing about the first, so that only a yes ends the doubt.
        """
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        asked = Asked(route, payload, message.files)
        try:
            return await self._ask_to_write(asked, channel, until)
        except UnansweredError as error:
            unanswered = error
        for pause in self._pauses:
            if _now() + pause >= until:
                break
            await asyncio.sleep(pause)
            with contextlib.suppress(ExchangeError, CrowdedError):
                return await self._exchange.ask(asked, until)
        raise unanswered

    async def _ask_to_write(self, asked: Asked, channel: str, until: float) -> Any:
        """Post a message, opening the thread first if it turns out to be archived."""
        try:
            return await self._exchange.ask(asked, until)
        except DeclinedError as error:
            if error.code != ARCHIVED:
                raise
        route = Route("PATCH", "/channels/{channel_id}", channel_id=channel)
        await self._exchange.ask(Asked(route, {"archived": False}), until)
        return await self._exchange.ask(asked, until)

    async def _gone_altogether(self, error: Exception, channel: Channel, until: float) -> Gone | None:
        """Return that the whole server is gone, where a channel that is not there or not seen may mean so."""
        match error:
            case DeclinedError(code=code) if code in {CHANNEL_UNKNOWN, NO_ACCESS} and channel.workspace != DIRECT:
                return GUILD_GONE if await self._directory.is_gone(channel.workspace, until) else None
            case _:
                return None


def _message(view: View) -> Message:
    """Return a view as a message that can be marked: a layout where its plain form has no component."""
    message = announced(view)
    return message if message.components else render(view)


def _nonce(key: str) -> dict[str, Any]:
    return {"nonce": key, "enforce_nonce": True}


def _is_locked(channel: Mapping[str, Any]) -> bool:
    return bool((channel.get("thread_metadata") or {}).get("locked"))


def _until() -> float:
    return _now() + LEAVE_SECONDS


def _now() -> float:
    return asyncio.get_running_loop().time()
