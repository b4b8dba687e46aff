"""Whether Slack would take blocks and the elements in them."""

from collections.abc import Callable

from tests.standins.slack_texts import Found, Json, length, plain, text, texts, unique

MARKDOWN_CHARACTERS = 12_000


def blocks(given: list[Json], most: int, places: frozenset[str]) -> Found:
    """Yield what is wrong with blocks, of which there may be so many, each of a kind that is allowed there."""
    if len(given) > most:
        yield f"{len(given)} blocks, {most} at most"
    for number, block in enumerate(given):
        kind = str(block.get("type"))
        where = f"/blocks/{number} ({kind})"
        if kind not in places:
            yield f"{where}: not allowed here"
            continue
        yield from (f"{where}: {problem}" for problem in _block(kind, block))
    yield from unique((block.get("block_id") for block in given), "block_id")
    if sum(len(block.get("text", "")) for block in given if block.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        yield "markdown blocks too long"


def _block(kind: str, block: Json) -> Found:
    if extra := set(block) - {"type", "block_id"} - _BLOCK_KEYS[kind]:
        yield f"unknown keys {sorted(extra)}"
    yield from length(block.get("block_id"), "block_id", 255)
    yield from _BLOCKS[kind](block)


def _section(block: Json) -> Found:
    fields = block.get("fields") or []
    if block.get("text") is None and not fields:
        yield "neither text nor fields"
    if block.get("text") is not None:
        yield from text(block["text"], "text", 3000)
    if len(fields) > 10:
        yield f"{len(fields)} fields, 10 at most"
    for each in fields:
        yield from text(each, "field", 2000)
    if block.get("accessory") is not None:
        yield from _element(block["accessory"])


def _header(block: Json) -> Found:
    yield from plain(block.get("text"), "text", 150)


def _context(block: Json) -> Found:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements, 1 to 10"
    for element in elements:
        yield from _image(element) if element.get("type") == "image" else text(element, "element", 3000)


def _actions(block: Json) -> Found:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements, 1 to 25"
    for element in elements:
        yield from _element(element)
    yield from unique((element.get("action_id") for element in elements), "action_id")


def _input(block: Json) -> Found:
    yield from plain(block.get("label"), "label", 2000)
    if block.get("hint") is not None:
        yield from plain(block["hint"], "hint", 2000)
    yield from _element(block.get("element") or {})


def _image(block: Json) -> Found:
    yield from length(block.get("image_url"), "image_url", 3000, needed=True)
    yield from length(block.get("alt_text"), "alt_text", 2000, needed=True)


def _markdown(block: Json) -> Found:
    yield from length(block.get("text"), "text", MARKDOWN_CHARACTERS, needed=True)


def _rich_text(block: Json) -> Found:
    for element in block.get("elements") or []:
        if element.get("type") not in _RICH:
            yield f"rich text element {element.get('type')!r}"
        for words in texts(element):
            yield from length(words, "rich text", 40_000)


def _nothing(_: Json) -> Found:
    return iter(())


def _element(element: Json) -> Found:
    kind = str(element.get("type"))
    if kind not in _ELEMENTS:
        yield f"element {kind!r} is unknown"
        return
    yield from length(element.get("action_id"), "action_id", 255)
    if element.get("placeholder") is not None:
        yield from plain(element["placeholder"], "placeholder", 150)
    yield from _ELEMENTS[kind](element)


def _button(element: Json) -> Found:
    yield from plain(element.get("text"), "button text", 75)
    yield from length(element.get("value"), "button value", 2000)
    yield from length(element.get("url"), "button url", 3000)
    yield from length(element.get("accessibility_label"), "accessibility_label", 75)
    if element.get("style") not in {None, "primary", "danger"}:
        yield f"button style {element['style']!r}"


def _select(element: Json) -> Found:
    yield from options(element, least=1)
    for option in filter(None, [element.get("initial_option")]):
        yield from _option(option)


def _external_select(element: Json) -> Found:
    if not isinstance(element.get("min_query_length", 1), int):
        yield "min_query_length is a number"
    for option in filter(None, [element.get("initial_option")]):
        yield from _option(option)


def _plain_text_input(element: Json) -> Found:
    for key in ("min_length", "max_length"):
        if not 0 <= element.get(key, 1) <= 3000:
            yield f"{key}: 3000 at most"
    yield from length(element.get("initial_value"), "initial_value", 3000, least=0)


def options(given: Json, least: int) -> Found:
    """Yield what is wrong with the options of a menu, in groups or not."""
    groups = given.get("option_groups") or []
    if len(groups) > 100:
        yield f"{len(groups)} option groups, 100 at most"
    for group in groups:
        yield from plain(group.get("label"), "group label", 75)
    lists = [group.get("options") or [] for group in groups] or [given.get("options") or []]
    for listed in lists:
        if not least <= len(listed) <= 100:
            yield f"{len(listed)} options, {least} to 100"
        for option in listed:
            yield from _option(option)


def _option(option: Json) -> Found:
    yield from plain(option.get("text"), "option text", 75)
    yield from length(option.get("value"), "option value", 150, needed=True)
    if option.get("description") is not None:
        yield from plain(option["description"], "option description", 75)


_RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
_BLOCKS: dict[str, Callable[[Json], Found]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "divider": _nothing,
}
_BLOCK_KEYS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text"},
    "context": {"elements"},
    "actions": {"elements"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "image": {"image_url", "alt_text", "title", "slack_file"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "divider": set(),
}
IN_MESSAGES = frozenset(_BLOCKS)
IN_VIEWS = frozenset(_BLOCKS) - {"markdown"}
_ELEMENTS: dict[str, Callable[[Json], Found]] = {
    "button": _button,
    "static_select": _select,
    "overflow": _select,
    "radio_buttons": _select,
    "external_select": _external_select,
    "conversations_select": _nothing,
    "channels_select": _nothing,
    "plain_text_input": _plain_text_input,
    "image": _image,
}
