"""Text as it is compared: without case, accents, typographic variants or punctuation."""

import re
import unicodedata

_VARIANTS = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    "\u00ad": None,
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
})  # fmt: skip
_FIRST_ACCENT = "\u0300"  # below it nothing combines
_NOT_WORD = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Lower the case, drop accents, unify hyphens and quotes, and fold white space to single blanks."""
    if text.isascii():  # most text is, and then the rest has nothing to do
        return " ".join(text.replace("`", "'").casefold().split())
    plain = text.translate(_VARIANTS).casefold()
    return " ".join((plain if plain.isascii() else _without_accents(plain)).split())


def words(text: str) -> list[str]:
    """Return the folded words of a text; hyphens, apostrophes and all other punctuation part them."""
    return _NOT_WORD.sub(" ", fold(text)).split()


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join([char for char in decomposed if char < _FIRST_ACCENT or not unicodedata.combining(char)])
