"""Invented posts as a blog lists them, with what only the site knows: their topics, type of research and place."""

import random
from dataclasses import dataclass, field

from bot.citations import parse_citation
from bot.model import Month, Post, identify

TOPICS = {11: "Adherance", 14: "Attachment", 16: "Client Factors", 29: "Empathy", 35: "Medications/Pharmacotherapy"}
"""Some of the blog's topics, by the site's ids."""

KINDS = {24: "Empirical Studies", 25: "Meta-analyses", 26: "Reviews & Chapters", 27: "Trials"}
"""Types of research, with labels of our own invention."""

_NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Řím", "Rønne")
_THINGS = ("Silences", "First Sessions", "Trust", "Endings", "Rest", "Doubt", "Humour", "Homework", "Notes", "Chairs")
_SENTENCES = (
    "{0} and colleagues followed {1} therapists over {2} months, and wrote down what they noticed.",
    "Clients who spoke of it early fared better (β = −.31, p < .01) — though not all of them did.",
    "Nobody in the study was told what the others had said, “not even afterwards”.",
    "In {1} of the sessions nothing of the kind was seen & no reason for it was found.",
)


@dataclass(frozen=True)
class SitePost:
    """One post of the site.

    Attributes:
        month, title, citation, summary, implications: what is printed; `citation` may be empty.
        topics: ids of topics.
        kind: id of its type of research.
        pinned: whether it stands above all others.
    """

    month: Month
    title: str
    citation: str
    summary: tuple[str, ...]
    implications: tuple[str, ...]
    topics: frozenset[int] = field(default_factory=frozenset)
    kind: int = 24
    pinned: bool = False

    @property
    def id(self) -> str:
        """What the bot should know it by."""
        return identify(self.month, self.title)

    def as_post(self) -> Post:
        """Return what the bot should read, without topics."""
        citation = parse_citation(self.citation) if self.citation else None
        return Post(self.id, self.month, self.title, self.summary, citation, self.implications)


def invented(count: int, seed: int = 1) -> list[SitePost]:
    """Return so many posts, newest first, three a month; the same for the same seed.

    Some have no citation, some share one (chapters of a handbook), some have no implications.
    """
    dice = random.Random(seed)  # noqa: S311 - nothing secret, and the same posts every time
    return [_invented(dice, number) for number in range(count, 0, -1)]


def _invented(dice: random.Random, number: int) -> SitePost:
    months = (number - 1) // 3
    name, thing, other = dice.choice(_NAMES), dice.choice(_THINGS), dice.choice(_THINGS)
    year, about = 1990 + number % 30, thing.lower()
    cited = f"{name}, A., & Oak, B. ({year}). An invented study of {about}. Psychotherapy, {number}, 1-9."
    chapter = "Pine, P. (2013). Invented chapters. In Q. Quince (Ed.), A handbook of trees (pp. 1-30). Wood Press."
    return SitePost(
        month=Month(2013 + months // 12, months % 12 + 1),
        title=f"{thing} and {other}: What {name} Found {number}",
        citation="" if number % 5 == 0 else chapter if number % 7 == 0 else cited,
        summary=tuple(_paragraph(dice, name) for _ in range(dice.randint(1, 3))),
        implications=() if number % 9 == 0 else (_paragraph(dice, name),),
        topics=frozenset(dice.sample(sorted(TOPICS), dice.randint(1, 3))),
        kind=dice.choice(sorted(KINDS)),
    )


def _paragraph(dice: random.Random, name: str) -> str:
    chosen = [dice.choice(_SENTENCES) for _ in range(8)]
    return " ".join(one.format(name, dice.randint(10, 99), dice.randint(2, 30)) for one in chosen)
