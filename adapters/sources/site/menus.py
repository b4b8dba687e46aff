"""The filters that a list page offers, with the site's own words for them.

They are looked for in the page as it was sent, by one linear pass: the lines that the grammar reads have no addresses
any more, and a tree of the whole markup could cost a hostile page's square.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from urllib.parse import urlsplit

from adapters.sources.lines import folded
from adapters.sources.site.addresses import KIND, TOPIC, Filter, page_of

_LINK = re.compile(r"<a\s(?P<attributes>[^<>]{1,2000})>(?P<label>(?:[^<]|<(?!/?a[\s>])){1,400})</a", re.IGNORECASE)
_HREF = re.compile(
    r"""(?:^|\s)href\s{0,9}=\s{0,9}(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE
)
_MENU = re.compile(rf"""<select\s[^<>]{{0,500}}?\bname=["']?(?P<name>{KIND}|{TOPIC})\b[^<>]{{0,500}}>""", re.IGNORECASE)
_OPTION = re.compile(
    r"""<option\s[^<>]{0,200}?\bvalue=["']?(?P<id>\d{1,6})\b[^<>]{0,200}>(?P<label>[^<]{1,400})""", re.IGNORECASE
)
_END = re.compile(r"</?select\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>?")
_COUNT = re.compile(r"\s*\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Menu:
    """The site's words for its filters, by their ids."""

    topics: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)


def menu_of(markup: str) -> Menu:
    """Return the filters that a page offers by links or lists to choose from; what stands there first counts."""
    menu = Menu()
    for narrowed, label in chain(_links(markup), _options(markup)):
        word = _COUNT.sub("", folded(unescape(_TAG.sub("", label))))
        if word and narrowed.topic and not narrowed.kind:
            menu.topics.setdefault(narrowed.topic, word)
        elif word and narrowed.kind and not narrowed.topic:
            menu.kinds.setdefault(narrowed.kind, word)
    return menu


def _links(markup: str) -> Iterator[tuple[Filter, str]]:
    for link in _LINK.finditer(markup):
        if href := _HREF.search(link["attributes"]):
            address = unescape(href["double"] or href["single"] or href["bare"] or "")
            narrowed, number = page_of("?" + _query(address))
            if number == 1:
                yield narrowed, link["label"]


def _query(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def _options(markup: str) -> Iterator[tuple[Filter, str]]:
    for menu in _MENU.finditer(markup):
        end = _END.search(markup, menu.end())
        for option in _OPTION.finditer(markup, menu.end(), end.start() if end else len(markup)):
            number = int(option["id"])
            yield Filter(kind=number) if menu["name"].lower() == KIND else Filter(topic=number), option["label"]
