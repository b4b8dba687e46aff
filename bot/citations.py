"""Citations as they are printed in the blog: told from other lines, and taken apart.

Everything is read off the page and nothing is added to it: every part is a stretch of the citation's own text, white
space folded to single blanks, except that initials are spaced and pointed ("JP" is "J. P."), given names are
shortened to initials, and the DOI is lower case. What cannot be read with confidence stays empty.
"""

import re
from urllib.parse import quote, unquote

from bot.bylines import is_capitalised, read_authors, shape
from bot.model import Citation


def parse_citation(text: str) -> Citation:
    """Read a citation in APA's form, in Vancouver form, or in whatever lies between.

    Any text is read in linear time and none raises; `Citation.text` is the text as given.
    """
    line = " ".join(text.split())
    doi, before = _take_doi(line)
    before = before.rstrip(" ([<")
    if dated := _YEAR.search(before):
        return _read_apa(text, before, dated, doi)
    return _read_vancouver(text, before, doi)


def looks_like_citation(line: str) -> bool:
    """Say whether a line of a page is a citation, rather than prose that cites, a title or a note.

    A citation begins with its authors, and nothing but authors stands before its year; prose, titles and notes say
    something first. Authors without initials ("Smith and Jones (2018)") are believed only when a place of
    publication follows.
    """
    folded = " ".join(line.split())
    read = parse_citation(folded)
    dated = _YEAR.search(folded)
    if dated is None:
        placed = read.doi or _locate(folded) or _REMARK.search(folded)
        return bool(read.authors or (placed and _OPENING.match(shape(folded))))
    placed = read.doi or read.pages or read.volume or _REMARK.search(folded, dated.end())
    believed = placed or _INITIAL.search(shape(folded[: dated.start()]))
    return bool(read.authors and believed and _TITLE_START.match(shape(folded[dated.end() :])))


def _read_apa(text: str, before: str, dated: re.Match[str], doi: str) -> Citation:
    authors = read_authors(before[: dated.start()])
    year = int(dated["year"]) if dated["year"] else None
    rest = before[dated.end() :].lstrip(" .,:")
    if remark := _REMARK.search(rest):
        rest = rest[: remark.start()]
    if chapter := _chapter(rest):
        title, container, volume, pages = chapter
        return Citation(text, authors, year, title, container, volume, "", pages, doi)
    locator = _locate(rest)
    title, container = _split_title(rest[: locator.start()] if locator else rest, placed=locator is not None)
    return Citation(text, authors, year, title, container, *_place(locator), doi)


def _read_vancouver(text: str, before: str, doi: str) -> Citation:
    """Read authors, title, journal, and then "2019;2(8):e199910": the year is what the form is known by."""
    locator = _locate(before)
    if locator is None or not locator["year"]:
        return Citation(text, doi=doi)
    named = before[: locator.start()]
    border = re.search(r"\. (?=A)", shape(named))
    authors = read_authors(named[: border.start()]) if border else ()
    if border is None or not any(author.initials for author in authors):
        return Citation(text, doi=doi)
    title, container = _split_title(named[border.end() :], placed=True)
    return Citation(text, authors, int(locator["year"]), title, container, *_place(locator), doi)


_INITIAL = re.compile(r"\bA\b(?!')")
_TITLE_START = re.compile(r"[ .,:]{0,4}[\"“‘'(\[]?[A0]")
_OPENING = re.compile(r"[Aa][Aa'’ -]{1,40}(?:, (?:A\.[ -]?){1,4}| A{1,3})[,.&]")
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/ ?|\bdoi ?[:.]? ?){0,3}"
    r"(?P<doi>\b10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S{1,300})(?!\S)",
    re.IGNORECASE,
)
_IN_LINKS = "-._~!$&'()*+,;=:@/"
"""What may stand in the path of an address as it is: RFC 3986, section 3.3."""

_PAIRS = {")": "(", "]": "[", ">": "<", "}": "{"}


def _take_doi(line: str) -> tuple[str, str]:
    """Return the DOI and what stands before it; the whole line when there is none.

    DOI names are case-insensitive (DOI Handbook, section 2.4), so lower case makes equal ones equal. What an address
    cannot hold is percent-encoded, so that the DOI can follow https://doi.org/ as it is. A typographic hyphen is the
    page's doing and becomes the plain one that the name was registered with.
    """
    match = _DOI.search(line)
    if match is None:
        return "", line
    name = re.sub("[\u2010-\u2013]", "-", _decoded(match["doi"]))
    while name and (name[-1] in ".,;:'\"”’" or (name[-1] in _PAIRS and _unbalanced(name))):
        name = name[:-1]
    return quote(name.lower(), safe=_IN_LINKS), line[: match.start()]


def _decoded(name: str) -> str:
    plain = unquote(name)
    return plain if plain.isprintable() and not re.search(r"[\s\ufffd]", plain) else name


def _unbalanced(name: str) -> bool:
    return name.count(name[-1]) > name.count(_PAIRS[name[-1]])


