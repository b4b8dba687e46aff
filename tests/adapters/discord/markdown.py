"""What a Discord client makes of Markdown: what it shows, and what it read on the way.

Written from the rules of the client (simple-markdown with rules of Discord's own) and apart from the renderer. Where
the client looks something up, such as the name of an emoji, whatever looks like one counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Read:
    """Something that was not mere text: its kind, what is shown of it, and for a link where it leads."""

    kind: str
    shown: str
    target: str = ""


def seen(markdown: str) -> str:
    """Return the text that a person sees, every link with its address."""
    return "".join(part if isinstance(part, str) else _told(part) for part in read(markdown))


def kinds(markdown: str) -> list[Read]:
    """Return what was read, in order, what is within it included."""
    found = []
    for part in read(markdown):
        if isinstance(part, Read):
            found.append(part)
            found += kinds(part.shown) if part.kind in _NESTED else []
    return found


def read(markdown: str) -> Iterator[str | Read]:
    """Yield what a client makes of a text, styles not yet read within."""
    at, line_start = 0, True
    while at < len(markdown):
        for kind, rule in (*(_BLOCKS if line_start else ()), *_INLINE):
            if match := rule.match(markdown, at):
                yield _read(kind, match)
                break
        else:
            match = _TEXT.match(markdown, at)
            assert match
            yield match[0]
        at = match.end()
        line_start = match[0].endswith("\n") or (line_start and not match[0].strip())


_INSIDE = r"(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*"
_BLOCKS = [
    ("quote", re.compile(r" *>>> +([\s\S]*)")),
    ("quote", re.compile(r"( *>(?!>>) +[^\n]*(?:\n *>(?!>>) +[^\n]*)*\n?)")),
    ("heading", re.compile(r" *#{1,3}\s+(?!#)([^\n]+)")),
    ("subtext", re.compile(r" *-#\s+(?!#)([^\n]+)")),
    ("item", re.compile(r" *(?:[*+-]|\d+\.) ([^\n]*)")),
]
_INLINE = [
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code block", re.compile(r"```(?:[a-z0-9_+\-.#]+?\n)?\n*([^\n][\s\S]*?)\n*```", re.IGNORECASE)),
    ("code", re.compile(r"(`+)(?P<code>[\s\S]*?[^`])\1(?!`)")),
    ("link", re.compile(rf"\[({_INSIDE})\]\(\s*<?(?P<url>(?:[^\s\\]|\\.)*?)>?(?:\s+['\"][\s\S]*?['\"])?\s*\)")),
    ("link", re.compile(r"<(?P<url>[^: >]+:/[^ >]+)>")),
    ("link", re.compile(r"<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>")),
    ("link", re.compile(r"<((?:(?:tel|sms):\+?|\+)[0-9()][-0-9() ./]+)>")),
    ("link", re.compile(r"(?P<url>(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s])")),
    ("mention", re.compile(r"(<(?:@[!&]?|#)\d+>|@everyone|@here|@silent|<id:\w+>|</[^:>]+:\d+>)")),
    ("time", re.compile(r"(<t:-?\d{1,17}(?::[tTdDfFRsS])?>)")),
    ("emoji", re.compile(r"(<a?:\w+:\d+>|:[\w+-]+(?:::skin-tone-\d)?:|<sound:[^>]*>)")),
    ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("emphasis", re.compile(r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b")),
    ("emphasis", re.compile(r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)")),
    ("struck", re.compile(r"~~([\s\S]+?)~~(?!_)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
]

_TEXT = re.compile(r"[^\S\n]+|[^\W_]+(?![\w:])|.", re.DOTALL)  # a word with a colon may be the start of an address
_NESTED = {"quote", "heading", "subtext", "item", "strong", "underline", "emphasis", "struck", "spoiler"}


def _read(kind: str, match: re.Match[str]) -> str | Read:
    groups = match.groupdict()
    if kind == "escape":
        return match[1]
    if kind == "quote":
        return Read(kind, re.sub(r"(?m)^ *>(?!>>) ?", "", match[1]))
    if "code" in groups:
        return Read(kind, groups["code"])
    if "url" in groups:
        target = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", groups["url"])
        return Read(kind, match[1] if match.re.groups > 1 else target, target)
    return Read(kind, match[1])


def _told(part: Read) -> str:
    match part.kind:
        case "link" if part.shown != part.target and part.target:
            return f"{part.shown} ({part.target})"
        case kind if kind in _NESTED:
            return seen(part.shown)
        case _:
            return part.shown
