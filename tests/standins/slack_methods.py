"""The Web API's methods about messages, conversations and users."""

from typing import Any

from tests.standins import slack_limits
from tests.standins.slack_api import Api, Method, need
from tests.standins.slack_calls import Call
from tests.standins.slack_world import BOT, BOT_USER, Message, SlackError, Workspace


def _auth_test(api: Api, workspace: Workspace, _: Call) -> dict[str, Any]:
    return {
        "url": "https://stand-in.slack.com/",
        "team": "Stand-in",
        "user": "pprnet",
        "team_id": workspace.id,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def _post(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = _open_channel(api, workspace, call.args)
    api.check(call.method, slack_limits.message(call.args))
    call.message = api.world.post(channel, call.args)
    return {"channel": channel, "ts": call.message.ts, "message": call.message.payload(metadata=True)}


def _post_ephemeral(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = _open_channel(api, workspace, call.args)
    if call.args.get("user") not in api.world.users:
        raise SlackError("user_not_in_channel")
    api.check(call.method, slack_limits.message(call.args))
    call.message = api.world.post(channel, call.args, to=call.args["user"])
    return {"message_ts": call.message.ts}


def _update(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    message = _message(api, workspace, call.args)
    api.check(call.method, slack_limits.message(call.args, slack_limits.UPDATED_TEXT))
    api.world.edit(message, call.args)
    call.message = message
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.payload()}


def _delete(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    call.message = _message(api, workspace, call.args)
    call.message.deleted = True
    return {"channel": call.message.channel, "ts": call.message.ts}


def _history(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = api.world.channel(workspace.id, str(call.args.get("channel")))
    need(workspace, f"{'im' if channel.is_im else 'groups' if channel.is_private else 'channels'}:history")
    if not channel.is_member:
        raise SlackError("not_in_channel")
    oldest, latest = str(call.args.get("oldest") or "0"), str(call.args.get("latest") or "9999999999")
    seen = [one for one in api.world.visible(channel.id) if float(oldest) < float(one.ts) < float(latest)]
    start = int(str(call.args.get("cursor") or "0").removeprefix("next:"))
    size = min(int(call.args.get("limit") or 100), api.history_page)
    metadata = str(call.args.get("include_all_metadata")).casefold() in {"1", "true"}
    more = start + size < len(seen)
    return {
        "messages": [one.payload(metadata=metadata) for one in seen[start : start + size]],
        "has_more": more,
        "pin_count": 0,
        "response_metadata": {"next_cursor": f"next:{start + size}" if more else ""},
    }


def _join(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = api.world.channel(workspace.id, str(call.args.get("channel")))
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    channel.is_member = True
    return _info(api, workspace, call)


def _info(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = api.world.channel(workspace.id, str(call.args.get("channel")))
    need(workspace, f"{'im' if channel.is_im else 'groups' if channel.is_private else 'channels'}:read")
    told = ("id", "name", "is_private", "is_im", "is_member", "is_archived", "is_read_only")
    shown = {name: getattr(channel, name) for name in told}
    return {"channel": {**shown, "is_channel": not channel.is_private, "context_team_id": workspace.id}}


def _user(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    user = str(call.args.get("user"))
    if user not in api.world.users:
        raise SlackError("user_not_found")
    person = api.world.users[user]
    known = {"id": user, "team_id": workspace.id, "name": person.name, "real_name": f"{person.name.title()} Doe"}
    return {"user": {**known, "is_bot": False, **person.kind}}


def _members(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    channel = api.world.channel(workspace.id, str(call.args.get("channel")))
    need(workspace, f"{'groups' if channel.is_private else 'channels'}:read")
    start = int(str(call.args.get("cursor") or "0").removeprefix("next:"))
    end = start + min(int(call.args.get("limit") or 100), api.members_page)
    more = end < len(channel.members)
    return {"members": channel.members[start:end], "response_metadata": {"next_cursor": f"next:{end}" if more else ""}}


def _open_channel(api: Api, workspace: Workspace, args: dict[str, Any]) -> str:
    channel = api.world.channel(workspace.id, str(args.get("channel")))
    if channel.error:
        raise SlackError(channel.error)
    if channel.is_archived:
        raise SlackError("is_archived")
    if not channel.is_member and "chat:write.public" not in workspace.scopes:
        raise SlackError("not_in_channel")
    return channel.id


def _message(api: Api, workspace: Workspace, args: dict[str, Any]) -> Message:
    channel = api.world.channel(workspace.id, str(args.get("channel")))
    for message in api.world.visible(channel.id):
        if message.ts == args.get("ts"):
            return message
    raise SlackError("message_not_found")


METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    "chat.postMessage": _post,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "conversations.history": _history,
    "conversations.join": _join,
    "conversations.info": _info,
    "conversations.members": _members,
    "users.info": _user,
}
