"""A stand-in's Web API and response_urls: who may call, and which payloads are taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.standins import slack_limits
from tests.standins.slack_calls import Call
from tests.standins.slack_tickets import ResponseUrl
from tests.standins.slack_world import Message, SlackError, ViewSeen, Workspace, World

RESPONSE_URL_SECONDS = 1800.0
RESPONSE_URL_USES = 5
HISTORY_MOST = 999
MEMBERS_MOST = 1000

SCOPES: dict[str, str] = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.join": "channels:join",
    "users.info": "users:read",
}
"""What a token needs to be allowed; the methods of conversations look at the kind of channel themselves."""


@dataclass(slots=True)
class Api:
    """Carries out calls and writes down every payload that Slack would not take.

    Attributes:
        violations: a sentence for each.
        history_page: the most messages in one answer of conversations.history, whatever was asked for.
        members_page: the most members in one answer of conversations.members.
    """

    world: World
    socket_url: Callable[[], str]
    violations: list[str]
    methods: "dict[str, Method]"
    history_page: int = HISTORY_MOST
    members_page: int = MEMBERS_MOST

    def carry_out(self, call: Call) -> dict[str, Any]:
        """Do what a call asks and return the answer, `ok` or not."""
        try:
            return {"ok": True, **self._method(call)}
        except SlackError as error:
            return {"ok": False, "error": error.code, **error.more}

    def respond(self, name: str, call: Call) -> dict[str, Any]:
        """Do what was posted to a response_url and return the answer, `ok` or not."""
        try:
            call.message = self._respond(self._response_url(name), call.args)
        except SlackError as error:
            return {"ok": False, "error": error.code}
        return {"ok": True}

    def replace(self, seen: ViewSeen, view: dict[str, Any]) -> None:
        """Put another view in the place of one."""
        seen.view = {**view, "blocks": self.world.with_ids(view.get("blocks") or [])}
        seen.version += 1

    def check(self, method: str, problems: Iterable[str], code: str = "invalid_blocks") -> None:
        """Write down what is wrong with a payload.

        Raises:
            SlackError: something is.
        """
        found = list(problems)
        self.violations += [f"{method}: {problem}" for problem in found]
        if found:
            named = found[0].partition(":")[0]
            told = {"messages": [f"[ERROR] {problem}" for problem in found]}
            raise SlackError(named if named in _CODES else code, response_metadata=told)

    def check_view(self, method: str, view: dict[str, Any]) -> None:
        """Write down what is wrong with a view.

        Raises:
            SlackError: something is.
        """
        self.check(method, slack_limits.view(view), "invalid_arguments")

    def _method(self, call: Call) -> dict[str, Any]:
        if not call.token:
            raise SlackError("not_authed")
        if call.method == "apps.connections.open":
            return self._open_connection(call.token)
        workspace = self.world.workspace_of(call.token)
        if workspace is None:
            raise SlackError("invalid_auth")
        if call.method not in self.methods:
            raise SlackError("unknown_method", req_method=call.method)
        if needed := SCOPES.get(call.method):
            need(workspace, needed)
        return self.methods[call.method](self, workspace, call)

    def _open_connection(self, token: str) -> dict[str, Any]:
        if token != self.world.app_token:
            raise SlackError("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
        return {"url": self.socket_url()}

    def _response_url(self, name: str) -> ResponseUrl:
        url = self.world.response_urls.get(name)
        if url is None or self.world.clock() - url.at > RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        url.uses += 1
        return url

    def _respond(self, url: ResponseUrl, args: dict[str, Any]) -> Message:
        if args.get("delete_original"):
            return _deleted(url.original)
        self.check("response_url", slack_limits.message(args))
        if args.get("replace_original") and url.original is not None:
            self.world.edit(url.original, args)
            return url.original
        return self.world.post(url.channel, args, to=None if args.get("response_type") == "in_channel" else url.user)


Method = Callable[[Api, Workspace, Call], dict[str, Any]]
"""Does what a call asks for and returns the answer; may raise `SlackError`."""


def need(workspace: Workspace, scope: str) -> None:
    """Look whether the token may do that.

    Raises:
        SlackError: it may not.
    """
    if scope not in workspace.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(workspace.scopes)))


_CODES = {"no_text", "msg_blocks_too_long", "metadata_too_large", "view_too_large"}
"""Problems that Slack has a code of its own for; all others of a payload share one."""


def _deleted(original: Message | None) -> Message:
    if original is None:
        raise SlackError("no_original")
    original.deleted = True
    return original
