r"""Posts as Markdown files: what people write by hand, and what an export writes.

    ---
    title: "Burnout affects outcomes"
    month: 2021-07
    citation: "Doe, J. (2020). A study. Journal, 1, 2-3."
    topics: ["Burnout", "Therapist Factors"]
    ---

    The summary. Blank lines part paragraphs.

    ## Practice Implications

    What follows from it.

The body is plain text: no Markdown means anything but the one heading. A paragraph whose own text begins with `#`
or `\` has one more `\` in front.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from adapters.sources.frontmatter import FENCE, Entry, read_front_matter, refuse, write_entry
from adapters.sources.lines import folded
from adapters.sources.topicnames import Named, TopicNames
from bot.citations import parse_citation
from bot.folding import fold
from bot.model import Citation, Month, Post, PostOrigin, TopicOrigin, identify, is_id

HEADING = "## Practice Implications"

_TOPICS = {
    "topics": TopicOrigin.CONTENT,
    "site topics": TopicOrigin.SITE,
    "derived topics": TopicOrigin.DERIVED,
}
_LISTS = frozenset({*_TOPICS, "note"})
_KIND, _FOUND, _WITHDRAWN = "type of research", "found doi", "withdrawn"
_KEYS = (
    "title", "month", "citation", "doi", _FOUND, *_TOPICS, _KIND, "url", "note", "origin", "id", "sequence", _WITHDRAWN,
)  # fmt: skip
_REQUIRED = {"title": "write the title as printed", "month": "write the month as 2021-07"}
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S+")


def read_post(name: str, text: str, topics: TopicNames | None = None) -> Post:
    """Read one Markdown post.

    Args:
        name: the file, for messages.
        text: all of it.
        topics: what spells the file's topic names; without it they are taken as they are written.

    Raises:
        ContentError: with the file, the line, and what to write instead.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    entries, at = read_front_matter(name, lines)
    facts = _Facts(name, entries)
    month, title = facts.month(), facts.text("title")
    summary, practical = _body(name, lines, at)
    return Post(
        id=facts.id() or identify(month, title),
        month=month,
        title=title,
        summary=summary,
        citation=facts.citation(),
        implications=practical,
        note=facts.values("note"),
        topics=(topics or TopicNames(name)).labels(facts.topics()),
        url=facts.text("url"),
        origin=facts.origin(),
        sequence=facts.sequence(),
        kind=facts.text(_KIND),
        withdrawn=facts.withdrawn(),
    )


def write_post(post: Post) -> str:
    """Return the Markdown file of a post: what `read_post` reads as that very post.

    A citation's parts are not written: they are read again from its text, and so is a DOI that it names.
    """
    parts = ["\n".join([FENCE, *_front_matter(post), FENCE]), *map(_escaped, post.summary)]
    if post.implications:
        parts += [HEADING, *map(_escaped, post.implications)]
    return "\n\n".join(parts) + "\n"


def _front_matter(post: Post) -> Iterator[str]:
    yield write_entry("title", post.title)
    yield f"month: {post.month}"
    yield from _cited(post.citation)
    for key, origin in _TOPICS.items():
        if names := [label.name for label in post.topics if label.origin is origin]:
            yield write_entry(key, names)
    if post.kind:
        yield write_entry(_KIND, post.kind)
    if post.url:
        yield write_entry("url", post.url)
    if post.note:
        yield write_entry("note", post.note)
    if post.origin is not PostOrigin.IMPORTED:
        yield f"origin: {post.origin}"
    if post.id != identify(post.month, post.title):
        yield write_entry("id", post.id)
    if post.sequence:
        yield f"sequence: {post.sequence}"
    if post.withdrawn:
        yield f"{_WITHDRAWN}: yes"


def _cited(citation: Citation | None) -> Iterator[str]:
    if citation is None:
        return
    yield write_entry("citation", citation.text)
    if citation.doi and not parse_citation(citation.text).doi:
        yield write_entry("doi", citation.doi)
    if citation.found_doi:
        yield write_entry(_FOUND, citation.found_doi)


def _escaped(paragraph: str) -> str:
    return f"\\{paragraph}" if paragraph.startswith(("#", "\\")) else paragraph


