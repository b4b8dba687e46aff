"""The app's manifest: what Slack is told about it, and the link that makes the app from it."""

from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

import yaml

EVENTS_PATH = "/slack/events"
"""Where Slack's HTTP requests arrive, of whatever kind."""

_CREATE = "https://api.slack.com/apps?new_app=1&manifest_yaml="


def manifest_text(url: str = "") -> str:
    """Return the manifest as YAML.

    Args:
        url: where Slack can reach the bot by HTTP, such as `https://bot.example.org`; empty for Socket Mode.
    """
    if not url:
        return _packaged()
    return yaml.safe_dump(_over_http(yaml.safe_load(_packaged()), url), sort_keys=False, allow_unicode=True)


def creation_link(manifest: str) -> str:
    """Return the address that makes an app from a manifest, in one click, for whoever is signed in to Slack."""
    return _CREATE + quote(yaml.safe_dump(yaml.safe_load(manifest), sort_keys=False, allow_unicode=True), safe="")


@cache
def required_scopes() -> frozenset[str]:
    """Return the scopes that the manifest asks for: what the bot's token has to have."""
    return frozenset(yaml.safe_load(_packaged())["oauth_config"]["scopes"]["bot"])


def _packaged() -> str:
    return (resources.files("adapters.slack") / "manifest.yaml").read_text(encoding="utf-8")


def _over_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    address = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"] = {"request_url": address, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
    settings["socket_mode_enabled"] = False
    return manifest
