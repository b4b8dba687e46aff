"""Citations in the forms that people paste elsewhere: as printed, as BibTeX and as RIS.

Only what was read out of the citation is written. Where that is less than the page says (a publisher, authors left out,
a citation that could not be read), a note carries the citation as printed.

Both forms are written here rather than by a library: the libraries write values as they stand, so that the escaping is
the caller's work either way, and they would have to be loaded. The tests read everything back with them.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bot.bylines import read_authors
from bot.folding import fold
from bot.model import Author, Citation, Post
from bot.requests import CiteStyle


def cite(post: Post, style: CiteStyle) -> str:
    """Return a post's citation in one style; empty when the post names none."""
    match style:
        case CiteStyle.APA:
            return apa(post.citation) if post.citation else ""
        case CiteStyle.BIBTEX:
            return bibtex(post)
        case CiteStyle.RIS:
            return ris(post)


def apa(citation: Citation) -> str:
    """Return the citation as the blog prints it, which is APA's form: quoted, never rebuilt."""
    return citation.text


def bibtex(post: Post) -> str:
    """Return one BibTeX entry, its characters in UTF-8 and LaTeX's own ones escaped; empty without a citation.

    The title is braced twice, so that a style leaves its capitals as printed.
    """
    if post.citation is None:
        return ""
    kind = _kind(post.citation)
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(post.citation, kind) if value)
    return f"@{kind}{{{_key(post, post.citation)},\n{fields}}}\n"


def ris(post: Post) -> str:
    """Return one RIS record in lines of `TAG  - value`; empty without a citation."""
    if post.citation is None:
        return ""
    kind = _kind(post.citation)
    lines = [("TY", _RIS_TYPES[kind]), *_ris_fields(post.citation, kind)]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in lines if value) + "ER  - \n"


_RIS_TYPES = {"article": "JOUR", "incollection": "CHAP", "misc": "GEN"}
_EDITED = re.compile(r"In:? (?P<editors>.+?),? \((?:Eds?|Hrsg)\.?\)[.,:]? (?P<book>.+)")
_PAGES = re.compile(r"(?P<first>\w+) ?[\u2010-\u2014\u2212-]{1,2} ?(?P<last>\w+)")
_LEFT_OUT = re.compile(r"\bet al\b|…|\.{3}|\. \. \.")


def _kind(citation: Citation) -> str:
    if not citation.container:
        return "misc"
    edited = _EDITED.fullmatch(citation.container) or (citation.container.startswith("In ") and not citation.volume)
    return "incollection" if edited else "article"


def _book(citation: Citation) -> tuple[tuple[Author, ...], str]:
    """Return the editors and the title of the book that a chapter is in; no editors when they cannot be read."""
    if edited := _EDITED.fullmatch(citation.container):
        return read_authors(edited["editors"]), edited["book"]
    return (), re.sub(r"^In:? ", "", citation.container)


def _note(citation: Citation, kind: str) -> str:
    """Return the citation as printed, unless the other fields say all of it; publishers, for one, have no field."""
    if kind != "article" or not (citation.authors and citation.title):
        return citation.text
    listed, _, _ = citation.text.partition(citation.title)
    return citation.text if _LEFT_OUT.search(listed) else ""


def _key(post: Post, citation: Citation) -> str:
    """Return a key such as `delgadillo2018associations`, in ASCII; the post's id where nothing better is known."""
    family = citation.authors[0].family if citation.authors else ""
    word = next((word for word in fold(citation.title).split() if len(_ascii(word)) > _SHORT_WORD), "")
    key = f"{_ascii(family)[:_LONGEST_NAME]}{citation.year or ''}{_ascii(word)}"
    return key if key.strip("0123456789") else f"pprnet{post.id}"


_SHORT_WORD = 3
_LONGEST_NAME = 30


def _ascii(text: str) -> str:
    return re.sub("[^a-z0-9]", "", fold(text))


def _bibtex_fields(citation: Citation, kind: str) -> Iterator[tuple[str, str]]:
    yield "author", _bibtex_names(citation.authors)
    yield "title", f"{{{_latex(citation.title)}}}" if citation.title else ""
    if kind == "incollection":
        editors, book = _book(citation)
        yield "booktitle", _latex(book)
        yield "editor", _bibtex_names(editors)
    else:
        yield "journal", _latex(citation.container)
    yield "year", str(citation.year or "")
    yield "volume", _latex(citation.volume)
    yield "number", _latex(citation.issue)
    yield "pages", _bibtex_pages(citation.pages)
    yield "doi", re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02x}", unquote(citation.doi))
    yield "note", _latex(_note(citation, kind))


def _bibtex_names(authors: tuple[Author, ...]) -> str:
    return " and ".join(_bibtex_name(author) for author in authors)


def _bibtex_name(author: Author) -> str:
    """Write a name as BibTeX takes it apart: `van der Kolk, B. A.`, `King, Jr., M. L.`, `{World Psychiatry Group}`."""
    initials, _, suffix = author.initials.partition(", ")
    family = _latex(author.family)
    if not initials or not _PLAIN_NAME.fullmatch(author.family):
        family = f"{{{family}}}"
    return ", ".join(part for part in (family, _latex(suffix), _latex(initials)) if part)


_PLAIN_NAME = re.compile(r"(?!(?:.* )?(?:and|others)(?: |$))[\w'’ -]+", re.IGNORECASE)


def _bibtex_pages(pages: str) -> str:
    return f"{span['first']}--{span['last']}" if (span := _PAGES.fullmatch(pages)) else _latex(pages)


_LATEX = {
    **{char: f"\\{char}" for char in "%&#$_"},
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
_SPECIAL = re.compile(r"[%&#$_\\{}~^]")
_LIGATURE = re.compile(r"([-'`,<>?!])(?=[-'`,<>])")


def _latex(text: str) -> str:
    """Escape what LaTeX reads as commands, comments or ligatures.

    Braces are written by name, since BibTeX counts them even where they are escaped.
    """
    escaped = _SPECIAL.sub(lambda match: _LATEX[match[0]], _line(text))
    return _LIGATURE.sub(r"\1{}", escaped)


def _ris_fields(citation: Citation, kind: str) -> Iterator[tuple[str, str]]:
    editors, container = _book(citation) if kind == "incollection" else ((), citation.container)
    yield from (("AU", _ris_name(author)) for author in citation.authors)
    yield from (("A2", _ris_name(editor)) for editor in editors)
    yield "PY", str(citation.year or "")
    yield "TI", citation.title
    yield "T2", container
    yield "VL", citation.volume
    yield "IS", citation.issue
    span = _PAGES.fullmatch(citation.pages)
    yield "SP", span["first"] if span else citation.pages
    yield "EP", span["last"] if span else ""
    yield "DO", unquote(citation.doi)
    yield "N1", _note(citation, kind)


def _ris_name(author: Author) -> str:
    return ", ".join(part for part in (author.family, author.initials) if part)


def _line(text: str) -> str:
    return " ".join(text.split())
