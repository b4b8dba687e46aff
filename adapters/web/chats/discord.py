"""Messages as Discord shows them. Total: any payload is drawn, and what is unknown is shown as its type.

https://docs.discord.com/developers/components/reference
"""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from adapters.web.chats.discord_markdown import markdown
from adapters.web.chats.parts import joined, link, unknown

Json = Mapping[str, Any]
Files = Mapping[str, str]
"""What is attached: texts by their names."""

_NO_FILES: Files = {}


def draw(payload: Json, files: Files = _NO_FILES) -> Markup:
    """Return a message as HTML, one with a layout or one with plain content and buttons below it.

    Every button is a submit button called `click`, whose value is its `custom_id`.

    Args:
        payload: what is sent to Discord.
        files: what is attached to it.
    """
    content = (
        Markup('<div class="discord-text">{}</div>').format(markdown(payload["content"]))
        if "content" in payload
        else ""
    )
    return Markup("{}{}").format(content, _components(payload["components"], files))


_STYLES = {1: "discord-primary", 3: "discord-success", 4: "discord-danger"}


def _components(components: Iterable[Json], files: Files) -> Markup:
    return joined(_component(each, files) for each in components)


def _component(component: Json, files: Files) -> Markup:
    match component:
        case {"type": 17, "components": parts}:
            return Markup('<div class="discord-frame">{}</div>').format(_components(parts, files))
        case {"type": 10, "content": str(text)}:
            return Markup('<div class="discord-text">{}</div>').format(markdown(text))
        case {"type": 9, "components": parts, "accessory": beside}:
            return Markup('<div class="discord-section"><div>{}</div>{}</div>').format(
                _components(parts, files), _component(beside, files)
            )
        case {"type": 1, "components": parts}:
            return Markup('<div class="discord-row">{}</div>').format(_components(parts, files))
        case {"type": 2}:
            return _button(component)
        case {"type": 14}:
            return Markup('<hr class="discord-rule">')
        case {"type": 13, "file": {"url": str(url)}}:
            return _file(url.removeprefix("attachment://"), files)
        case _:
            return unknown(f"component {component.get('type')}")


def _button(button: Json) -> Markup:
    match button:
        case {"url": str(url)}:
            return Markup('<span class="discord-button">{}</span>').format(link(url, button["label"]))
        case _:
            return Markup('<button type="submit" name="click" class="discord-button {}" value="{}">{}</button>').format(
                _STYLES.get(button["style"], "discord-secondary"), button["custom_id"], button["label"]
            )


def _file(name: str, files: Files) -> Markup:
    text = files.get(name, "")
    return Markup(
        '<details class="discord-file"><summary><span class="discord-file-name">{}</span> <span>{:,} bytes</span>'
        '</summary><pre class="discord-code" tabindex="0">\n{}</pre></details>'
    ).format(name, len(text.encode()), text)
