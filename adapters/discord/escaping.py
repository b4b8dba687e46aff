"""Text on its way to Discord's Markdown: what is escaped, what it then measures, and where it is cut.

A backslash before a sign that is neither letter, digit nor blank shows the sign itself; that is all of Discord's
escaping, and with nobody to be pinged (`allowed_mentions`) it is enough for mentions too. It does not help within the
words of a link, whose backslashes are shown, and within a code block, where everything is shown as it is but for the
end of the block: there `is_tame` and `fits_fence` say what may stand. Zero-width characters, the usual way out, are
not used anywhere: they would be copied along with the text.

https://support.discord.com/hc/en-us/articles/210298617 has the signs; discord/discord-api-docs#6185 says that nothing
can be escaped within a link.
"""

import re
from bisect import bisect_right

from bot import reading


def escape(text: str) -> str:
    """Return text in which Discord reads nothing: no style, list, mention, emoji, time or link, wherever it stands.

    Addresses stay what they look like and lead nowhere. It is escaped as if it began a line, and as if anything could
    follow it.
    """
    return _AT_LINE_START.sub(r"\g<before>\\\g<sign>", _SIGN.sub(r"\\\g<0>", text))


def printable(text: str) -> str:
    """Return text with one kind of line break, and a replacement character for whatever cannot be shown or sent."""
    return _UNPRINTABLE.sub("\ufffd", _BREAK.sub("\n", text))


def on_one_line(text: str) -> str:
    """Return printable text without line breaks, for where a line break would end what it stands in."""
    return " ".join(printable(text).split("\n"))


def size(text: str) -> int:
    """Return what a text takes of a limit: its UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def shortened(text: str, limit: int) -> str:
    """Return a text that measures at most `limit`: all of it, or cut at a sentence or a word."""
    text = text.strip()
    if size(text) <= limit:
        return text
    room = bisect_right(range(len(text)), limit, key=lambda end: size(text[:end])) - 1
    return reading.cut(text, room)[0]


def border(text: str, limit: int) -> int:
    """Return where to part a text so that its head has at most `limit` characters: behind a sentence, else a word.

    Nothing is left out: the rest begins where the head ends. At least one character goes to the head.
    """
    indent = len(text) - len(text.lstrip())
    rest = reading.cut(text, limit - indent)[1]
    return max(1, min(len(text.rstrip()) - len(rest), limit))


def is_tame(words: str) -> bool:
    """Say whether words may stand in a link: Discord reads nothing in them, and takes them for no other address."""
    return bool(words.strip()) and _TAME.fullmatch(words) is not None


def fits_fence(text: str) -> bool:
    """Say whether a code block shows a text as it is: without its end among it."""
    return "```" not in text


_SIGN = re.compile(
    r"[\\*_~`|\[#]"  # styles, code, spoilers, links, headings
    r"|(?<=\])\("  # the end of a link: Discord looks for it past the end of one of ours, and backslashes before `]`
    r"|<(?! )"  # mentions, times, emoji, commands, addresses
    r"|@(?=\w)"  # everyone and here
    r"|:(?=//|[^\s:]+:)"  # the address of a page, the name of an emoji
)
_AT_LINE_START = re.compile(
    r"^(?P<before>[^\S\n]*+(?:[0-9]++(?=\.(?:\s|$)))?)(?P<sign>(?<=[0-9])\.|>|[-+](?=[\s\\]|$))", re.MULTILINE
)
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_TAME = re.compile(r"(?:[^\W_]|[ ,;!?'\"()/&%=+–—‘’“”-]|[.:](?=\s|$))*")
