"""Words as topics are compared: folded, in the singular, in one spelling for both sides of the Atlantic.

A full stemmer was tried and left out: it makes one word of "medical" and "medication", of "personal" and
"personality", of "terminal" and "termination", and so gives posts topics that they are not about.
"""

import re
from functools import lru_cache

from bot.folding import words
from bot.spelling import american

LITTLE = frozenset({"a", "an", "and", "for", "in", "of", "or", "s", "the", "to", "with"})
"""Words that are passed over wherever there are others; `s` is what an apostrophe leaves behind."""

_IRREGULAR = {
    "analyses": "analysis",
    "crises": "crisis",
    "diagnoses": "diagnosis",
    "psychoses": "psychosis",
}
_SINGULARS = (
    (re.compile(r"(?<=\w\w)ies$"), "y"),
    (re.compile(r"(?<=ss|sh|ch)es$|(?<=x)es$"), ""),
    (re.compile(r"(?<=\w\w[^su])(?<!si)s$"), ""),  # neither stress nor status nor crisis
)


def keys(text: str) -> tuple[str, ...]:
    """Return what a text is compared by: the key of each word; little words count only where there are no others."""
    all_keys = tuple(key(word) for word in words(text))
    return tuple(each for each in all_keys if each not in LITTLE) or all_keys


def joined(text: str) -> str:
    """Return the key of a text written as one word: the same for `drop-outs`, `drop out` and `dropout`."""
    return key("".join(words(text)))


@lru_cache(maxsize=4096)
def key(word: str) -> str:
    """Return what one folded word is compared by; the same for its plural and for either spelling."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return american(_first(_SINGULARS, word))


def _first(rules: tuple[tuple[re.Pattern[str], str], ...], word: str) -> str:
    for ending, replacement in rules:
        if ending.search(word):
            return ending.sub(replacement, word)
    return word
