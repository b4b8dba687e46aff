"""Where requests are answered: the one way from a request to a message, whatever goes wrong on it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.access import Workspace, error_code
from adapters.slack.asking import Origin
from adapters.slack.home import home
from adapters.slack.modals import modal
from adapters.slack.places import NewModal, OpenModal, Place, Post, Share, Whisper
from adapters.slack.quiet import library_logger
from adapters.slack.render import Message, render, shared
from bot.channels import Asker
from bot.errors import Mishap, PprnetError
from bot.requests import Latest, Request, Status, Unclear, changes, to_share
from bot.views import Paragraph, Text, View

_log = logging.getLogger("pprnet.slack")

Answer = Callable[[Request | Unclear, Asker], View]
Read = Callable[[], Request | Unclear]
Who = Callable[[Origin, Request | Unclear], Awaitable[Asker]]

_PATIENCE = 1.0
"""Seconds an answer may take before a modal is opened without it: Slack takes a trigger for three seconds."""

_WAITING = View("One moment", (Paragraph((Text("Looking it up …"),)),))

_TRIGGER_ERRORS = {"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"}


class Desk:
    """Answers requests, and tells the person in one sentence when that fails."""

    def __init__(self, answer: Answer, who: Who, client: AsyncWebClient, workspace: Workspace) -> None:
        """Keep what answers are made with.

        Args:
            answer: the service's `answer`, called in a thread.
            who: finds out who asks.
            client: Slack's Web API; its session is used for all answers.
            workspace: whom it is all for.
        """
        self._answer = answer
        self._who = who
        self._client = client
        self._workspace = workspace

    async def serve(self, place: Place, read: Read, origin: Origin) -> None:
        """Read a request, answer it and bring the answer to its place; never raises.

        Args:
            place: where the answer goes.
            read: returns the request; may raise `PprnetError` when it cannot be read.
            origin: where the request comes from.
        """
        try:
            request = read()
            answering = asyncio.create_task(self._answered(request, origin))
            place = await self._kept_open(place, answering, origin)
            await self._say(place, await answering, origin, request)
        except PprnetError as error:
            _log.info("a person was told: %s", error, extra={"action": "slack.told"})
            await self._apologise(place, error.human, origin)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a sentence and the log a reference
            await self._apologise(place, self._recorded(error), origin)
        else:
            if changes(request) and origin.home:
                await self.furnish(origin)

    async def furnish(self, origin: Origin) -> None:
        """Show a person the App Home as it is now, and what comes to their direct messages; never raises."""
        try:
            latest, standing = [await self._answered(request, origin) for request in (Latest(), Status())]
            await self._client.views_publish(user_id=origin.user, view=home(latest, standing, channel=origin.channel))
        except Exception as error:  # noqa: BLE001 - the Home stays as it was
            self._recorded(error)

    async def _answered(self, request: Request | Unclear, origin: Origin) -> View:
        asker = await self._who(origin, request)
        return await asyncio.to_thread(self._answer, request, asker)

    async def _kept_open(self, place: Place, answering: "asyncio.Task[View]", origin: Origin) -> Place:
        """Open a modal without its answer, if that takes so long that Slack would not take it any more."""
        if not isinstance(place, NewModal):
            return place
        done, _ = await asyncio.wait([answering], timeout=_PATIENCE)
        if done:
            return place
        opened = await self._client.views_open(trigger_id=place.trigger, view=modal(_WAITING, origin.channel))
        return OpenModal(opened["view"]["id"])

    async def _say(self, place: Place, view: View, origin: Origin, request: Request | Unclear | None = None) -> None:
        asked = view.again or (None if isinstance(request, Unclear) else request)
        share = asked and to_share(asked)
        asked = asked if asked == share else None  # reading all of an answer changes nothing
        match place:
            case Whisper(url, replace):
                await self._respond(url, render(view, share=share, asked=asked), replace_original=replace)
            case Share(url, user):
                await self._respond(url, shared(view, user, asked=asked), response_type="in_channel")
            case Post(channel, thread):
                await self._post(channel, thread, render(view, asked=asked))
            case OpenModal(id_):
                await self._client.views_update(view_id=id_, view=modal(view, origin.channel))
            case NewModal():
                await self._open(place, view, origin, request)

    async def _open(self, place: NewModal, view: View, origin: Origin, request: Request | Unclear | None) -> None:
        try:
            await self._client.views_open(trigger_id=place.trigger, view=modal(view, origin.channel))
        except SlackApiError as error:
            if not place.url or error_code(error) not in _TRIGGER_ERRORS:
                raise
            await self._say(Whisper(place.url), view, origin, request)

    async def _respond(self, url: str, message: Message, **how: Any) -> None:
        """Answer by the address that Slack gave, over a connection that is open already; bolt opens one each time."""
        answers = AsyncWebhookClient(
            url, session=self._client.session, proxy=self._client.proxy, logger=library_logger()
        )
        body = {"response_type": "ephemeral", "replace_original": False, **message.payload, **how}
        told = await answers.send_dict(body)
        if told.status_code != 200:
            _log.warning("Slack did not take an answer: %s", told.status_code, extra={"action": "slack.unanswered"})

    async def _post(self, channel: str, thread: str, message: Message) -> None:
        await self._client.chat_postMessage(channel=channel, thread_ts=thread or None, **message.payload)

    async def _apologise(self, place: Place, sentence: str, origin: Origin) -> None:
        try:
            await self._say(_aside(place), View("That did not work", (Paragraph((Text(sentence),)),)), origin)
        except Exception as error:  # noqa: BLE001 - there is nobody left to tell but the log
            self._recorded(error)

    def _recorded(self, error: Exception) -> str:
        """Write an error down under a reference, and return the sentence that carries it."""
        self._workspace.heed(error)
        mishap = Mishap.of(error, error_code(error))
        _log.error("%s", mishap.log, extra={"action": "slack.failed"})
        return mishap.human


def _aside(place: Place) -> Place:
    """Return where an apology goes: beside what is there, and never to the whole channel."""
    match place:
        case Whisper(url) | Share(url):
            return Whisper(url)
        case Post() | NewModal() | OpenModal():
            return place