_YEAR = re.compile(
    r"\((?:(?:in press|forthcoming|submitted|n\. ?d\.)|(?:[A-Z][a-z]{2,8},? )?"
    r"(?P<year>(?:18|19|20)\d\d)[a-z]?(?:[/–-]\d{2,4})?(?:,[^()]{0,30})?)\)",
)
_REMARK = re.compile(
    r"[.,;:(\[ ]{0,3}(?:\bAdvanced? online publication|https?://|\bwww\.|(?<=[.,;(\[]) ?(?:online first|"
    r"(?:first )?published online|e-?pub ahead|(?:article )?in press|early view|retrieved (?:from|on|\w+ \d)|"
    r"available (?:from|at)|PMC?ID\b))",
    re.IGNORECASE,
)
_PAGE = r"[A-Za-z]{0,4}\d{1,9}[A-Za-z]?"
_RANGE = rf"{_PAGE} ?[\u2010-\u2014\u2212-]{{1,2}} ?{_PAGE}"
_LOCATOR = re.compile(
    rf"(?:[.,;:] |[.,;: ])(?:(?P<year>(?:19|20)\d\d)(?: [A-Z][a-z]{{2,8}}(?: \d{{1,2}})?)? ?; ?)?"
    rf"(?:(?:Vol(?:ume|\.)? ?)?(?P<volume>\d{{1,3}})"
    rf"(?: ?\((?P<issue>[^()]{{1,30}})\)|,? (?:No\.|Issue) ?(?P<number>\d{{1,4}}))?"
    rf"(?: ?[,:;] ?(?:[A-Z][a-z]{{2}} \d{{4}}, )?"
    rf"(?:pp?\. ?|Art(?:icle|\.)(?: No\.?)?:? ?)?(?P<pages>{_RANGE}|{_PAGE}))?|"
    rf"(?:pp?\. ?)?(?P<only>{_RANGE}))[ .,;:]*$"
)


def _locate(rest: str) -> re.Match[str] | None:
    """Find volume, issue and pages, which are the last thing in a citation; a lone number is no volume."""
    match = _LOCATOR.search(rest, max(0, len(rest) - 160))
    lone = match and not any(match[part] for part in ("issue", "number", "pages", "only"))
    return None if match and lone and not match[0].startswith(",") else match


def _place(locator: re.Match[str] | None) -> tuple[str, str, str]:
    """Return volume, issue and pages."""
    if locator is None:
        return "", "", ""
    said = locator.groupdict("")
    return said["volume"], said["issue"] or said["number"], said["pages"] or said["only"]


_IN = re.compile(r"(?:^|(?<=[.?!,] )|(?<=[.?!][”’)\"] ))In:? (?=[A-Z])")
_EDITORS = re.compile(r"\((?:Eds?|Hrsg)\.?\)[.,:]? ?")
_BOOK_END = re.compile(r",? ?\((?=[^()]{0,60}(?:pp?\.|ed\.|\bVol))|,? pp?\. ?\d|[.?!] (?=[A-Z])|$")


def _chapter(rest: str) -> tuple[str, str, str, str] | None:
    """Read title, "In A. Editor (Ed.), Book", volume and pages of a chapter, if it is one."""
    start = _IN.search(rest)
    editors = _EDITORS.search(rest, start.end()) if start else None
    pages = re.search(rf"\bpp?\. ?(?P<pages>{_RANGE}|{_PAGE})", rest[start.end() :]) if start else None
    if start is None or not (editors or pages):
        return None
    end = _BOOK_END.search(rest, editors.end() if editors else start.end())
    container = _trim(rest[start.start() : end.start() if end else len(rest)])
    volume = re.search(r"\bVol\. ?(\w{1,6})", rest[start.end() :])
    return _trim(rest[: start.start()]), container, volume[1] if volume else "", pages["pages"] if pages else ""


_BORDER = re.compile(r"(?<=[.?!])[\"”’')\]]{0,2} (?=[\"“‘'(\[]?[A0])")
_SHORTENED = re.compile(
    "(?:(?:Abnorm|Acad|Acta|Affect|Am|Ann|Appl|Arch|Aust|Behav|Br|Bull|Can|Child|Clin|Cogn|Community|Consult|Couns|"
    "Dev|Disord|Engl|Eur|Exp|Fam|Gen|Health|Int|J|JAMA|Med|Ment|N|Nerv|Neurosci|Open|Pers|Pract|Proc|Psychiatr|"
    "Psychiatry|Psychoanal|Psychol|Psychosom|Psychother|Quart|Res|Rev|Sci|Soc|Ther|Z)[. ]*+)+"
)
_PUBLISHER = re.compile(
    r"(?:\b(?:Press|Books|Publish(?:ing|ers)|Publications|Routledge|Wiley|Springer|Sage|SAGE|Norton|Elsevier|Guilford|"
    r"Author|Hogrefe|Aronson)|^(?:[^:]*: ?)?American Psych(?:ological|iatric) Association)[ .,]*$|, [A-Z]{2}: "
)


def _split_title(named: str, *, placed: bool) -> tuple[str, str]:
    """Part title and journal at the last border of sentences; shortened journals ("J. Clin. Psychol.") hold together.

    Without a border the two cannot be told apart. Where no volume or pages follow (`placed` is false), only words in
    capitals are taken for a journal, and a publisher is none.
    """
    borders = list(_BORDER.finditer(shape(named)))
    while len(borders) > 1 and _SHORTENED.fullmatch(named, borders[-2].end(), borders[-1].start()):
        borders.pop()
    if not borders:
        return ("" if placed else _title(named)), ""
    title, container = named[: borders[-1].end()], _trim(named[borders[-1].end() :])
    if placed or (is_capitalised(container) and not _PUBLISHER.search(container)):
        return _title(title), container
    return _title(title if _PUBLISHER.search(container) else named), ""


def _title(text: str) -> str:
    return _trim(re.sub(r" ?\([^()]{0,20}\bed\.[^()]{0,20}\)[. ]*$", "", text))


def _trim(text: str) -> str:
    return text.strip(" .,;:")
