"""The Web API's methods about modals and Homes."""

from typing import Any

from tests.standins.slack_api import Api, Method
from tests.standins.slack_calls import Call
from tests.standins.slack_world import SlackError, ViewSeen, Workspace

TRIGGER_SECONDS = 3.0


def _views_open(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    trigger = api.world.triggers.get(str(call.args.get("trigger_id")))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if api.world.clock() - trigger.at > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    view = _view(api, call)
    trigger.used = True
    return {"view": _show(api, view, trigger.user).payload(workspace.id)}


def _views_push(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    return _views_open(api, workspace, call)


def _views_update(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    by_id = api.world.views.get(str(call.args.get("view_id")))
    external = call.args.get("external_id")
    named = (one for one in api.world.views.values() if external and one.view.get("external_id") == external)
    seen = by_id or next(named, None)
    if seen is None or seen.closed:
        raise SlackError("not_found")
    if (given := call.args.get("hash")) and given != f"{seen.id}.{seen.version}":
        raise SlackError("hash_conflict")
    api.replace(seen, _view(api, call))
    return {"view": seen.payload(workspace.id)}


def _views_publish(api: Api, workspace: Workspace, call: Call) -> dict[str, Any]:
    user = str(call.args.get("user_id"))
    if user not in api.world.users:
        raise SlackError("user_not_found")
    view = _view(api, call)
    seen = next((one for one in api.world.views.values() if one.type == "home" and one.user == user), None)
    if seen is None:
        seen = _show(api, view, user)
    else:
        api.replace(seen, view)
    return {"view": seen.payload(workspace.id)}


def _view(api: Api, call: Call) -> dict[str, Any]:
    view = call.args.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    api.check_view(call.method, view)
    return view


def _show(api: Api, view: dict[str, Any], user: str) -> ViewSeen:
    seen = ViewSeen(f"V{api.world.number():09}", user, view)
    api.replace(seen, view)
    api.world.views[seen.id] = seen
    return seen


METHODS: dict[str, Method] = {
    "views.open": _views_open,
    "views.push": _views_push,
    "views.update": _views_update,
    "views.publish": _views_publish,
}
