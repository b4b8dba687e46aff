"""Finding the DOIs of works whose citations name none, and being sure of them."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.folding import words
from bot.merging.claims import title_likeness
from bot.model import Citation
from bot.pages.phrases import counted
from bot.ports.syncing import Dois, Registry, Work

_log = logging.getLogger("pprnet.syncing")

SURE = 0.9
"""The confidence from which on a DOI is taken; see `confidence`."""

LOOK_AGAIN = timedelta(days=90)
"""After how long a work that was not found is looked for again: registries are added to, and corrected."""

_NEXT_YEAR = 0.95
"""What a year of difference leaves of the confidence: what appears online in December is in print the year after."""


@dataclass(frozen=True, slots=True)
class Finds:
    """What a search for DOIs brought: how many works were looked for and found, and how many posts got a DOI."""

    asked: int
    found: int
    posts: int

    @property
    def said(self) -> str:
        """What came of it, a sentence."""
        return f"{self.found:,} of {counted(self.asked, 'missing DOI')} found, for {counted(self.posts, 'post')}."


class DoiFinder:
    """Looks for the DOIs that citations lack."""

    def __init__(self, dois: Dois, registry: Registry, clock: Callable[[], datetime]) -> None:
        """Begin.

        Args:
            dois: where it is kept what was found, and what was not.
            registry: whom to ask.
            clock: returns the time of day, an aware time.
        """
        self._dois = dois
        self._registry = registry
        self._clock = clock

    async def run(self) -> Finds:
        """Look for all that lack; what was found before an interruption is kept.

        Raises:
            SourceError: the registry could not be asked.
            StoreError: the store could not be read or written.
        """
        lacking = await asyncio.to_thread(self._dois.lacking, self._clock() - LOOK_AGAIN)
        asked = [citation for citation in lacking if is_telling(citation)]
        found = 0
        try:
            for citation in asked:
                doi = the_one(citation, await self._registry.works(citation))
                await asyncio.to_thread(self._dois.keep, citation.text, doi, self._clock())
                found += bool(doi)
        finally:
            given = await asyncio.to_thread(self._dois.recall)
        told = (len(asked), found, given)
        _log.info("%d works were looked for, %d found; %d posts got a DOI", *told, extra={"action": "doi.found"})
        return Finds(*told)


def is_telling(citation: Citation) -> bool:
    """Say whether a citation has all parts that a work is known by."""
    return bool(citation.title and citation.authors and citation.year and citation.container)


def the_one(citation: Citation, candidates: Iterable[Work]) -> str:
    """Return the DOI of the one work that a citation surely means; empty when there is none, or when there are two."""
    sure = {work.doi.lower(): work.doi for work in candidates if confidence(citation, work) >= SURE}
    return next(iter(sure.values())) if len(sure) == 1 else ""


def confidence(citation: Citation, work: Work) -> float:
    """Return how surely a citation means a work, from 0 to 1: as sure as the weakest of four parts.

    Title and container: the share of letters in common. The first author's family name: the same or not. The year: the
    same, the one before or after (which leaves 0.95), or not.
    """
    if not is_telling(citation):
        return 0.0
    title = max((title_likeness(citation.title, title) for title in work.titles), default=0.0)
    container = max((title_likeness(citation.container, name) for name in work.containers), default=0.0)
    author = float(words(citation.authors[0].family) == words(work.family))
    return min(title, container, author, _year(citation.year or 0, work.years))


def _year(cited: int, appeared: Iterable[int]) -> float:
    apart = min((abs(cited - year) for year in appeared), default=9)
    return {0: 1.0, 1: _NEXT_YEAR}.get(apart, 0.0)
