"""What the stand-in would not take: each of Discord's limits, one step beyond it and right at it."""

from typing import Any

import pytest

from tests.standins import discord_limits
from tests.standins.discord_payloads import COMPONENTS_V2
from tests.standins.discord_world import with_ids

Json = dict[str, Any]


def text(content: str = "words") -> Json:
    return {"type": 10, "content": content}


def button(**given: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Next", "custom_id": "n", **given}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def layout(*components: Json, **given: Any) -> Json:
    return {"flags": COMPONENTS_V2, "components": list(components), **given}


def said(payload: Json, files: dict[str, bytes] | None = None) -> str:
    return "\n".join(discord_limits.message(payload, files or {}))


def buttons(count: int) -> list[Json]:
    return [button(custom_id=f"{number}") for number in range(count)]


FINE: list[Json] = [
    {"content": "x" * 2000},
    {"content": "", "embeds": [{"title": "x" * 256, "description": "x" * 4096}]},
    {"content": "x", "components": [row(*buttons(5))]},
    {"content": "x", "nonce": "n" * 25, "allowed_mentions": {"parse": []}},
    {"content": "@everyone", "allowed_mentions": {"parse": [], "replied_user": False}},
    layout(text("x" * 4000)),
    layout(*[text(f"{number}") for number in range(40)]),
    layout({"type": 17, "components": [text(), {"type": 14}, row(button())], "accent_color": 0xFFFFFF}),
    layout({"type": 9, "components": [text()], "accessory": button(label="x" * 80, custom_id="x" * 100)}),
    layout(row({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]})),
    layout(row(button(style=5, url="https://doi.org/10.1", custom_id=None))),
    layout({**text(), "id": (1 << 31) - 1}),
]

WRONG: list[tuple[Json, str]] = [
    ({}, "message: empty"),
    ({"content": "x" * 2001}, "content: 2001"),
    ({"content": "😀" * 1001}, "content: 2002"),
    ({"content": "x", "nonce": "n" * 26}, "nonce: 26"),
    ({"content": "x", "colour": "red"}, "unknown keys"),
    ({"content": "x", "flags": 1 << 20}, "flags"),
    ({"content": "hello @everyone"}, "@everyone would ping"),
    ({"content": "<@123>", "allowed_mentions": {"parse": ["users"]}}, "<@123> would ping"),
    ({"content": "x", "allowed_mentions": {"parse": None}}, "everything pings"),
    ({"embeds": [{"description": "x"}] * 11}, "embeds: 11"),
    ({"embeds": [{"description": "x" * 4000}] * 2}, "embeds: 8000 characters"),
    ({"embeds": [{"title": "x" * 257}]}, "title: 257"),
    ({"embeds": [{"title": "x", "url": "javascript:x"}]}, "neither http"),
    ({"embeds": [{"fields": [{"name": "", "value": "x"}]}]}, "field's name: 0"),
    ({"content": "x", "components": [text()]}, "without IS_COMPONENTS_V2"),
    ({"content": "x", "components": [row(button())] * 6}, "components: 6"),
    (layout(text(), content="x"), "content: not together"),
    (layout(), "components: 0"),
    (layout(text("x" * 4001)), "text: 4001"),
    (layout(text("x" * 2001), text("x" * 2000)), "4001 characters of text"),
    (layout(text(" ")), "nothing but white space"),
    (layout(*[text()] * 41), "components: 41"),
    (layout({"type": 17, "components": [text()] * 40}), "nested ones included: 41"),
    (layout({"type": 17, "components": [{"type": 17, "components": [text()]}]}), "type 17 is not taken here"),
    (layout({"type": 17, "components": [text()], "accent_color": 1 << 24}), "accent_color"),
    (layout({"type": 9, "components": [text()] * 4, "accessory": button()}), "section: 4"),
    (layout({"type": 9, "components": [text()]}), "neither a button nor a thumbnail"),
    (layout(row(*buttons(6))), "row: 6"),
    (layout(row(button(), button())), "custom_id: 'n' stands twice"),
    (layout(row(button(label="x" * 81))), "button: 81"),
    (layout(row(button(custom_id="x" * 101))), "custom_id: 101"),
    (layout(row(button(style=5))), "a link has no custom_id"),
    (layout(row(button(url="https://doi.org"))), "without the style of a link"),
    (layout(row(button(style=9))), "style 9"),
    (layout(row({"type": 4, "custom_id": "t"})), "row: type 4"),
    (layout(row({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}] * 2})), "stands twice"),
    (layout(row(button(), {"type": 5, "custom_id": "u"})), "stands alone"),
    (layout({**text(), "id": 7}, {**text(), "id": 7}), "id: 7 stands twice"),
    (layout({**text(), "id": 1 << 31}), "not a whole number of 32 bits"),
    (layout({"type": 13, "file": {"url": "attachment://a.txt"}}), "a.txt: shown and not sent"),
    (layout({"type": 13, "file": {"url": "https://example.org/a.txt"}}), "neither attachment"),
    (layout({"type": 12, "items": []}), "gallery: 0"),
]


