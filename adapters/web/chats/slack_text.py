"""Slack's texts as HTML: the elements of rich text, and text objects.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from adapters.web.chats.parts import joined, link, person, unknown

Json = Mapping[str, Any]


def running_text(parts: Iterable[Json]) -> Markup:
    """Return the elements of a `rich_text` block."""
    return joined(map(_part, parts))


def text_object(made: Json) -> Markup:
    """Return a text object: `plain_text` as it is, `mrkdwn` with its links; that is all of mrkdwn that is sent."""
    text = str(made.get("text", ""))
    return joined(_mrkdwn(text)) if made.get("type") == "mrkdwn" else escape(text)


_ADDRESS = re.compile(r"<(?P<url>[^<>|]+)(?:\|(?P<words>[^<>]*))?>")

_STYLES = (
    ("code", Markup("<code>{}</code>")),
    ("strike", Markup("<s>{}</s>")),
    ("italic", Markup("<em>{}</em>")),
    ("bold", Markup("<strong>{}</strong>")),
)


def _part(part: Json) -> Markup:
    match part:
        case {"type": "rich_text_section", "elements": elements}:
            return Markup('<p class="slack-line">{}</p>').format(_line(elements))
        case {"type": "rich_text_quote", "elements": elements}:
            return Markup('<blockquote class="slack-quote">{}</blockquote>').format(_line(elements))
        case {"type": "rich_text_preformatted", "elements": elements}:
            return Markup('<pre class="slack-code" tabindex="0">\n{}</pre>').format(_line(elements))
        case {"type": "rich_text_list", "elements": items}:
            return Markup('<ul class="slack-list">{}</ul>').format(joined(map(_item, items)))
        case _:
            return unknown(part.get("type"))


def _item(item: Json) -> Markup:
    return Markup("<li>{}</li>").format(_line(item.get("elements", ())))


def _line(elements: Iterable[Json]) -> Markup:
    return joined(map(_element, elements))


def _element(element: Json) -> Markup:
    match element:
        case {"type": "text", "text": str(text)}:
            return _styled(escape(text), element.get("style", {}))
        case {"type": "link", "url": str(url)}:
            return _styled(link(url, element.get("text") or url), element.get("style", {}))
        case {"type": "user"}:
            return person()
        case _:
            return Markup('<span class="drawn-unknown">({})</span>').format(str(element.get("type")))


def _styled(words: Markup, style: Json) -> Markup:
    for name, marked in _STYLES:
        if style.get(name):
            words = marked.format(words)
    return words


def _mrkdwn(text: str) -> Iterator[Markup]:
    at = 0
    for found in _ADDRESS.finditer(text):
        yield _unescaped(text[at : found.start()])
        yield link(html.unescape(found["url"]), html.unescape(found["words"] or found["url"]))
        at = found.end()
    yield _unescaped(text[at:])


def _unescaped(text: str) -> Markup:
    """Return mrkdwn's own entities, `&amp;`, `&lt;` and `&gt;`, as the characters they stand for."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return escape(text)
