"""Posts announcements in Slack, and finds them again.

Slack knows no idempotency key: a call whose answer was lost may have posted. So every message carries its delivery's
key as metadata, one call is one request, and whoever is not sure looks through the channel's history before sending
again.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import names
from adapters.slack.outcomes import ARCHIVED, FORBIDDEN, NOT_INSTALLED, finding_of, outcome_of, reach_of
from adapters.slack.quiet import library_logger
from adapters.slack.render import Message, render
from adapters.slack.rooms import address_of, is_direct
from bot.channels import Channel
from bot.outcomes import Delivery, Finding, NotSent, Outcome, Reach, Refused, Sent, Unsure
from bot.views import View

EVENT_TYPE = "pprnet_delivery"
"""What the metadata of an announcement is called: letters, digits, `_` and `-` only."""

CLOCK_SKEW = timedelta(minutes=5)
"""How far our clock may be ahead of Slack's. Slack itself holds signed requests to these five minutes, so that a host
whose clock is further off cannot serve its app at all; they cost a search at most a few more messages."""

TIMEOUT = 30.0
"""Seconds for one call, in which nearly every answer comes; what takes longer is looked for."""

_VIEWS_KEPT = 64
"""Rendered views to keep: an edition says the same in many channels, and rendering costs more than posting."""

_PAGE = 200
"""Messages in one answer of conversations.history: the most that Slack recommends."""


class SlackPublisher:
    """Posts in every Slack workspace that there is a token for."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Callable[[str], str | None],
        *,
        sites: Callable[[str], str] = lambda _: "",
        base_url: str = AsyncWebClient.BASE_URL,
        timeout: float = TIMEOUT,
    ) -> None:
        """Keep what posting needs.

        Args:
            session: for every call; its owner closes it. Its connection limit bounds how many calls are under way.
            tokens: returns the bot token of a workspace, or `None` where the bot is not installed; never raises.
            sites: returns where people see a workspace on the web, such as `https://example.slack.com/`, for links to
                messages; empty where that is not known.
            base_url: of the Web API.
            timeout: seconds for one call.
        """
        self._tokens = tokens
        self._sites = sites
        self._timeout = timeout
        self._rendered = lru_cache(_VIEWS_KEPT)(render)
        self._client = AsyncWebClient(base_url=base_url, session=session, retry_handlers=[], logger=library_logger())

    async def publish(self, delivery: Delivery, view: View) -> Outcome:
        """Post a view as one message that carries the delivery's key, by one request; nothing raises."""
        token = self._tokens(delivery.channel.workspace)
        if token is None:
            return NOT_INSTALLED
        try:
            message = _message(delivery, self._rendered(view))
        except Exception as error:  # noqa: BLE001 - the port promises an outcome; nothing has been sent
            return Refused(f"The post could not be made ({type(error).__name__}).")
        try:
            return await self._post(token, delivery.channel, message)
        except Exception as error:  # noqa: BLE001 - the port promises an outcome whatever goes wrong
            return outcome_of(error)

    async def find(self, delivery: Delivery) -> Finding:
        """Look through the channel's history for the delivery's key; nothing raises.

        It reads from the newest message back to the moment the intent was written down, less `CLOCK_SKEW`. A message
        that was posted and then deleted is not found. See `finding_of` for a channel that the bot may not read.
        """
        token = self._tokens(delivery.channel.workspace)
        if token is None:
            return NOT_INSTALLED
        try:
            return await self._look(token, delivery)
        except Exception as error:  # noqa: BLE001 - the port promises a finding whatever goes wrong
            return finding_of(error)

    async def reach(self, channel: Channel) -> Reach:
        """Say whether the bot can post in a channel, joining it where it is public; nothing raises."""
        token = self._tokens(channel.workspace)
        if token is None:
            return NOT_INSTALLED
        try:
            return await self._enter(token, channel.id)
        except Exception as error:  # noqa: BLE001 - the port promises an answer whatever goes wrong
            return reach_of(error, direct=is_direct(channel.id))

    async def tell(self, channel: Channel, user: str, view: View) -> bool:
        """Tell one person something in a direct message; nothing raises.

        A person's id in the place of a channel is their conversation with the app
        (https://docs.slack.dev/reference/methods/chat.postMessage): there is no need to open it first.
        """
        token = self._tokens(channel.workspace)
        if token is None:
            return False
        try:
            await self._call("chat.postMessage", json={"token": token, "channel": user, **self._rendered(view).payload})
        except Exception:  # noqa: BLE001 - whoever cannot be told is not told; the caller says so
            return False
        return True

    async def _enter(self, token: str, channel: str) -> Reach:
        asked = {"token": token, "channel": channel}
        if is_direct(channel):  # only the conversations that are the bot's own have a history for it
            await self._call("conversations.history", http_verb="GET", params={**asked, "limit": 1})
            return None
        told = (await self._call("conversations.info", http_verb="GET", params=asked))["channel"]
        if told.get("is_archived"):
            return ARCHIVED
        if told.get("is_read_only"):
            return FORBIDDEN
        if not told.get("is_member"):  # of private channels that it is not in Slack says nothing at all
            await self._call("conversations.join", json=asked)
        return None

    async def _post(self, token: str, channel: Channel, message: dict[str, Any]) -> Outcome:
        answer = await self._call("chat.postMessage", json={"token": token, **message})
        ts = answer.get("ts")
        return self._sent(channel, ts) if isinstance(ts, str) else Unsure("Slack took the post and did not say its id.")

    def _sent(self, channel: Channel, ts: str) -> Sent:
        return Sent(ts, address_of(self._sites(channel.workspace), channel, ts))

    async def _look(self, token: str, delivery: Delivery) -> Finding:
        asked = {"token": token, **_stretch(delivery)}
        while True:
            answer = await self._call("conversations.history", http_verb="GET", params=asked)
            for message in answer["messages"]:
                if _key(message) == delivery.key:
                    return self._sent(delivery.channel, message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return NotSent()
            asked["cursor"] = cursor

    async def _call(self, method: str, **given: Any) -> AsyncSlackResponse:
        async with asyncio.timeout(self._timeout):
            return await self._client.api_call(method, **given)


def _message(delivery: Delivery, message: Message) -> dict[str, Any]:
    first, *rest = message.blocks
    return {
        "channel": delivery.channel.id,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}},
        **message.payload,
        "blocks": [{**first, "block_id": names.DELIVERY_BLOCK}, *rest],
    }


def _stretch(delivery: Delivery) -> dict[str, Any]:
    """Return which part of a channel's history a delivery's message is in."""
    oldest = (delivery.intended_at - CLOCK_SKEW).timestamp()
    return {
        "channel": delivery.channel.id,
        "oldest": f"{oldest:.6f}",
        "include_all_metadata": True,
        "limit": _PAGE,
    }


def _key(message: Mapping[str, Any]) -> str | None:
    """Return the key of the delivery that a message is of, `None` if it is of none."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key