@pytest.mark.parametrize("payload", FINE)
def test_what_is_right_at_the_limits_is_taken(payload: Json) -> None:
    assert said(payload) == ""


@pytest.mark.parametrize(("payload", "complaint"), WRONG, ids=[complaint for _, complaint in WRONG])
def test_what_is_beyond_a_limit_is_not(payload: Json, complaint: str) -> None:
    assert complaint in said(payload)


def test_files_are_counted_and_weighed() -> None:
    assert said({}, {"a.txt": b"x"}) == ""
    assert "files: 11" in said({}, {f"{number}": b"x" for number in range(11)})
    assert "bytes" in said({}, {"a.txt": b"x" * (10 * 1024 * 1024 + 1)})


@pytest.mark.parametrize(
    ("post", "complaint"),
    [
        ({"name": "", "message": {"content": "x"}}, "name: 0"),
        ({"name": "x" * 101, "message": {"content": "x"}}, "name: 101"),
        ({"name": "x", "message": {"content": "x", "nonce": "n"}}, "has no nonce"),
        ({"name": "x", "message": {}}, "message: empty"),
    ],
)
def test_a_forum_post_has_a_name_and_no_nonce(post: Json, complaint: str) -> None:
    assert complaint in "\n".join(discord_limits.forum_post(post, {}))


@pytest.mark.parametrize(
    ("choices", "complaint"),
    [
        (None, "no list"),
        ([{"name": "a", "value": "a"}] * 26, "choices: 26"),
        ([{"name": "x" * 101, "value": "a"}], "name: 101"),
        ([{"name": "a", "value": "x" * 101}], "value: 101"),
    ],
)
def test_choices_are_few_and_short(choices: Any, complaint: str) -> None:
    assert complaint in "\n".join(discord_limits.choices(choices))
    assert not list(discord_limits.choices([{"name": "a", "value": 1}]))


def a_form(*components: Json, **given: Any) -> str:
    form = {"custom_id": "f", "title": "A form", "components": list(components), **given}
    return "\n".join(discord_limits.modal(form))


def test_a_form_has_a_title_and_fields() -> None:
    field = {"type": 4, "custom_id": "t", "style": 1}
    assert a_form({"type": 18, "label": "A word", "component": field}) == ""
    assert a_form(row({**field, "label": "A word"}), text()) == ""
    assert "title: 46" in a_form(text(), title="x" * 46)
    assert "label: 46" in a_form({"type": 18, "label": "x" * 46, "component": field})
    assert "components: 0" in a_form()
    assert "field of type 2" in a_form({"type": 18, "label": "A word", "component": button()})
    assert "modal: type 2" in a_form(button())
    assert "row: 2" in a_form(row({**field, "label": "a"}, {**field, "label": "b", "custom_id": "u"}))


def a_command(**given: Any) -> str:
    return "\n".join(discord_limits.commands([{"name": "pprnet", "description": "Research", **given}]))


def an_option(**given: Any) -> Json:
    return {"type": 3, "name": "topic", "description": "A topic", **given}


def test_commands_are_named_described_and_shallow() -> None:
    group = {"type": 2, "name": "topics", "description": "Topics"}
    sub = {"type": 1, "name": "list", "description": "All"}
    assert a_command(options=[{**group, "options": [{**sub, "options": [an_option()]}]}]) == ""
    assert "name 'Latest'" in a_command(name="Latest")
    assert "name 'la test'" in a_command(name="la test")
    assert "pprnet: 101" in a_command(description="x" * 101)
    assert "options: 26" in a_command(options=[an_option(name=f"o{number}") for number in range(26)])
    assert "stands twice" in a_command(options=[an_option()] * 2)
    assert "groups in groups" in a_command(options=[{**group, "options": [{**group, "name": "inner"}]}])
    assert "required one after" in a_command(options=[an_option(), an_option(name="last", required=True)])
    assert "choices: 26" in a_command(options=[an_option(choices=[{"name": "a", "value": "a"}] * 26)])
    assert "either choices" in a_command(options=[an_option(autocomplete=True, choices=[{"name": "a", "value": "a"}])])
    assert "max_length" in a_command(options=[an_option(max_length=6001)])
    assert "contexts" in a_command(contexts=[7])
    long = [an_option(name=f"o{number}", choices=[{"name": "x" * 99, "value": "x" * 99}] * 2) for number in range(22)]
    assert "8000 at most" in a_command(options=long)
    assert "no list" in "\n".join(discord_limits.commands({}))


def test_discord_numbers_components_that_have_no_number() -> None:
    numbered = with_ids({"components": [{**text(), "id": 2}, row(button()), text()]})
    assert [one["id"] for one in numbered["components"]] == [2, 1, 4]
    assert numbered["components"][1]["components"][0]["id"] == 3
