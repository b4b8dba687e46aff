"""Block Kit as Slack shows it. Total: any payload is drawn, and what is unknown is shown as its type.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from adapters.web.chats.parts import joined, link, unknown
from adapters.web.chats.slack_text import running_text, text_object

Json = Mapping[str, Any]


def draw(payload: Json, _files: object = None) -> Markup:
    """Return the blocks of a message, a modal or an App Home as HTML.

    Every button is a submit button called `click`, whose value is its `action_id`, a blank and its `value`.

    Args:
        payload: what is sent to Slack; nothing is ever attached to it.
    """
    return joined(map(_block, payload["blocks"]))


_STYLES = {"primary": "slack-button slack-primary", "danger": "slack-button slack-danger"}


def _block(block: Json) -> Markup:
    match block:
        case {"type": "header", "text": text}:
            return Markup('<h4 class="slack-header">{}</h4>').format(text_object(text))
        case {"type": "rich_text", "elements": parts}:
            return Markup('<div class="slack-text">{}</div>').format(running_text(parts))
        case {"type": "context", "elements": parts}:
            return Markup('<div class="slack-context">{}</div>').format(Markup(" ").join(map(_small, parts)))
        case {"type": "actions", "elements": parts}:
            return Markup('<div class="slack-actions">{}</div>').format(joined(map(_control, parts)))
        case {"type": "section"}:
            return _section(block)
        case {"type": "input", "label": label, "element": control}:
            return Markup('<div class="slack-input"><p class="slack-label">{}</p>{}</div>').format(
                text_object(label), _control(control)
            )
        case {"type": "divider"}:
            return Markup('<hr class="slack-divider">')
        case _:
            return unknown(block.get("type"))


def _section(block: Json) -> Markup:
    said = [block["text"]] if "text" in block else []
    beside = _control(block["accessory"]) if "accessory" in block else Markup("")
    return Markup('<div class="slack-section"><div>{}</div>{}</div>').format(
        joined(
            Markup('<p class="slack-line">{}</p>').format(text_object(each))
            for each in (*said, *block.get("fields", ()))
        ),
        beside,
    )


def _small(part: Json) -> Markup:
    match part:
        case {"type": "plain_text" | "mrkdwn"}:
            return Markup("<span>{}</span>").format(text_object(part))
        case _:
            return Markup('<span class="drawn-unknown">({})</span>').format(str(part.get("type")))


def _control(control: Json) -> Markup:
    match control:
        case {"type": "button", "text": label, "url": str(url)}:
            return Markup('<span class="slack-button">{}</span>').format(link(url, str(label["text"])))
        case {"type": "button", "text": label}:
            return _button(control, str(label["text"]))
        case {"type": str(kind), "placeholder": words} if kind.endswith(("_select", "_input")):
            return Markup('<span class="slack-field slack-{}">{}</span>').format(
                "menu" if kind.endswith("_select") else "box", text_object(words)
            )
        case _:
            return unknown(control.get("type"))


def _button(button: Json, label: str) -> Markup:
    said = button.get("accessibility_label")
    spoken = Markup(' aria-label="{}"').format(said) if said else Markup("")
    return Markup('<button type="submit" name="click" class="{}" value="{} {}"{}>{}</button>').format(
        _STYLES.get(button.get("style", ""), "slack-button"),
        button["action_id"],
        button.get("value", ""),
        spoken,
        label,
    )