def _body(name: str, lines: list[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs of the summary and of the implications."""
    summary: list[str] = []
    practical: list[str] = []
    heading = 0
    for number, paragraph in _paragraphs(lines, at):
        if not paragraph.startswith("#"):
            (practical if heading else summary).append(paragraph.removeprefix("\\"))
        elif heading or fold(paragraph) != fold(HEADING):
            raise refuse(name, number, f"write `{HEADING}`, once; or a backslash in front of a text that begins with #")
        else:
            heading = number
    if not summary:
        raise refuse(name, at + 1, "write the summary here, above the practice implications")
    if heading and not practical:
        raise refuse(name, heading, "write the implications below this heading, or leave the heading out")
    return tuple(summary), tuple(practical)


def _paragraphs(lines: list[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield paragraphs with the number of their first line; lines that follow one another are one paragraph."""
    open_at, open_lines = 0, list[str]()
    for number, line in enumerate([*lines[at:], ""], start=at + 1):
        text = folded(line)
        if open_lines and (not text or text.startswith("#")):
            yield open_at, " ".join(open_lines)
            open_lines.clear()
        if text.startswith("#"):
            yield number, text
        elif text:
            open_at = open_at if open_lines else number
            open_lines.append(text)


class _Facts:
    """The entries of one file's front matter, checked."""

    def __init__(self, name: str, entries: Mapping[str, Entry]) -> None:
        self._name = name
        self._entries = entries
        for key, entry in entries.items():
            if key not in _KEYS:
                raise refuse(name, entry.line, f"there is no `{key}`; write one of {', '.join(_KEYS)}")
            if entry.is_list and key not in _LISTS:
                raise refuse(name, entry.line, f"write one text after `{key}:`, not a list")

    def values(self, key: str) -> tuple[str, ...]:
        entry = self._entries.get(key)
        if entry and not all(value.strip() for value in entry.values):
            advice = _REQUIRED.get(key, "write its text, or leave the line out")
            raise refuse(self._name, entry.line, f"`{key}` is empty; {advice}")
        return entry.values if entry else ()

    def text(self, key: str) -> str:
        if key in _REQUIRED and key not in self._entries:
            raise refuse(self._name, 2, f"`{key}` is missing; write a line `{key}: ...` above the second {FENCE}")
        return next(iter(self.values(key)), "")

    def month(self) -> Month:
        try:
            return Month.parse(self.text("month"))
        except ValueError:
            raise self._refuse("month", _REQUIRED["month"]) from None

    def citation(self) -> Citation | None:
        text = self.text("citation")
        read = parse_citation(text) if text else None
        doi, found = (self._doi(key, read) for key in ("doi", _FOUND))
        if read is None:
            return None
        if read.doi and doi and read.doi.casefold() != doi.casefold():
            raise self._refuse("doi", f"the citation says {read.doi}; write the same here, or leave this line out")
        return replace(read, doi=read.doi or doi, found_doi=found)

    def topics(self) -> Iterator[Named]:
        for key, origin in _TOPICS.items():
            for value, line in zip(self.values(key), self._lines(key), strict=True):
                yield line, value, origin

    def origin(self) -> PostOrigin:
        try:
            return PostOrigin(self.text("origin") or PostOrigin.IMPORTED)
        except ValueError:
            raise self._refuse("origin", "write starter or imported") from None

    def id(self) -> str:
        given = self.text("id")
        if given and not is_id(given):
            raise self._refuse("id", "an id is twelve of the characters 0-9 and a-f; leave the line out for a new post")
        return given

    def sequence(self) -> int:
        given = self.text("sequence") or "0"
        if not re.fullmatch(r"[0-9]{1,9}", given):
            raise self._refuse("sequence", "write a whole number")
        return int(given)

    def withdrawn(self) -> bool:
        given = self.text(_WITHDRAWN)
        if given not in {"", "yes"}:
            raise self._refuse(_WITHDRAWN, "write yes, or leave the line out")
        return bool(given)

    def _doi(self, key: str, read: Citation | None) -> str:
        doi = self.text(key)
        if doi and read is None:
            raise self._refuse(key, "write the `citation:` that this DOI belongs to")
        if doi and not _DOI.fullmatch(doi):
            raise self._refuse(key, "write the DOI alone, as 10.1037/pst0000503")
        return doi

    def _lines(self, key: str) -> tuple[int, ...]:
        return self._entries[key].lines if key in self._entries else ()

    def _refuse(self, key: str, advice: str) -> Exception:
        return refuse(self._name, self._entries[key].line, advice)
