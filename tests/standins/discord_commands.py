"""Whether Discord would take the definition of commands: docs.discord.com, Interactions, Application Commands."""

import re
from collections.abc import Iterator
from typing import Any

from tests.standins.discord_texts import Found, Json, amount, known, length, once, units

GROUP, SUBGROUP = 1, 2
CHARACTERS = 8000
"""Names, descriptions and choices' values of one command, all together."""

_NAME = re.compile(r"[-_'\w]{1,32}")
_COMMAND = (
    "id application_id version guild_id name name_localizations description description_localizations options"
    " default_member_permissions dm_permission default_permission type nsfw integration_types contexts handler"
)
_OPTION = (
    "type name name_localizations description description_localizations required choices options channel_types"
    " min_value max_value min_length max_length autocomplete"
)


def commands(given: Any) -> Found:
    """Yield what is wrong with all commands of an application."""
    if not isinstance(given, list):
        yield "commands: no list"
        return
    yield from amount(given, "commands", 100, least=0)
    yield from once(((one.get("type", 1), one.get("name")) for one in given), "command")
    for one in given:
        yield from _command(one)


def _command(one: Json) -> Found:
    yield from known(one, "command", _COMMAND)
    if one.get("type", 1) == 1:
        yield from _named(one, "command")
    yield from _options(one.get("options") or [], depth=0)
    if (total := sum(map(units, _texts(one)))) > CHARACTERS:
        yield f"command: {total} characters, {CHARACTERS} at most"
    if not set(one.get("contexts") or []) <= {0, 1, 2} or not set(one.get("integration_types") or []) <= {0, 1}:
        yield "command: contexts or integration_types"


def _options(given: list[Json], depth: int) -> Found:
    yield from amount(given, "options", 25, least=0)
    yield from once((one.get("name") for one in given), "option")
    optional = False
    for one in given:
        yield from known(one, "option", _OPTION)
        yield from _named(one, "option")
        if one.get("type") in {GROUP, SUBGROUP}:
            if depth + one["type"] > 2:
                yield "option: groups in groups in groups"
            yield from _options(one.get("options") or [], depth + 1)
            continue
        if one.get("required") and optional:
            yield "option: a required one after one that is not"
        optional = optional or not one.get("required")
        yield from _choices(one)


def _choices(one: Json) -> Found:
    given = one.get("choices") or []
    yield from amount(given, "choices", 25, least=0)
    if given and one.get("autocomplete"):
        yield "option: either choices or autocomplete"
    for each in given:
        yield from length(each.get("name"), "choice", 100)
    for key, most in (("min_length", 6000), ("max_length", 6000)):
        if not 0 <= one.get(key, 0) <= most:
            yield f"option: {key}"


def _named(one: Json, what: str) -> Found:
    name = str(one.get("name"))
    if not _NAME.fullmatch(name) or name != name.lower():
        yield f"{what}: name {name!r}"
    yield from length(one.get("description"), f"{what} {name}", 100)


def _texts(one: Json) -> Iterator[str]:
    yield from (one.get("name") or "", one.get("description") or "")
    yield from (str(each.get(key, "")) for each in one.get("choices") or [] for key in ("name", "value"))
    for inner in one.get("options") or []:
        yield from _texts(inner)
