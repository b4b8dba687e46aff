"""What Slack sends an app when a person does something."""

from typing import Any

from tests.standins.slack_tickets import ResponseUrl
from tests.standins.slack_world import APP, BOT_USER, USER, Message, ViewSeen, World, elements

Where = Message | ViewSeen
"""What a person clicks in."""


class Payloads:
    """Makes payloads of what persons do, each with a trigger_id and, where Slack gives one, a response_url."""

    def __init__(self, world: World, base_url: str, team: str) -> None:
        self._world = world
        self._base = base_url
        self._team = team

    def command(self, text: str, channel: str, user: str) -> dict[str, Any]:
        """Return a slash command."""
        return {
            "token": "legacy",
            "team_id": self._team,
            "team_domain": "stand-in",
            "channel_id": channel,
            "channel_name": self._channel_name(channel),
            "user_id": user,
            "user_name": self._world.users[user].name,
            "command": "/pprnet",
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self.response_url(channel, user, None),
            "trigger_id": self._world.trigger(user),
        }

    def event(self, event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
        """Return an event; one that comes with an id that was used before is a repetition."""
        bot = {"enterprise_id": None, "team_id": self._team, "user_id": BOT_USER, "is_bot": True}
        return {
            "token": "legacy",
            "team_id": self._team,
            "api_app_id": APP,
            "type": "event_callback",
            "event": {"event_ts": self._world.ts(), **event},
            "event_id": event_id or f"Ev{self._world.number():09}",
            "event_time": int(self._world.clock()),
            "authorizations": [{**bot, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        }

    def actions(self, element: dict[str, Any], block_id: str, where: Where, user: str) -> dict[str, Any]:
        """Return a click, a choice or a line typed into something that dispatches."""
        action = {**element, "block_id": block_id, "action_ts": self._world.ts()}
        return {
            **self._doing("block_actions", where, user),
            "actions": [action],
            "trigger_id": self._world.trigger(user),
        }

    def suggestion(self, element: dict[str, Any], block_id: str, where: Where, user: str, typed: str) -> dict[str, Any]:
        """Return the question what a menu with type-ahead has to offer."""
        asked = {"action_id": element["action_id"], "block_id": block_id, "value": typed}
        return {**self._doing("block_suggestion", where, user), **asked}

    def submission(self, view: ViewSeen, values: dict[str, Any]) -> dict[str, Any]:
        """Return a modal that was sent off with these values, by block_id and action_id."""
        shown = view.payload(self._team, values)
        whose = self._person(view.user)
        return {
            "type": "view_submission",
            **whose,
            "trigger_id": self._world.trigger(view.user),
            "view": shown,
            "response_urls": [],
        }

    def response_url(self, channel: str, user: str, original: Message | None) -> str:
        """Return a new response_url."""
        name = f"R{self._world.number():09}"
        self._world.response_urls[name] = ResponseUrl(channel, user, self._world.clock(), original)
        return f"{self._base}/respond/{name}"

    def _doing(self, kind: str, where: Where, user: str) -> dict[str, Any]:
        common = {"type": kind, **self._person(user)}
        if isinstance(where, ViewSeen):
            return {**common, "container": {"type": "view", "view_id": where.id}, "view": where.payload(self._team)}
        ephemeral = where.to is not None
        container = {"type": "message", "message_ts": where.ts, "channel_id": where.channel, "is_ephemeral": ephemeral}
        doing: dict[str, Any] = {
            **common,
            "container": container,
            "channel": {"id": where.channel, "name": self._channel_name(where.channel)},
            "state": {"values": {}},
            "response_url": self.response_url(where.channel, user, where),
        }
        if not ephemeral:  # Slack does not keep ephemeral messages, and has none to show
            doing["message"] = where.payload()
        return doing

    def _person(self, user: str) -> dict[str, Any]:
        name = self._world.users[user].name
        return {
            "user": {"id": user, "username": name, "name": name, "team_id": self._team},
            "team": {"id": self._team, "domain": "stand-in"},
            "enterprise": None,
            "is_enterprise_install": False,
            "api_app_id": APP,
            "token": "legacy",
        }

    def _channel_name(self, channel: str) -> str:
        """Return what payloads call a channel: of a private one they only say what kind it is."""
        known = self._world.channels[channel]
        return "privategroup" if known.is_private and not known.is_im else known.name


def mention(text: str, channel: str, user: str = USER, ts: str = "1.000001") -> dict[str, Any]:
    """Return the event of somebody calling the bot by name."""
    return {"type": "app_mention", "user": user, "text": f"<@{BOT_USER}> {text}", "ts": ts, "channel": channel}


def direct(text: str, channel: str, user: str = USER, ts: str = "1.000001") -> dict[str, Any]:
    """Return the event of a direct message to the bot."""
    return {"type": "message", "channel_type": "im", "user": user, "text": text, "ts": ts, "channel": channel}


def home_opened(channel: str, user: str = USER) -> dict[str, Any]:
    """Return the event of somebody opening the bot's Home."""
    return {"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"}


def find_element(where: Where, name: str) -> tuple[dict[str, Any], str]:
    """Return the element with these words or this action_id, and the id of its block.

    Raises:
        AssertionError: there is none.
    """
    for block in where.blocks:
        for element in elements(block):
            words = (element.get("text") or {}).get("text") if isinstance(element.get("text"), dict) else None
            if name in {words, element["action_id"]}:
                return element, block["block_id"]
    raise AssertionError(f"there is no {name!r} to be found")


def typed_in(view: ViewSeen, values: dict[str, str]) -> dict[str, Any]:
    """Return the state of a view with these texts in its fields, named by action_id."""
    state: dict[str, Any] = {}
    for action_id, value in values.items():
        element, block = find_element(view, action_id)
        state.setdefault(block, {})[action_id] = {"type": element["type"], "value": value}
    return state
