"""The Slack app: which of Slack's requests is answered how."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import names
from adapters.slack.access import Workspace
from adapters.slack.asking import PLATFORM, click_origin, command_origin, message_origin
from adapters.slack.clicks import read_click
from adapters.slack.desk import Desk
from adapters.slack.home import topic_options
from adapters.slack.places import command_place, message_place
from adapters.slack.quiet import library_logger
from adapters.slack.seen import Seen, identity_of
from adapters.slack.typed import as_typed, without_address
from adapters.slack.work import Work
from bot.channels import Channel
from bot.topics.catalogue import Topic
from bot.wording import parse, parse_message

Body: TypeAlias = dict[str, Any]
Complete = Callable[[str], Sequence[Topic]]
CameBack = Callable[[Channel], Awaitable[None]]
"""Is told of a channel in which the bot may have got back what it had lost; raises nothing."""

_EVERY = re.compile(".*", re.DOTALL)
_GONE_SENTENCE = "PPRNet was removed from this workspace. Whoever looks after its apps can install it again."


class SlackApp:
    """Everything the bot does in a workspace, between the doors and the desk."""

    def __init__(
        self, desk: Desk, complete: Complete, api_url: str, workspace: Workspace, came_back: CameBack | None = None
    ) -> None:
        """Put the app together.

        Args:
            desk: where requests are answered.
            complete: returns the topics that what was typed so far can become.
            api_url: where Slack's Web API is.
            workspace: who let the bot in.
            came_back: is told of channels in which the bot may have got back what it had lost.
        """
        self._came_back = came_back
        self._desk = desk
        self._complete = complete
        self._workspace = workspace
        self._seen = Seen()
        self._work = Work()
        self._bolt = _bolt(api_url, workspace)
        self._bolt.listener_runner.lazy_listener_runner = self._work
        self._listen(self._bolt)

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Take a request of Slack's that a door let in, and return what to tell Slack at once; the work goes on after.

        A request that Slack sends again is not answered twice, and nothing is done for a workspace that is gone.
        """
        if self._workspace.gone:
            return BoltResponse(status=200, body=_GONE_SENTENCE if "command" in request.body else "")
        if not self._seen.first(identity_of(request.body)):
            return BoltResponse(status=200, body="")
        return await self._bolt.async_dispatch(request)

    async def finish(self, within: float) -> int:
        """Wait at most so many seconds for the work in hand; return how many pieces were cut off."""
        return await self._work.finish(within)

    def _listen(self, bolt: AsyncApp) -> None:
        bolt.command(names.COMMAND)(ack=_acknowledge, lazy=[self._command])
        bolt.action(_EVERY)(ack=_acknowledge, lazy=[self._click])
        bolt.options(names.TOPIC)(self._options)
        bolt.event("app_home_opened")(ack=_acknowledge, lazy=[self._home])
        bolt.event("app_mention")(ack=_acknowledge, lazy=[self._mention])
        bolt.event("message")(ack=_acknowledge, lazy=[self._message])
        for event in ("app_uninstalled", "tokens_revoked"):
            bolt.event(event)(ack=_acknowledge, lazy=[self._leave])
        for event in ("channel_unarchive", "group_unarchive"):
            bolt.event(event)(ack=_acknowledge, lazy=[self._return])
        bolt.event("member_joined_channel")(ack=_acknowledge, lazy=[self._joined])
        for other in (bolt.event, bolt.shortcut, bolt.view, bolt.view_closed):
            other(_EVERY)(_acknowledge)  # what is not for us is taken all the same, or Slack would send it again

    async def _command(self, body: Body) -> None:
        await self._desk.serve(
            command_place(body), lambda: parse(as_typed(body.get("text") or "")), command_origin(body)
        )

    async def _click(self, body: Body) -> None:
        if click := read_click(body):
            await self._desk.serve(*click, click_origin(body))

    async def _options(self, ack: AsyncAck, payload: Body) -> None:
        topics = await asyncio.to_thread(self._complete, payload.get("value") or "")
        await ack(options=topic_options(topics))

    async def _home(self, body: Body) -> None:
        if body["event"].get("tab") == "home":
            await self._desk.furnish(message_origin(body["event"]))

    async def _mention(self, body: Body) -> None:
        await self._converse(body["event"])

    async def _message(self, body: Body) -> None:
        if body["event"].get("channel_type") == "im":
            await self._converse(body["event"])

    async def _converse(self, event: Body) -> None:
        if event.get("bot_id") or event.get("subtype") or not event.get("user"):
            return  # another bot, or the news that a message was changed or removed
        place, text = message_place(event), event.get("text") or ""
        if event["type"] == "app_mention":
            text = without_address(text)
        await self._desk.serve(place, lambda: parse_message(as_typed(text)), message_origin(event))

    async def _leave(self, body: Body) -> None:
        event = body["event"]
        if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
            self._workspace.leave("app_uninstalled" if event["type"] == "app_uninstalled" else "token_revoked")

    async def _joined(self, body: Body) -> None:
        if body["event"].get("user") == self._workspace.identity.bot_user_id:
            await self._return(body)

    async def _return(self, body: Body) -> None:
        if self._came_back:
            await self._came_back(Channel(PLATFORM, self._workspace.id, body["event"]["channel"]))


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


def _bolt(api_url: str, workspace: Workspace) -> AsyncApp:
    """Return bolt's app.

    Its own client goes unused and has no session: bolt copies it in depth for each lazy listener, and a session cannot
    be copied.
    """

    async def authorize() -> AuthorizeResult:  # from what Slack said at the start: no request waits for auth.test
        return workspace.identity

    return AsyncApp(
        name="pprnet.slack.bolt",
        client=AsyncWebClient(base_url=api_url, logger=library_logger()),
        authorize=authorize,
        logger=library_logger(),
        process_before_response=True,  # else bolt looks every 10 ms whether a request was acknowledged
        request_verification_enabled=False,  # the door has done it, before anything was read
    )
