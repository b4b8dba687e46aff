"""Discord's Markdown as HTML: what its client makes of it.

https://support.discord.com/hc/en-us/articles/210298617 has the signs. Line breaks are kept: the stylesheet shows them.
"""

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from adapters.web.chats.parts import joined, link, person

Draw = Callable[[re.Match[str]], Markup]


def markdown(text: str) -> Markup:
    """Return a text as Discord shows it. Any text is read; none raises."""
    return joined(_blocks(text))


def inline(text: str) -> Markup:
    """Return what stands on a line, or several lines of running text, as Discord shows it."""
    return joined(_spans(text))


def _blocks(text: str) -> Iterator[Markup]:
    at, run = 0, ""
    while at < len(text):
        found, draw = _first(_LINES, text, at)
        if draw is None:
            run += found[0]
        else:
            yield from _lines(run)
            yield draw(found)
            run = ""
        at = found.end()
    yield from _lines(run)


def _spans(text: str) -> Iterator[Markup]:
    at = 0
    while at < len(text):
        found, draw = _first(_SIGNS, text, at)
        yield draw(found) if draw else escape(found[0])
        at = found.end()


def _first(rules: "_Rules", text: str, at: int) -> tuple[re.Match[str], Draw | None]:
    """Return the first rule's match at a place; every table ends with one that always matches."""
    return next((found, draw) for rule, draw in rules if (found := rule.match(text, at)))


def _lines(run: str) -> Iterator[Markup]:
    if words := run.strip("\n"):
        yield Markup('<p class="discord-lines">{}</p>').format(inline(words))


def _fence(found: re.Match[str]) -> Markup:
    return Markup('<pre class="discord-code" tabindex="0">\n{}</pre>').format(found["text"])


def _heading(found: re.Match[str]) -> Markup:
    form = _HEADINGS[len(found["marks"])]
    return form.format(inline(found["text"].strip()))


def _subtext(found: re.Match[str]) -> Markup:
    return Markup('<p class="discord-small">{}</p>').format(inline(found["text"]))


def _quote(found: re.Match[str]) -> Markup:
    words = _QUOTE_MARK.sub("", found[0].removesuffix("\n"))
    return Markup('<blockquote class="discord-quote">{}</blockquote>').format(inline(words))


def _items(found: re.Match[str]) -> Markup:
    items = (_ITEM_MARK.sub("", line) for line in found[0].removesuffix("\n").split("\n"))
    return Markup('<ul class="discord-list">{}</ul>').format(
        joined(Markup("<li>{}</li>").format(inline(item)) for item in items)
    )


def _within(form: Markup) -> Draw:
    return lambda found: form.format(inline(found["text"]))


_Rules = tuple[tuple[re.Pattern[str], Draw | None], ...]

_HEADINGS = {
    1: Markup('<h4 class="discord-heading discord-heading-1">{}</h4>'),
    2: Markup('<h4 class="discord-heading discord-heading-2">{}</h4>'),
    3: Markup('<h5 class="discord-heading discord-heading-3">{}</h5>'),
}
_QUOTE_MARK = re.compile(r"^ *> ", re.MULTILINE)
_ITEM_MARK = re.compile(r"^ *[-*] ")

_LINES: _Rules = (
    (re.compile(r"```\n?(?P<text>[\s\S]+?)\n?```(?:\n|$)"), _fence),
    (re.compile(r" *(?P<marks>#{1,3}) +(?P<text>[^\n]*\S[^\n]*)(?:\n|$)"), _heading),
    (re.compile(r" *-# +(?P<text>[^\n]+)(?:\n|$)"), _subtext),
    (re.compile(r"(?: *> [^\n]*(?:\n|$))+"), _quote),
    (re.compile(r"(?: *[-*] [^\n]*(?:\n|$))+"), _items),
    (re.compile(r"[^\n]*\n?"), None),
)
"""What begins a line, and how it is drawn; the last is running text."""

_SIGNS: _Rules = (
    (re.compile(r"\\(?P<text>[^0-9A-Za-z\s])"), lambda found: escape(found["text"])),
    (re.compile(r"`(?P<text>[^`\n]+)`"), lambda found: Markup("<code>{}</code>").format(found["text"])),
    (re.compile(r"\[(?P<text>[^\]\n]+)\]\(<(?P<url>[^<>\s]+)>\)"), lambda found: link(found["url"], found["text"])),
    (re.compile(r"<(?P<url>https?://[^<>\s]+)>", re.IGNORECASE), lambda found: link(found["url"], found["url"])),
    (re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]"), lambda found: link(found[0], found[0])),
    (re.compile(r"<@!?[0-9]+>"), lambda _: person()),
    (re.compile(r"\*\*(?P<text>(?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL), _within(Markup("<strong>{}</strong>"))),
    (re.compile(r"__(?P<text>(?:\\.|[^\\])+?)__(?!_)", re.DOTALL), _within(Markup("<u>{}</u>"))),
    (re.compile(r"\*(?P<text>(?=\S)(?:\\.|[^\\*])+?)\*(?!\*)", re.DOTALL), _within(Markup("<em>{}</em>"))),
    (re.compile(r"\b_(?P<text>(?:\\.|[^\\_])+?)_\b", re.DOTALL), _within(Markup("<em>{}</em>"))),
    (re.compile(r"~~(?P<text>.+?)~~", re.DOTALL), _within(Markup("<s>{}</s>"))),
    (re.compile(r"[^\\`\[<*_~h]+|.", re.DOTALL), None),
)
"""What is a sign within a line, and how it is drawn; the last is text as it is."""
