"""What a single line of the blog can be, judged by its characters alone."""

import re

from bot.folding import fold, words
from bot.model import Month

TITLE_LIMIT = 200
"""The longest line that can be a title, in characters; the longest seen has under 120."""

LONG = 400
"""From how many characters on a line without a heading of its own is surely a summary; those seen have 1,700 up."""

_IMPLICATIONS = re.compile(r"practice\s+implications?\s*(?P<colon>[:.–—-]*)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_OPENS_SENTENCE = re.compile(r"[^\W\d_]|[\d“\"‘'(\[]")
_FINISHED = re.compile(r"[.!?…][\"”’')\]\d*]*$")
_SENTENCE = re.compile(r"[.…;,:][\"”’')\]]*$")
_TWO_SENTENCES = re.compile(r"[a-z)”’][.!?][”\"’']?\s+[A-Z“‘].*[.!?]$")
_ITEM = re.compile(r"(?:[-–•*·]|\d{1,2}[.)])\s")
_ADDRESS = re.compile(r"(?:doi\s*:?\s*)?(?:https?://|www\.|10\.\d{4,9}/)\S+", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[:,&–—-]|\b(?:a|among|an|and|are|as|at|between|by|during|for|from|in|into|is|of|on|or|that|the|to|versus|vs"
    r"|with|within|without)\.?)$",
    re.IGNORECASE,
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NOTE = re.compile(
    r"(?:editor|editor'?s|editorial|author'?s) note\b|note ?[:.-]|(?:update|correction|erratum|disclaimer) ?[:.-]"
    r"|handbook of\b|by (?:\S+ ?){1,5}$"
)
_PLAN = re.compile(
    r"\bi (?:will |shall |am going to |plan to |have been |would like to )"
    r"(?:blog\w*|review\w*|report\w*|summari[sz]\w*|writ\w+|describ\w*|discuss\w*)\b"
)
_OF_THE_BLOG = re.compile(rf"\b(?:this|these|the) (?:pprnet )?blog\b|\b(?:starting|beginning) in (?:{_MONTHS})\b")
_FIRST_PERSON = re.compile(r"\b(?:i|my|we|our)\b")
_ASIDE = re.compile(
    r"(?:by|posted|published|share|image|photo|picture|figure|fig|caption|print|tweet|updated)\b"
    r"|.*\b\d{1,2},? (?:19|20)\d\d$",
)


def month_heading(text: str) -> Month | None:
    """Return the month of a heading such as `November 2023`; `None` for any other line."""
    if len(text) > len("September, 2023 :") or text[:1].isdigit():
        return None
    try:
        return Month.parse(text.rstrip(" :"))
    except ValueError:
        return None


def implications(text: str) -> str | None:
    """Return what follows the words `Practice Implications` on their line; `None` when the line is another.

    The words stand alone, or with a colon, or glued in front of the paragraph they announce. A sentence that merely
    begins with them goes on in lower case.
    """
    match = _IMPLICATIONS.fullmatch(text)
    if match is None:
        return None
    rest = match["rest"]
    glued = _OPENS_SENTENCE.match(rest) and not rest[0].islower()
    return rest if not rest or match["colon"] or glued else None


def title_shaped(text: str) -> bool:
    """Say whether a line could be a title: short, no item of a list, no address, and one sentence at most."""
    return (
        len(text) <= TITLE_LIMIT
        and any(char.isalnum() for char in text)
        and not _ITEM.match(text)
        and not is_address(text)
        and not _TWO_SENTENCES.search(text)
        and month_heading(text) is None
        and implications(text) is None
    )


def same_title(one: str, other: str) -> bool:
    """Say whether two lines are the same title: case, accents and punctuation do not count."""
    shorter, longer = sorted((len(one), len(other)))
    return longer <= 3 * shorter + 20 and words(one) == words(other) != []  # most often it is a title and a paragraph


def plainer(one: str, other: str) -> str:
    """Return a title printed twice as it was printed first, without a full stop that the other printing lacks."""
    return other if one.rstrip(" .") == other else one


def continues(first: str, second: str) -> bool:
    """Say whether a second line plainly carries on the first: that one ends amid a phrase, or this one begins so."""
    return bool(_UNFINISHED.search(first)) or second[:1].islower()


def may_continue(first: str, second: str) -> bool:
    """Say whether a second line could be the rest of a title, as neither line ends a sentence."""
    return not is_finished(first) and not is_sentence(second) and not _ASIDE.match(fold(second))


def note_shaped(text: str) -> bool:
    """Say whether a line is an editorial note: it is called one, or its writer speaks of the blog itself, or signs."""
    folded = fold(text)
    if _NOTE.match(folded) or _PLAN.search(folded):
        return True
    return bool(_OF_THE_BLOG.search(folded) and _FIRST_PERSON.search(folded))


def is_item(text: str) -> bool:
    """Say whether a line is an item of a list."""
    return bool(_ITEM.match(text))


def is_address(text: str) -> bool:
    """Say whether a line is nothing but an address on the web or a DOI."""
    return bool(_ADDRESS.fullmatch(text))


def is_finished(text: str) -> bool:
    """Say whether a line ends where a sentence ends."""
    return bool(_FINISHED.search(text))


def is_sentence(text: str) -> bool:
    """Say whether a line ends as running text does and titles seldom do; a question may be either."""
    return bool(_SENTENCE.search(text))
