"""Whether Discord would take components: docs.discord.com, Components, Component Reference."""

from collections import Counter
from typing import Any

from tests.standins.discord_texts import Found, Json, address, amount, known, length, once, units
from tests.standins.discord_world import components_in

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = {5, 6, 7, 8}
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18

LINK_STYLE, PREMIUM_STYLE = 5, 6
EVERY_COMPONENT = 40
EVERY_CHARACTER = 4000
LARGEST_ID = (1 << 31) - 1

_TOP_V2 = {ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR, CONTAINER}
_IN_CONTAINER = _TOP_V2 - {CONTAINER}


def old(given: list[Json]) -> Found:
    """Yield what is wrong with rows below a message that has embeds or content."""
    yield from amount(given, "components", 5, least=0)
    for one in given:
        if one.get("type") != ROW:
            yield f"components: type {one.get('type')} without IS_COMPONENTS_V2"
        else:
            yield from _row(one)
    yield from _ids(given)


def new(given: list[Json]) -> Found:
    """Yield what is wrong with a message that is nothing but components."""
    yield from amount(given, "components", EVERY_COMPONENT)
    every = components_in(given)
    yield from amount(every, "components, nested ones included", EVERY_COMPONENT)
    if (
        total := sum(units(one.get("content") or "") for one in every if one.get("type") == TEXT_DISPLAY)
    ) > EVERY_CHARACTER:
        yield f"components: {total} characters of text, {EVERY_CHARACTER} at most"
    for one in given:
        yield from _component(one, _TOP_V2)
    yield from _ids(given)


def form(given: list[Json]) -> Found:
    """Yield what is wrong with the components of a modal."""
    yield from amount(given, "components", 5)
    for one in given:
        if one.get("type") == LABEL:
            yield from known(one, "label", "type id label description component")
            yield from length(one.get("label"), "label", 45)
            yield from length(one.get("description"), "description", 100, least=0)
            yield from _field(one.get("component") or {})
        elif one.get("type") == ROW:
            yield from amount(one.get("components") or [], "row", 1)
            for inner in one.get("components") or []:
                yield from length(inner.get("label"), "label", 45)
                yield from _field({key: value for key, value in inner.items() if key != "label"})
        elif one.get("type") == TEXT_DISPLAY:
            yield from _text(one)
        else:
            yield f"modal: type {one.get('type')}"
    yield from _ids(given)


def _component(one: Json, allowed: set[int]) -> Found:
    kind = one.get("type")
    if kind not in allowed:
        yield f"component: type {kind} is not taken here"
        return
    match kind:
        case 1:
            yield from _row(one)
        case 9:
            yield from _section(one)
        case 10:
            yield from _text(one)
        case 12:
            yield from known(one, "gallery", "type id items")
            yield from amount(one.get("items") or [], "gallery", 10)
        case 13:
            yield from known(one, "file", "type id file spoiler")
            yield from address((one.get("file") or {}).get("url"), "file", ("attachment",))
        case 14:
            yield from known(one, "separator", "type id divider spacing")
        case 17:
            yield from _container(one)
        case _:
            pass


def _container(one: Json) -> Found:
    yield from known(one, "container", "type id components accent_color spoiler")
    yield from amount(one.get("components") or [], "container", EVERY_COMPONENT)
    colour = one.get("accent_color")
    if colour is not None and not 0 <= colour <= 0xFFFFFF:
        yield "container: accent_color"
    for inner in one.get("components") or []:
        yield from _component(inner, _IN_CONTAINER)


def _section(one: Json) -> Found:
    yield from known(one, "section", "type id components accessory")
    yield from amount(one.get("components") or [], "section", 3)
    for inner in one.get("components") or []:
        yield from _component(inner, {TEXT_DISPLAY})
    accessory = one.get("accessory") or {}
    if accessory.get("type") == BUTTON:
        yield from _button(accessory)
    elif accessory.get("type") != THUMBNAIL:
        yield "section: its accessory is neither a button nor a thumbnail"


def _text(one: Json) -> Found:
    yield from known(one, "text", "type id content")
    yield from length(one.get("content"), "text", EVERY_CHARACTER)


def _row(one: Json) -> Found:
    yield from known(one, "row", "type id components")
    inner = one.get("components") or []
    yield from amount(inner, "row", 5)
    kinds = [each.get("type") for each in inner]
    if any(kind in {STRING_SELECT, *SELECTS} for kind in kinds) and len(kinds) > 1:
        yield "row: a select stands alone in its row"
    for each in inner:
        match each.get("type"):
            case 2:
                yield from _button(each)
            case 3:
                yield from _select(each)
            case 5 | 6 | 7 | 8:
                yield from length(each.get("custom_id"), "custom_id", 100)
            case kind:
                yield f"row: type {kind}"


def _button(one: Json) -> Found:
    yield from known(one, "button", "type id style label emoji custom_id url disabled sku_id")
    if not one.get("emoji") or one.get("label") is not None:
        yield from length(one.get("label"), "button", 80)
    style = one.get("style")
    if style == LINK_STYLE:
        yield from length(one.get("url"), "button's url", 512)
        yield from address(one.get("url"), "button's url", ("http", "https", "discord"))
        if one.get("custom_id"):
            yield "button: a link has no custom_id"
    elif style in {1, 2, 3, 4}:
        yield from length(one.get("custom_id"), "custom_id", 100)
        if one.get("url"):
            yield "button: an address without the style of a link"
    else:
        yield f"button: style {style}"


def _select(one: Json) -> Found:
    keys = "type id custom_id options placeholder min_values max_values disabled required"
    yield from known(one, "select", keys)
    yield from length(one.get("custom_id"), "custom_id", 100)
    yield from length(one.get("placeholder"), "placeholder", 150, least=0)
    options = one.get("options") or []
    yield from amount(options, "options", 25)
    yield from once((each.get("value") for each in options), "option")
    for each in options:
        yield from known(each, "option", "label value description emoji default")
        yield from length(each.get("label"), "option's label", 100)
        yield from length(each.get("value"), "option's value", 100)
        yield from length(each.get("description"), "option's description", 100, least=0)


def _field(one: Json) -> Found:
    match one.get("type"):
        case 4:
            keys = "type id custom_id style label min_length max_length required value placeholder"
            yield from known(one, "input", keys)
            yield from length(one.get("custom_id"), "custom_id", 100)
            yield from length(one.get("value"), "value", 4000, least=0)
            yield from length(one.get("placeholder"), "placeholder", 100, least=0)
        case 3:
            yield from _select(one)
        case kind:
            yield f"modal: field of type {kind}"


def _ids(given: list[Any]) -> Found:
    every = components_in(given)
    yield from once((one["custom_id"] for one in every if one.get("custom_id")), "custom_id")
    numbers = Counter(one["id"] for one in every if one.get("id"))
    yield from (f"id: {number} stands twice" for number, times in numbers.items() if times > 1)
    if any(not 0 <= number <= LARGEST_ID for number in numbers):
        yield "id: not a whole number of 32 bits"
