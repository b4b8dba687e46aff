"""The list of authors that a citation begins with."""

import re
from collections.abc import Sequence

from bot.model import Author

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011", "-"))


def shape(text: str) -> str:
    """Return the text with every capital as "A", every other letter as "a" and every digit as "0", in any script."""
    return "".join(_shape_of(char) for char in text.translate(_HYPHENS))


def is_capitalised(text: str) -> bool:
    """Say whether every word has a capital, the small ones that titles leave without aside."""
    words = re.findall(r"[^\W\d_]+", text)
    return all(word[0].isupper() or _SMALL.fullmatch(word) for word in words)


def read_authors(listed: str) -> tuple[Author, ...]:
    """Read the authors of a list, in any of the orders that names are printed in; none when any of it is no name.

    Initials come out as "J. P." or "J.-P.", whichever way they were printed, and given names as initials; a suffix
    follows them ("M. L., Jr."). Names left out behind an ellipsis or "et al." stay left out.
    """
    text = _NOTE.sub("", listed.strip(" .,")).strip(" ,")
    if _CORPORATE.search(text) and "A." not in shape(text):
        return (Author(text),) if len(text) < 150 and is_capitalised(text) else ()
    parted = _GLUED_SUFFIX.sub(", ", _ET_AL.sub(", ", text))
    fields = [field.strip() for field in _SEPARATOR.split(parted)]
    authors = _read_fields([field for field in fields if field.strip(" .")])
    unsure = "," in text and len(authors) > 1 and not any(author.initials for author in authors)
    return () if unsure else tuple(authors)


_SMALL = re.compile("an?|and|at|by|de[rs]?|die|du|et|for|from|für|in|la|of|on|the|to|und|with")
_NOTE = re.compile(r" ?(?:\([^()]{0,60}\)|\[[^\[\]]{0,60}\])[ .,]*$")
_ET_AL = re.compile(r",? \bet al\b\.?")
_SEPARATOR = re.compile(r" ?(?:[,;&…]|(?:\. ?){3,}|\band\b) ?")
_INITIALS = re.compile(r"(?:A\.?[ -]?|Aa\.[ -]?){1,8}")
_LEADING_INITIALS = re.compile(r"(?:Aa?\.[ -]?){1,6}(?=[Aa])")
_TRAILING_INITIALS = re.compile(r"(?P<family>(?=[A ]*a)[Aa'’ -]+?) (?P<initials>A(?:\.?[ -]?A){0,3}\.?)")
_FAMILY = re.compile(r"(?=[Aa'’ -]*A)[Aa'’][Aa'’-]*(?: [Aa'’-]+){0,4}")
_SUFFIX = re.compile(r"(?P<pointed>Jr|Sr)\.?|II|III|IV")
_GLUED_SUFFIX = re.compile(r"(?<=\w) (?=(?:Jr|Sr|II|III|IV)\b)")
_PARTICLE = re.compile("af|al|bin|d[aeiu]|das|de[lnr]|della|do|dos|el?|ibn|l[aeo]|te[nr]|van|von|y|zum?")
_CORPORATE = re.compile(
    r"\b(?:Academy|Administration|Agency|Association|Cent(?:er|re)|Collaboration|College|Commission|Committee|Consortium|"
    r"Council|Department|Excellence|Federation|Force|Foundation|Group|Institutes?|Ministry|Network|Organi[sz]ation|"
    r"Program(?:me)?|Service|Society|Team|University)\b"
)
_LONGEST_NAME = 80


def _read_fields(fields: Sequence[str]) -> list[Author]:
    authors: list[Author] = []
    for index, field in enumerate(fields):
        if len(field) > _LONGEST_NAME or not _add(authors, fields, index):
            return []
    return authors


def _add(authors: list[Author], fields: Sequence[str], index: int) -> bool:
    """Add what one field of the list says; false when it is no part of a name."""
    field, form = fields[index], shape(fields[index])
    waiting = bool(authors) and (not authors[-1].initials or bool(_SUFFIX.fullmatch(authors[-1].initials)))
    if (suffix := _SUFFIX.fullmatch(field)) and authors:
        written = f"{suffix['pointed']}." if suffix["pointed"] else field
        authors[-1] = Author(authors[-1].family, _joined(authors[-1].initials, written))
    elif _are_initials(field) and waiting:
        authors[-1] = Author(authors[-1].family, _joined(_pointed(field), authors[-1].initials))
    elif (first := _LEADING_INITIALS.match(form)) and _FAMILY.fullmatch(form, first.end()):
        _add_led(authors, field, first.end(), belated=waiting and _are_initials(fields[-1]))
    elif last := _TRAILING_INITIALS.fullmatch(form):
        authors.append(Author(field[: last.end("family")], _pointed(field[last.start("initials") :])))
    elif _FAMILY.fullmatch(form):
        return _add_bare(authors, field, fields[index + 1] if index + 1 < len(fields) else "")
    else:
        return False
    return True


def _are_initials(field: str) -> bool:
    form = shape(field[:_LONGEST_NAME])
    return bool(_INITIALS.fullmatch(form)) and "AAAA" not in form


def _add_led(authors: list[Author], field: str, border: int, *, belated: bool) -> None:
    """Add "J. Timulak": a name, unless a comma is missing and the initials belong to the family name before."""
    initials, family = _pointed(field[:border]), field[border:]
    if belated:
        authors[-1] = Author(authors[-1].family, initials)
    authors.append(Author(family, "" if belated else initials))


def _add_bare(authors: list[Author], field: str, following: str) -> bool:
    """Add a name without initials: a family name when its initials follow, else given names and family name."""
    words = field.split()
    if any(word[0].islower() and not _PARTICLE.fullmatch(word) for word in words):
        return False
    if len(words) == 1 or _LEADING_INITIALS.match(f"{shape(following)}a") or _INITIALS.fullmatch(shape(following)):
        authors.append(Author(field))
        return True
    start = next((index for index, word in enumerate(words) if index and _PARTICLE.fullmatch(word)), len(words) - 1)
    given = " ".join(word[0] for word in words[:start])
    authors.append(Author(" ".join(words[start:]), _pointed(given)))
    return True


def _joined(initials: str, suffix: str) -> str:
    return ", ".join(filter(None, (initials, suffix)))


def _pointed(initials: str) -> str:
    parts = re.finditer(r"(?P<hyphen>-?)(?P<initial>Aa?)", shape(initials))
    text = "".join(f"{part['hyphen'] or ' '}{initials[part.start('initial') : part.end()]}." for part in parts)
    return text.strip()


def _shape_of(char: str) -> str:
    if char.isalpha():
        return "A" if char.isupper() or char.istitle() else "a"
    return "0" if char.isdigit() else char
