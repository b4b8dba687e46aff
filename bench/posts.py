"""Made-up posts in any number: words drawn as unevenly as in real text, three posts a month, three topics a post."""

import random
from collections.abc import Iterator
from itertools import accumulate

from bot.citations import parse_citation
from bot.model import Month, Post, TopicLabel, TopicOrigin, identify
from bot.topics.loading import load_catalogue

_SYLLABLES = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi", "xo",
    "zy",
]  # fmt: skip
_VOCABULARY = 30_000
_OPENING = [
    "therapist", "patient", "outcome", "alliance", "depression", "empathy", "burnout", "training", "attachment",
]  # fmt: skip


def make_posts(count: int, seed: int = 1) -> Iterator[Post]:
    """Yield so many posts, newest first; the same for the same seed.

    Word frequencies follow Zipf's law, as those of English text do; posts are as long as the blog's, about 450 words.
    """
    dice = random.Random(seed)
    topics = [topic.name for topic in load_catalogue().topics if not topic.ours]

    def sentence(length: int) -> str:
        return " ".join(dice.choices(_WORDS, cum_weights=_WEIGHTS, k=length)).capitalize() + "."

    for number in range(count):
        month = _month(count - 1 - number)
        title = f"{sentence(7)[:-1]} {number}"
        yield Post(
            id=identify(month, title),
            month=month,
            title=title,
            summary=tuple(" ".join(sentence(20) for _ in range(8)) for _ in range(2)),
            citation=parse_citation(
                f"Doe, J., & Roe, R. ({month.year % 100 + 1920}). {sentence(9)} "
                f"Psychotherapy, {number % 60 + 1}, 1-{number % 90 + 2}."
            ),
            implications=(" ".join(sentence(20) for _ in range(6)),),
            topics=tuple(sorted(TopicLabel(name, TopicOrigin.SITE) for name in dice.sample(topics, 3))),
        )


def make_queries(count: int, seed: int = 2) -> list[str]:
    """Return so many queries of four words, each as frequent in queries as in the posts, little words left out."""
    dice = random.Random(seed)
    telling, rest = _WORDS[len(_LITTLE) :], [weight - _WEIGHTS[len(_LITTLE) - 1] for weight in _WEIGHTS[len(_LITTLE) :]]
    return [" ".join(dice.choices(telling, cum_weights=rest, k=4)) for _ in range(count)]


def _word(number: int) -> str:
    base = len(_SYLLABLES)
    return (
        _SYLLABLES[number % base]
        + _SYLLABLES[number // base % base]
        + _SYLLABLES[number // base**2 % base]
        + (_SYLLABLES[number // base**3 % base] if number >= base**3 else "")
    )


def _month(place: int) -> Month:
    months = place // 3
    return Month(2013 + months // 12, months % 12 + 1)


_LITTLE = [
    "the", "of", "and", "to", "in", "a", "that", "with", "for", "is", "were", "as", "was", "on", "by", "are", "or",
    "from",
]  # fmt: skip
_WORDS = _LITTLE + _OPENING + [_word(number) for number in range(_VOCABULARY)]
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))
