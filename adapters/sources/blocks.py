"""The blocks of text of an HTML page, read off the tree that the HTML library makes of it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.sources.markup import BLOCKS, thinned

_OF_THE_PAGE = frozenset({"header", "footer"})
_POSTS_STAND_IN = frozenset({"article", "main"})
_SECTIONS = frozenset({"article", "main", "section"})
_WITH_A_PAGE_INSIDE = "h1, h2, h3, h4, h5, h6, article, main"
_ITEM = "- "


def blocks(markup: str) -> Iterator[str]:
    """Yield the text of each block in the order of the page, blanks as they stand in the markup."""
    body = LexborHTMLParser(thinned(markup)).body
    return _Reader().read(body) if body is not None else iter(())


class _Reader:
    """Walks the tree without recursion and collects the text between two borders of blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []

    def read(self, body: LexborNode) -> Iterator[str]:
        node: LexborNode | None = body.child
        while node is not None:
            descends = node.is_element_node and not self._is_left_out(node)
            if node.is_text_node:
                yield from self._text(node.text_content or "")
            elif descends:
                yield from self._enter(node)
            child = node.child if descends else None
            if child is not None:
                self._open.append(node.tag or "")
                node = child
                continue
            if descends:
                yield from self._leave(node.tag or "")
            while self._open and node.next is None and node.parent is not None:
                yield from self._leave(self._open.pop())
                node = node.parent
            node = node.next
        yield from self._border()

    def _text(self, text: str) -> Iterator[str]:
        *ended, rest = text.split("\n") if "pre" in self._open else [text]
        for line in ended:
            self._parts.append(line)
            yield from self._border()
        self._parts.append(rest)

    def _enter(self, node: LexborNode) -> Iterator[str]:
        tag = node.tag or ""
        if tag in BLOCKS:
            yield from self._border()
        if tag == "li" and not _holds_blocks(node):
            self._parts.append(_ITEM)

    def _leave(self, tag: str) -> Iterator[str]:
        if tag in BLOCKS:
            yield from self._border()

    def _border(self) -> Iterator[str]:
        is_item, text = self._parts[:1] == [_ITEM], "".join(self._parts)
        self._parts.clear()
        if text.strip() and not (is_item and text.strip() == _ITEM.strip()):
            yield text

    def _is_left_out(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag in _OF_THE_PAGE:
            return _SECTIONS.isdisjoint(self._open)
        if tag == "aside" or "beside" in node.attributes:
            return _POSTS_STAND_IN.isdisjoint(self._open) and node.css_first("main") is None
        if tag == "form":
            return node.css_first(_WITH_A_PAGE_INSIDE) is None
        return tag in {"nav", "object"} or "hidden" in node.attributes


def _holds_blocks(node: LexborNode) -> bool:
    child = node.child
    while child is not None:
        if child.tag in BLOCKS and child.tag != "br":
            return True
        child = child.next
    return False
