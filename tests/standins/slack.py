"""A Slack of our own on loopback, to try the whole app against.

    async with SlackStandIn() as slack:
        ...  # the app, with SLACK_API_URL=slack.url and slack's tokens
        answer = await slack.command("latest")
        call = await slack.next_call("response_url")

It serves the Web API and Socket Mode, and sends signed requests once `post_to` has said where. It does what Slack's
documentation says: errors are `ok: false` with HTTP 200, a trigger_id opens one modal within three seconds, a
response_url takes five answers within half an hour. Every payload is checked against Slack's published limits; one that
Slack would not take is refused as Slack refuses it, and makes the test fail at the end unless it clears `violations`.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.standins import slack_limits, slack_methods, slack_payloads, slack_views
from tests.standins.slack_api import Api
from tests.standins.slack_calls import Call
from tests.standins.slack_doors import ACK_SECONDS, Answer, Door, Envelope
from tests.standins.slack_faults import Fault
from tests.standins.slack_http import HttpDoor
from tests.standins.slack_payloads import Payloads, Where, find_element, typed_in
from tests.standins.slack_server import Server
from tests.standins.slack_socket import SocketDoor
from tests.standins.slack_world import DIRECT, GENERAL, TEAM, USER, Message, ViewSeen, Workspace, World

__all__ = ["SlackStandIn", "find_element"]

SCOPES = (
    "chat:write commands app_mentions:read im:history im:read users:read"
    " channels:history channels:join channels:read groups:history groups:read"
)
"""What the token may do, unless a test says otherwise."""


class SlackStandIn:
    """Slack, as far as the bot can see it."""

    signing_secret = "stand-in-secret"

    def __init__(
        self, scopes: str = SCOPES, clock: Callable[[], float] = time.time, ack_seconds: float = ACK_SECONDS
    ) -> None:
        """Make a Slack with one workspace; see `slack_world` for who and what is in it.

        Args:
            scopes: what the bot's token may do, separated by blanks.
            clock: the time of day in seconds, as `time.time` has it.
            ack_seconds: how long it waits for an answer.
        """
        self.world = World(set(scopes.split()), clock)
        self.socket = SocketDoor(ack_seconds)
        self.http: HttpDoor | None = None
        self.violations: list[str] = []
        self.api = Api(self.world, self._socket_url, self.violations, {**slack_methods.METHODS, **slack_views.METHODS})
        self._server = Server(self.api, self.socket)

    @property
    def url(self) -> str:
        """The base of the Web API, as SLACK_API_URL has it."""
        return f"{self._server.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The token of the first workspace."""
        return self.world.workspaces[TEAM].token

    @property
    def app_token(self) -> str:
        """The token for Socket Mode."""
        return self.world.app_token

    @property
    def calls(self) -> list[Call]:
        """Everything the app asked for, in order."""
        return self._server.journal.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return every call of one method."""
        return self._server.journal.of(method)

    async def next_call(self, method: str) -> Call:
        """Return the next call of a method that was not returned before, as soon as it comes."""
        return await self._server.journal.next(method)

    def fail(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of a method go wrong, one after the other; `None` is a call that goes well.

        `response_url` is a method too.
        """
        self._server.faults[method].extend(faults)

    def add_workspace(self, team: str, token: str) -> None:
        """Install the app in one more workspace."""
        self.world.workspaces[team] = Workspace(team, token, set(SCOPES.split()))

    def post_to(self, url: str) -> HttpDoor:
        """Send everything to this address from now on, instead of by websocket."""
        self.http = HttpDoor(url, self.signing_secret, self.socket.ack_seconds)
        return self.http

    def messages(self, channel: str = GENERAL, user: str = USER) -> list[Message]:
        """Return what one person sees in a channel, oldest first."""
        seen = [one for one in self.world.messages if one.channel == channel and one.to in {None, user}]
        return [one for one in seen if not one.deleted]

    def home(self, user: str = USER) -> ViewSeen | None:
        """Return what one person's Home shows."""
        return next((one for one in self.world.views.values() if one.type == "home" and one.user == user), None)

    def modals(self, user: str = USER) -> list[ViewSeen]:
        """Return one person's open modals, the topmost last."""
        return [one for one in self.world.views.values() if one.type == "modal" and one.user == user and not one.closed]

    async def command(self, text: str, *, channel: str = GENERAL, user: str = USER, team: str = TEAM) -> Answer:
        """Type `/pprnet` and a text; an answer with words becomes a message."""
        answer = await self._deliver("slash_commands", self._payloads(team).command(text, channel, user))
        said = {"text": answer.body} if isinstance(answer.body, str) else answer.body or {}
        if said.get("text") or said.get("blocks"):
            self.world.post(channel, said, to=None if said.get("response_type") == "in_channel" else user)
        return answer

    async def event(self, event: dict[str, Any], *, event_id: str | None = None, team: str = TEAM) -> Answer:
        """Tell the app that something happened."""
        return await self._deliver("events_api", self._payloads(team).event(event, event_id))

    async def mention(self, text: str, *, channel: str = GENERAL, user: str = USER) -> Answer:
        """Call the bot by name in a channel."""
        return await self.event(slack_payloads.mention(text, channel, user, self.world.ts()))

    async def direct_message(self, text: str, *, user: str = USER) -> Answer:
        """Write to the bot."""
        return await self.event(slack_payloads.direct(text, DIRECT, user, self.world.ts()))

    async def open_home(self, *, user: str = USER) -> Answer:
        """Open the bot's Home."""
        return await self.event(slack_payloads.home_opened(DIRECT, user))

    async def click(self, button: str, where: Where, *, user: str = USER) -> Answer:
        """Click on a button, named by its words or its action_id, in a message or a view."""
        element, block = find_element(where, button)
        return await self._act(element, block, where, user)

    async def choose(self, menu: str, option: dict[str, Any], where: Where, *, user: str = USER) -> Answer:
        """Choose an option in a menu named by its action_id."""
        element, block = find_element(where, menu)
        return await self._act({**element, "selected_option": option}, block, where, user)

    async def enter(self, field: str, text: str, where: Where, *, user: str = USER) -> Answer:
        """Type a line into a field that dispatches, named by its action_id, and press Enter."""
        element, block = find_element(where, field)
        return await self._act({**element, "value": text}, block, where, user)

    async def suggest(self, menu: str, typed: str, where: Where, *, user: str = USER) -> Answer:
        """Type the beginning of something into a menu with type-ahead; the answer's body has the options."""
        element, block = find_element(where, menu)
        payload = self._payloads().suggestion(element, block, where, user, typed)
        answer = await self._deliver("interactive", payload)
        if answer.acked:
            self.violations += [f"block_suggestion: {one}" for one in slack_limits.options(answer.body or {})]
        return answer

    async def submit(self, view: ViewSeen, values: dict[str, str] | None = None) -> Answer:
        """Send a modal off, with texts for its fields by action_id; it does then what the answer says."""
        answer = await self._deliver("interactive", self._payloads().submission(view, typed_in(view, values or {})))
        if answer.acked:
            self._follow(view, answer.body or {})
        return answer

    async def verify_url(self) -> Answer:
        """Ask the app whether the address is its own, as Slack does when it is entered."""
        return await self._deliver("events_api", {"type": "url_verification", "challenge": "c4", "token": "legacy"})

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.http is not None:
            await self.http.close()
        await self.socket.close()
        await self._server.stop()
        if kind is None and self.violations:
            raise AssertionError("\n".join(["Slack would not have taken:", *self.violations]))

    async def _act(self, element: dict[str, Any], block: str, where: Where, user: str) -> Answer:
        return await self._deliver("interactive", self._payloads().actions(element, block, where, user))

    async def _deliver(self, kind: str, payload: dict[str, Any]) -> Answer:
        door: Door = self.http or self.socket
        return await door.deliver(Envelope(kind, payload))

    def _payloads(self, team: str = TEAM) -> Payloads:
        return Payloads(self.world, self._server.base_url, team)

    def _socket_url(self) -> str:
        return f"{self._server.base_url.replace('http', 'ws', 1)}/link?ticket={self.socket.ticket()}&app_id=stand-in"

    def _follow(self, view: ViewSeen, said: dict[str, Any]) -> None:
        match said.get("response_action"):
            case "errors":
                pass
            case "update":
                self.api.check_view("view_submission", said["view"])
                self.api.replace(view, said["view"])
            case _:
                view.closed = True
