"""Views as semantic HTML: headings, paragraphs, lists and links that work without any script."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

from adapters.web.addresses import address_of
from bot.views import (
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    Context,
    Entry,
    Heading,
    Link,
    Marked,
    Paragraph,
    Quote,
    Span,
    Strong,
    Text,
    View,
)


def html(view: View) -> Markup:
    """Return a view's blocks as HTML, to stand below a heading of the first level that is the view's title.

    Every text is escaped, here and once; buttons are links to where their request is answered.
    """
    return _NOTHING.join(_block(block) for block in view.blocks)


def spans(some: Iterable[Span]) -> Markup:
    """Return spans as HTML."""
    return _NOTHING.join(_span(span) for span in some)


_NOTHING = Markup()
_BREAK = Markup("<br>\n")


def _block(block: Block) -> Markup:
    match block:
        case Heading(text):
            return Markup("<h2>{}</h2>\n").format(text)
        case Paragraph(some):
            return Markup("<p>{}</p>\n").format(spans(some))
        case Quote(text):
            return Markup("<blockquote><p>{}</p></blockquote>\n").format(_BREAK.join(text.splitlines()))
        case Bullets(items):
            return _list("bullets", (spans(item) for item in items))
        case Entry():
            return _entry(block)
        case Context(some):
            return Markup('<p class="small">{}</p>\n').format(spans(some))
        case Code(text):
            return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(text)
        case Buttons(buttons):
            return _list("buttons", map(_button, buttons)) if buttons else _NOTHING


def _entry(entry: Entry) -> Markup:
    """Return an entry whose title is its link: a list of links that all say “Read” tells a screen reader nothing."""
    title = Markup('<h2><a href="{}">{}</a></h2>').format(address_of(entry.button.request), entry.title)
    lines = _NOTHING.join(Markup("<p>{}</p>").format(spans(line)) for line in entry.lines)
    return Markup('<article class="entry">{}{}</article>\n').format(title, lines)


def _button(button: Button) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address_of(button.request), button.label)


def _list(kind: str, items: Iterable[Markup]) -> Markup:
    listed = _NOTHING.join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul class="{}">{}</ul>\n').format(kind, listed)


def _span(span: Span) -> Markup:
    match span:
        case Text(text):
            return Markup("{}").format(text)
        case Strong(text):
            return Markup("<strong>{}</strong>").format(text)
        case Marked(text):
            return Markup("<mark>{}</mark>").format(text)
        case Link(text, url):
            return _link(text, url)


def _link(text: str, url: str) -> Markup:
    """Return a link; an address that a browser would not fetch but run is left out."""
    if not _is_safe(url):
        return Markup("{}").format(text)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, text)


def _is_safe(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False
