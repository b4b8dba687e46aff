"""The Web API methods of a stand-in Slack: what each does to its world and what it answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.standins import slack_limits
from tests.standins.slack_calls import Call
from tests.standins.slack_world import BOT, BOT_USER, Message, SlackError, ViewSeen, Workspace, World

Args = dict[str, Any]

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 1800.0
RESPONSE_URL_USES = 5
HISTORY_MOST = 999

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
    """

    world: World
    socket_url: Callable[[], str]
    violations: list[str]
    history_page: int = HISTORY_MOST

    def carry_out(self, call: Call) -> dict[str, Any]:
        """Do what a call asks and return the answer, `ok` or not."""
        try:
            return {"ok": True, **self._method(call)}
        except SlackError as error:
            return {"ok": False, "error": error.code, **error.more}

    def respond(self, name: str, args: Args, call: Call) -> str | None:
        """Do what was posted to a response_url; return the error, or `None` if there is none."""
        url = self.world.response_urls.get(name)
        if url is None or self.world.clock() - url.at > RESPONSE_URL_SECONDS:
            return "expired_url"
        if url.uses >= RESPONSE_URL_USES:
            return "used_url"
        url.uses += 1
        if args.get("delete_original"):
            if url.original is None:
                return "no_original"
            url.original.deleted = True
            call.message = url.original
            return None
        try:
            self._check("response_url", slack_limits.message(args))
        except SlackError as error:
            return error.code
        if args.get("replace_original") and url.original is not None:
            self.world.edit(url.original, args)
            call.message = url.original
        else:
            to = None if args.get("response_type") == "in_channel" else url.user
            call.message = self.world.post(url.channel, args, to=to)
        return None

    def _method(self, call: Call) -> dict[str, Any]:
        if not call.token:
            raise SlackError("not_authed")
        if call.method == "apps.connections.open":
            if call.token != self.world.app_token:
                raise SlackError("not_allowed_token_type" if call.token.startswith("xoxb-") else "invalid_auth")
            return {"url": self.socket_url()}
        workspace = self.world.workspace_of(call.token)
        if workspace is None:
            raise SlackError("invalid_auth")
        if call.method not in _METHODS:
            raise SlackError("unknown_method", req_method=call.method)
        if needed := SCOPES.get(call.method):
            _need(workspace, needed)
        return _METHODS[call.method](self, workspace, call)

    def _auth_test(self, workspace: Workspace, _: Call) -> dict[str, Any]:
        return {
            "url": "https://stand-in.slack.com/",
            "team": "Stand-in",
            "user": "pprnet",
            "team_id": workspace.id,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    def _post(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        channel = self._open_channel(workspace, call.args)
        self._check(call.method, slack_limits.message(call.args))
        call.message = self.world.post(channel, call.args)
        return {"channel": channel, "ts": call.message.ts, "message": call.message.payload(metadata=True)}

    def _post_ephemeral(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        channel = self._open_channel(workspace, call.args)
        if call.args.get("user") not in self.world.users:
            raise SlackError("user_not_in_channel")
        self._check(call.method, slack_limits.message(call.args))
        call.message = self.world.post(channel, call.args, to=call.args["user"])
        return {"message_ts": call.message.ts}

    def _update(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        message = self._message(workspace, call.args)
        self._check(call.method, slack_limits.message(call.args, slack_limits.UPDATED_TEXT))
        self.world.edit(message, call.args)
        call.message = message
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.payload()}

    def _delete(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        call.message = self._message(workspace, call.args)
        call.message.deleted = True
        return {"channel": call.message.channel, "ts": call.message.ts}

    def _history(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        channel = self.world.channel(workspace.id, str(call.args.get("channel")))
        _need(workspace, f"{'im' if channel.is_im else 'groups' if channel.is_private else 'channels'}:history")
        if not channel.is_member:
            raise SlackError("not_in_channel")
        oldest, latest = str(call.args.get("oldest") or "0"), str(call.args.get("latest") or "9999999999")
        seen = [one for one in self.world.visible(channel.id) if float(oldest) < float(one.ts) < float(latest)]
        start = int(str(call.args.get("cursor") or "0").removeprefix("next:"))
        size = min(int(call.args.get("limit") or 100), self.history_page)
        metadata = str(call.args.get("include_all_metadata")).casefold() in {"1", "true"}
        more = start + size < len(seen)
        return {
            "messages": [one.payload(metadata=metadata) for one in seen[start : start + size]],
            "has_more": more,
            "pin_count": 0,
            "response_metadata": {"next_cursor": f"next:{start + size}" if more else ""},
        }

    def _join(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        channel = self.world.channel(workspace.id, str(call.args.get("channel")))
        if channel.is_archived:
            raise SlackError("is_archived")
        if channel.is_private:
            raise SlackError("method_not_supported_for_channel_type")
        channel.is_member = True
        return self._info(workspace, call)

    def _info(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        channel = self.world.channel(workspace.id, str(call.args.get("channel")))
        _need(workspace, f"{'im' if channel.is_im else 'groups' if channel.is_private else 'channels'}:read")
        shown = {
            name: getattr(channel, name) for name in ("id", "name", "is_private", "is_im", "is_member", "is_archived")
        }
        return {"channel": {**shown, "is_channel": not channel.is_private, "context_team_id": workspace.id}}

    def _user(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        user = str(call.args.get("user"))
        if user not in self.world.users:
            raise SlackError("user_not_found")
        name = self.world.users[user]
        return {"user": {"id": user, "team_id": workspace.id, "name": name, "real_name": name.title(), "is_bot": False}}

    def _views_open(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        trigger = self.world.triggers.get(str(call.args.get("trigger_id")))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.world.clock() - trigger.at > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        view = self._view(call)
        trigger.used = True
        return {"view": self._show(view, trigger.user).payload(workspace.id)}

    def _views_push(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        return self._views_open(workspace, call)

    def _views_update(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        by_id = self.world.views.get(str(call.args.get("view_id")))
        external = call.args.get("external_id")
        named = (one for one in self.world.views.values() if external and one.view.get("external_id") == external)
        seen = by_id or next(named, None)
        if seen is None or seen.closed:
            raise SlackError("not_found")
        if (given := call.args.get("hash")) and given != f"{seen.id}.{seen.version}":
            raise SlackError("hash_conflict")
        self.replace(seen, self._view(call))
        return {"view": seen.payload(workspace.id)}

    def _views_publish(self, workspace: Workspace, call: Call) -> dict[str, Any]:
        user = str(call.args.get("user_id"))
        if user not in self.world.users:
            raise SlackError("user_not_found")
        view = self._view(call)
        seen = next((one for one in self.world.views.values() if one.type == "home" and one.user == user), None)
        if seen is None:
            seen = self._show(view, user)
        else:
            self.replace(seen, view)
        return {"view": seen.payload(workspace.id)}

    def replace(self, seen: ViewSeen, view: dict[str, Any]) -> None:
        """Put another view in the place of one."""
        seen.view = {**view, "blocks": self.world.with_ids(view.get("blocks") or [])}
        seen.version += 1

    def check_view(self, method: str, view: dict[str, Any]) -> None:
        """Look through a view.

        Raises:
            SlackError: Slack would not take it.
        """
        self._check(method, slack_limits.view(view), "invalid_arguments")

    def check_options(self, given: dict[str, Any]) -> None:
        """Look through the answer to a block_suggestion, and write down what Slack would not take."""
        self.violations += [f"block_suggestion: {problem}" for problem in slack_limits.options(given)]

    def _view(self, call: Call) -> dict[str, Any]:
        view = call.args.get("view")
        if not isinstance(view, dict):
            raise SlackError("invalid_arguments")
        self.check_view(call.method, view)
        return view

    def _show(self, view: dict[str, Any], user: str) -> ViewSeen:
        seen = ViewSeen(f"V{self.world.number():09}", user, view)
        self.replace(seen, view)
        self.world.views[seen.id] = seen
        return seen

    def _open_channel(self, workspace: Workspace, args: Args) -> str:
        channel = self.world.channel(workspace.id, str(args.get("channel")))
        if channel.error:
            raise SlackError(channel.error)
        if channel.is_archived:
            raise SlackError("is_archived")
        if not channel.is_member and "chat:write.public" not in workspace.scopes:
            raise SlackError("not_in_channel")
        return channel.id

    def _message(self, workspace: Workspace, args: Args) -> Message:
        channel = self.world.channel(workspace.id, str(args.get("channel")))
        for message in self.world.visible(channel.id):
            if message.ts == args.get("ts"):
                return message
        raise SlackError("message_not_found")

    def _check(self, method: str, problems: Iterable[str], code: str = "invalid_blocks") -> None:
        found = list(problems)
        self.violations += [f"{method}: {problem}" for problem in found]
        if found:
            named = found[0].partition(":")[0]
            raise SlackError(
                named if named in {"no_text", "msg_blocks_too_long", "metadata_too_large", "view_too_large"} else code,
                response_metadata={"messages": [f"[ERROR] {problem}" for problem in found]},
            )


def _need(workspace: Workspace, scope: str) -> None:
    if scope not in workspace.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(workspace.scopes)))


_METHODS: dict[str, Callable[[Api, Workspace, Call], dict[str, Any]]] = {
    "auth.test": Api._auth_test,
    "chat.postMessage": Api._post,
    "chat.postEphemeral": Api._post_ephemeral,
    "chat.update": Api._update,
    "chat.delete": Api._delete,
    "conversations.history": Api._history,
    "conversations.join": Api._join,
    "conversations.info": Api._info,
    "users.info": Api._user,
    "views.open": Api._views_open,
    "views.push": Api._views_push,
    "views.update": Api._views_update,
    "views.publish": Api._views_publish,
}
