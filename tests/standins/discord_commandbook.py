"""The commands that an application has registered with a stand-in, for all guilds and direct messages."""

from typing import Any

from tests.standins import discord_limits
from tests.standins.discord_calls import Call, DiscordError
from tests.standins.discord_rest import Api
from tests.standins.discord_world import APP

SUBCOMMAND, GROUP = 1, 2


def read(api: Api, call: Call) -> Any:
    """GET /applications/{app}/commands."""
    _is_ours(call)
    return api.world.commands


def replace(api: Api, call: Call) -> Any:
    """PUT /applications/{app}/commands: these and no others."""
    _is_ours(call)
    api.check(call.route, discord_limits.commands(call.body))
    known = {one["name"]: one["id"] for one in api.world.commands}
    api.world.commands = [_whole(api, one, known.get(one["name"])) for one in call.body]
    return api.world.commands


def add(api: Api, call: Call) -> Any:
    """POST /applications/{app}/commands: one more, or one in the place of its namesake."""
    _is_ours(call)
    api.check(call.route, discord_limits.commands([call.body]))
    rest = [one for one in api.world.commands if one["name"] != call.body["name"]]
    known = next((one["id"] for one in api.world.commands if one["name"] == call.body["name"]), None)
    api.world.commands = [*rest, _whole(api, call.body, known)]
    return api.world.commands[-1]


def change(api: Api, call: Call) -> Any:
    """PATCH /applications/{app}/commands/{command}."""
    old = _named(api, call)
    new = {**old, **call.body}
    api.check(call.route, discord_limits.commands([new]))
    api.world.commands[api.world.commands.index(old)] = new
    return new


def remove(api: Api, call: Call) -> Any:
    """DELETE /applications/{app}/commands/{command}."""
    api.world.commands.remove(_named(api, call))


def invocation(
    commands: list[dict[str, Any]], words: str, options: dict[str, Any], focused: str | None = None
) -> dict[str, Any]:
    """Return the data of an interaction: what a person has typed of a registered command.

    Args:
        commands: what is registered.
        words: the name of a subcommand of the only command, with a blank between groups.
        options: the values by name.
        focused: the option that is being typed, for autocomplete.
    """
    assert commands, "no command is registered, so that nobody can use one"
    top = commands[0]
    leaf, names = top, []
    for name in words.split():
        leaf = next(one for one in leaf.get("options") or [] if one["name"] == name)
        names.append(leaf)
    kinds = {one["name"]: one for one in leaf.get("options") or [] if one["type"] > GROUP}
    filled: list[dict[str, Any]] = [_filled(kinds[name], value, name == focused) for name, value in options.items()]
    if focused is None:
        missing = [name for name, one in kinds.items() if one.get("required") and name not in options]
        assert not missing, f"Discord does not send a command without {missing}"
    for one in reversed(names):
        filled = [{"name": one["name"], "type": one["type"], "options": filled}]
    return {"id": top["id"], "name": top["name"], "type": 1, "options": filled}


def _filled(option: dict[str, Any], value: Any, focused: bool) -> dict[str, Any]:
    if not focused and (choices := option.get("choices")):
        assert value in [one["value"] for one in choices], f"{value!r} is no choice"
    told = {"name": option["name"], "type": option["type"], "value": value}
    return told | {"focused": True} if focused else told


def _whole(api: Api, given: dict[str, Any], known: str | None) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "type": 1,
        "default_member_permissions": None,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
        "description": "",
        "version": api.world.snowflake(),
        "application_id": APP,
        "id": known or api.world.snowflake(),
    }
    return whole | given


def _named(api: Api, call: Call) -> dict[str, Any]:
    _is_ours(call)
    for one in api.world.commands:
        if one["id"] == call.path["command"]:
            return one
    raise DiscordError(404, 10063, "Unknown application command")


def _is_ours(call: Call) -> None:
    if call.path["app"] != APP:
        raise DiscordError(403, 20012, "You are not authorized to perform this action on this application")
