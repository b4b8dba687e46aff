"""What a person sees and can use of a drawing, read from its HTML."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HARMLESS = {
    "p", "h4", "h5", "div", "span", "strong", "em", "s", "u", "code", "pre", "ul", "li", "blockquote", "hr", "a",
    "button", "details", "summary",
}  # fmt: skip
_ATTRIBUTES = {"class", "tabindex", "href", "target", "rel", "type", "name", "value", "aria-label"}
_VOID = {"hr"}


@dataclass
class Button:
    """A button: what stands on it, what a click sends, and what a screen reader says."""

    label: str
    value: str
    spoken: str


@dataclass
class Drawn:
    """What was found in a drawing."""

    text: str = ""
    buttons: list[Button] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)


def read(drawing: str, *, addresses: bool = False) -> Drawn:
    """Read a drawing; fails at any element or attribute that no drawing needs, and at elements that do not match.

    Args:
        drawing: HTML.
        addresses: tell the address of a link after its words, where the two differ.
    """
    reader = _Reader(addresses)
    reader.feed(str(drawing))  # what is added to Markup is escaped once more
    reader.close()
    assert not reader.open, reader.open
    return reader.drawn


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text)


class _Reader(HTMLParser):
    def __init__(self, addresses: bool) -> None:
        super().__init__()
        self.addresses = addresses
        self.open: list[str] = []
        self.drawn = Drawn()
        self._words = ""
        self._href = ""
        self._bold = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag in _HARMLESS, tag
        assert set(given) <= _ATTRIBUTES, given
        if tag in _VOID:
            return
        self.open.append(tag)
        if tag == "button":
            self.drawn.buttons.append(Button("", given["value"], given.get("aria-label", "")))
        elif tag == "a":
            assert given["href"].casefold().startswith(("https://", "http://", "mailto:")), given
            self._words, self._href = "", given["href"]
        elif tag == "strong":
            self._bold = ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a":
            self.drawn.links.append((self._words, self._href))
            if self.addresses and self._words != self._href:
                self.drawn.text += f" ({self._href})"
        elif tag == "strong":
            self.drawn.strong.append(self._bold)

    def handle_data(self, data: str) -> None:
        self._words += data
        self._bold += data
        if "button" in self.open:
            self.drawn.buttons[-1].label += data
        else:
            self.drawn.text += data
