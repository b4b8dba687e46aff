"""The stand-in holds payloads to Slack's limits."""

from typing import Any

import pytest

from tests.adapters.slack.simple_app import MODAL, button, section, words
from tests.standins import slack_limits

UNTAKEN: list[tuple[Any, str]] = [
    ({}, "no_text"),
    ({"blocks": [section("a")]}, "screen readers"),
    ({"text": "a" * 40_001}, "text: 40001"),
    ({"text": "a", "blocks": [section("a")] * 51}, "51 blocks"),
    ({"text": "a", "blocks": [section("a" * 3001)]}, "3001 characters"),
    ({"text": "a", "blocks": [section("")]}, "0 characters"),
    ({"text": "a", "blocks": [section("a" * 2700)] * 5}, "msg_blocks_too_long"),
    ({"text": "a", "blocks": [{**section("a"), "colour": "red"}]}, "unknown keys"),
    ({"text": "a", "blocks": [{"type": "section"}]}, "neither text nor fields"),
    ({"text": "a", "blocks": [{"type": "section", "fields": [words("a" * 2001)]}]}, "2001 characters"),
    ({"text": "a", "blocks": [{"type": "banner"}]}, "not allowed here"),
    ({"text": "a", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}]}, "plain_text"),
    ({"text": "a", "blocks": [{**section("a"), "block_id": "b"}] * 2}, "block_id is used twice"),
    ({"text": "a", "blocks": [{"type": "context", "elements": [words("a")] * 11}]}, "11 elements"),
    ({"text": "a", "blocks": [{"type": "actions", "elements": []}]}, "0 elements"),
    ({"text": "a", "blocks": [{"type": "actions", "elements": [button("a", "b")] * 2}]}, "action_id is used twice"),
    ({"text": "a", "blocks": [{"type": "actions", "elements": [button("a" * 76, "b")]}]}, "76 characters"),
    ({"text": "a", "blocks": [{"type": "actions", "elements": [button("a", "b" * 256)]}]}, "256 characters"),
    ({"text": "a", "blocks": [{"type": "markdown", "text": "a" * 12_001}]}, "12001 characters"),
    ({"text": "a", "metadata": {"event_type": "a kind", "event_payload": {}}}, "event_type"),
    ({"text": "a", "metadata": {"event_type": "a", "event_payload": {"b": "c" * 16_000}}}, "metadata_too_large"),
]


@pytest.mark.parametrize(("message", "problem"), UNTAKEN, ids=[problem for _, problem in UNTAKEN])
def test_messages_are_held_to_slacks_limits(message: Any, problem: str) -> None:
    assert any(problem in found for found in slack_limits.message(message))


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({**MODAL, "type": "drawer"}, "type 'drawer'"),
        ({**MODAL, "title": words("a" * 25)}, "title: 25 characters"),
        ({**MODAL, "submit": None}, "an input needs a submit"),
        ({**MODAL, "private_metadata": "a" * 3001}, "private_metadata"),
        ({**MODAL, "blocks": [section("a")] * 101}, "101 blocks"),
        ({**MODAL, "blocks": [{"type": "markdown", "text": "a"}]}, "not allowed here"),
        ({**MODAL, "blocks": [section("a" * 3000)] * 84}, "view_too_large"),
    ],
)
def test_views_are_held_to_slacks_limits(view: Any, problem: str) -> None:
    assert any(problem in found for found in slack_limits.view(view))


def test_options_are_held_to_slacks_limits() -> None:
    option = {"text": words("Burnout"), "value": "burnout"}
    assert list(slack_limits.options({"options": []})) == []
    assert list(slack_limits.options({"options": [option] * 101}))
    assert list(slack_limits.options({"options": [{**option, "value": "a" * 151}]}))
    assert list(slack_limits.options({"choices": [option]}))


def test_pings_are_seen_wherever_they_stand() -> None:
    assert slack_limits.pings(
        {"text": "<!here>", "blocks": [section("a <@U1> b <#C1|c> &lt;!here&gt; <https://a.b>")]}
    ) == [
        "<@U1>",
        "<#C1|c>",
        "<!here>",
    ]
