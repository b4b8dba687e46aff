"""What Slack is told about the app."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import yaml

from adapters.slack import names
from adapters.slack.manifest import EVENTS_PATH, creation_link, manifest_text, required_scopes

DOCS = Path(__file__).parents[3] / "docs" / "slack.md"


def test_socket_mode_needs_no_address() -> None:
    manifest = yaml.safe_load(manifest_text())

    assert manifest["settings"]["socket_mode_enabled"]
    assert "url" not in str(manifest)
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == [names.COMMAND]


def test_over_http_everything_is_sent_to_one_address() -> None:
    for given in ("https://bot.example.org", "https://bot.example.org/", f"https://bot.example.org{EVENTS_PATH}"):
        manifest = yaml.safe_load(manifest_text(given))
        settings = manifest["settings"]
        told = {
            manifest["features"]["slash_commands"][0]["url"],
            settings["event_subscriptions"]["request_url"],
            settings["interactivity"]["request_url"],
            settings["interactivity"]["message_menu_options_url"],
        }
        assert told == {"https://bot.example.org/slack/events"}
        assert not settings["socket_mode_enabled"]


def test_the_link_carries_the_whole_manifest() -> None:
    link = urlsplit(creation_link(manifest_text()))

    carried = parse_qs(link.query, strict_parsing=True)
    assert (link.netloc, link.path, carried["new_app"]) == ("api.slack.com", "/apps", ["1"])
    assert yaml.safe_load(carried["manifest_yaml"][0]) == yaml.safe_load(manifest_text())


def test_it_keeps_to_what_slack_takes() -> None:
    """https://docs.slack.dev/reference/app-manifest."""
    manifest = yaml.safe_load(manifest_text())

    told = manifest["display_information"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 174 <= len(told["long_description"]) <= 4000
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    command = manifest["features"]["slash_commands"][0]
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_every_scope_and_event_has_its_reason_in_the_docs() -> None:
    manifest = yaml.safe_load(manifest_text())
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    rows = [line.split("|")[1] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    explained = {word for row in rows for word in row.replace("`", "").replace(",", " ").split()}

    assert {*required_scopes(), *events} - explained == set()
