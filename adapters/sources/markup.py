"""HTML thinned to what makes lines, so that no page can make the HTML library work more than in proportion.

Trees cost the square of their depth, attributes the square of their number, unclosed inline elements are copied into
every later block. None of that carries text: what is handed on has blocks and nameless inline elements, no attribute
but `hidden` and `beside` (ours, for what a page calls complementary), and a bounded depth. What is a tag, a comment or
an attribute is read as the HTML Living Standard reads it (13.2.5), in one pass that never goes back.
"""

import re
from collections.abc import Iterator

DEPTH_LIMIT = 200
"""How deep elements may nest; deeper ones count as line ends. Real pages stay under 60."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "ul",
})  # fmt: skip
"""The elements that part lines."""

_TABLES = frozenset({"caption", "center", "tbody", "td", "tfoot", "th", "thead", "table", "tr"})
_SHELL = frozenset({"body", "frameset", "head", "html"})
_VOID = frozenset({"area", "base", "col", "embed", "frame", "img", "input", "link", "meta", "param", "source", "track"})
_LEFT_OUT = frozenset({
    "audio", "button", "canvas", "datalist", "dialog", "map", "math", "menu", "meter", "object", "progress", "search",
    "select", "svg", "template", "video",
})  # fmt: skip
_RAW = "script|style|title|textarea|noscript|iframe|noembed|noframes|xmp"
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)?"""
_PIECE = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>{_RAW})(?=[\s/>])[^>]*+(?:>|\Z).*?(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)"
    rf"|<[!?/][^>]*+(?:>|\Z)"
    rf"|(?P<text>[^<]++|<)",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = re.compile(
    r"""(?:^|[\s"'/])(?:hidden(?=[\s=/]|$)(?!=["']?until-found)|aria-hidden\s*=\s*["']?true"""
    r"""|style\s*=\s*(?:"[^"]*|'[^']*|)(?:display\s*:\s*none|visibility\s*:\s*hidden)"""
    r"""|role\s*=\s*["']?(?:navigation|search|banner|contentinfo|menu)\b)""",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"""(?:^|[\s"'/])role\s*=\s*["']?complementary\b""", re.IGNORECASE)
_ATTRIBUTES_STAND_WITHIN = 2_000
"""How much of an element's attributes is looked through, in characters."""


def thinned(markup: str) -> str:
    """Return an HTML page with the same text in the same blocks, in markup that is cheap to make a tree of."""
    return "".join(_Thinner().pieces(markup))


class _Thinner:
    """Knows how deep the page is nested at the present place."""

    def __init__(self) -> None:
        self._depth = 0
        self._skipped = 0

    def pieces(self, markup: str) -> Iterator[str]:
        for piece in _PIECE.finditer(markup):
            if text := piece["text"]:
                yield "&lt;" if text == "<" else text
            elif name := _known(piece["name"]):
                yield self._closed(name) if piece["end"] else self._opened(name, piece["attributes"])

    def _opened(self, name: str, attributes: str) -> str:
        if name in {"br", "hr"}:
            return f"<{name}>"
        if self._depth >= DEPTH_LIMIT:
            self._skipped += 1
            return "<br>" if name in BLOCKS else ""
        self._depth += _nests(name)
        return f"<{name}{_kept(attributes[:_ATTRIBUTES_STAND_WITHIN])}>"

    def _closed(self, name: str) -> str:
        if name in {"br", "hr"}:
            return f"<{name}>"
        if self._skipped:
            self._skipped -= 1
            return "<br>" if name in BLOCKS else ""
        self._depth = max(0, self._depth - _nests(name))
        return f"</{name}>"


def _kept(attributes: str) -> str:
    """Return the attribute to hand on, with a blank before it, or nothing."""
    if _HIDDEN.search(attributes):
        return " hidden"
    return " beside" if _BESIDE.search(attributes) else ""


def _nests(name: str) -> int:
    """Say by how much an element deepens the tree: those that close one another when left open do not."""
    return 0 if name in {"p", "li", "dt", "dd"} else 1


def _known(name: str | None) -> str:
    """Return the element to hand on in place of an element; nothing for what is no element of the text."""
    name = (name or "").lower()
    if not name or name in _SHELL or name in _VOID:
        return ""
    if name in BLOCKS:
        return name
    if name in _TABLES:
        return "div"
    return "object" if name in _LEFT_OUT else "span"
