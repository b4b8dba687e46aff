"""What is offered while someone is typing an option: choices, each with what is shown and what is sent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from adapters.discord import limits
from bot.model import Post
from bot.pages.phrases import shortened, summaries
from bot.search.offers import Offers
from bot.topics.catalogue import Topic

Offer = tuple[str, str]
"""What is shown, and what is sent when it is chosen."""


class Suggestions:
    """Offers topics, months and posts of the archive. Everything here waits for the store: call it in a thread."""

    def __init__(
        self,
        complete: Callable[[str], Sequence[Topic]],
        counts: Callable[[], Mapping[str, int]],
        offers: Callable[[], Offers],
    ) -> None:
        """Keep what is offered from.

        Args:
            complete: returns the topics that what was typed so far can become, the likeliest first.
            counts: returns how many posts each topic has.
            offers: returns what finds posts and months.
        """
        self._complete = complete
        self._counts = counts
        self._offers = offers

    def topics(self, typed: str) -> list[Offer]:
        """Offer topics by their names and other words for them, with how many summaries each has."""
        counts = self._counts()
        return _fitting((_with_count(name, counts.get(name, 0)), name) for name in self._names(typed))

    def several_topics(self, typed: str) -> list[Offer]:
        """Offer topics for the last of several that are parted by commas."""
        before, comma, last = typed.rpartition(",")
        chosen = f"{before.strip()}, " if comma else ""
        taken = {name.strip().casefold() for name in before.split(",")}
        names = (name for name in self._names(last.strip()) if name.casefold() not in taken)
        return _fitting((f"{chosen}{name}", f"{chosen}{name}") for name in names)

    def months(self, typed: str) -> list[Offer]:
        """Offer months that have summaries, the newest first."""
        return _fitting((month.label, str(month)) for month in self._offers().months(typed, limits.CHOICES))

    def posts(self, typed: str) -> list[Offer]:
        """Offer summaries by title; what is sent is the id."""
        return _fitting((_titled(post), post.id) for post in self._offers().posts(typed, limits.CHOICES))

    def _names(self, typed: str) -> Iterable[str]:
        return (topic.name for topic in self._complete(typed))


def _fitting(offers: Iterable[Offer]) -> list[Offer]:
    """Return what Discord takes of some offers: a cut value would be another one, so a long one is left out."""
    short = (offer for offer in offers if max(map(len, offer)) <= limits.CHOICE)
    return list(islice(short, limits.CHOICES))


def _with_count(name: str, count: int) -> str:
    return f"{name} ({summaries(count) if count else 'no summaries yet'})"


def _titled(post: Post) -> str:
    when = f" ({post.month.label})"
    return f"{shortened(post.title, limits.CHOICE - len(when) - 1)}{when}"
