"""Where posts come from on their own, and what is remembered of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import SourceError
from bot.model import Citation, Post
from bot.visits import Remembered, Visit, VisitFacts

Known = Callable[[Sequence[Post]], bool]
"""Says whether the archive holds all of some posts in these very words, so that nothing older can be news.

It is called on the event loop; one that asks a database has to be quick.
"""


class NotNowError(SourceError):
    """The source cannot be read just now; what was read is kept, and the next visit goes on from there.

    Attributes:
        after: how long to leave it alone.
    """

    def __init__(self, log: str, human: str, after: timedelta) -> None:
        super().__init__(log, human)
        self.after = after


class BusyError(SourceError):
    """Another sync is reading this source at this moment; it is left to that one."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a visit has come.

    Attributes:
        listing: what list is being read: `the blog`, or the name of a topic or a type of research.
        page: the page of it that was just read, from 1.
        posts: how many different posts the visit has met so far.
    """

    listing: str
    page: int
    posts: int


Progress = Callable[[Step], None]
"""Is told of every page as soon as it is read."""


class Source(Protocol):
    """Where posts come from."""

    @property
    def name(self) -> str:
        """What to call it in reports and in the record of imports: its address."""
        ...

    async def visit(self, known: Known, progress: Progress, *, full: bool) -> Visit:
        """Read the source, the whole of it or as far back as something new appears.

        Raises:
            NotNowError: it cannot be read just now. What was fetched is kept, and the next visit goes on from there.
            BusyError: another visit is under way.
            SourceError: it could not be read.
        """
        ...

    def conclude(self, report: str = "") -> str:
        """Say that a visit is over, whatever became of it: the next one starts anew.

        Args:
            report: why the visit was not believed; what it read is then put aside beside this report.

        Returns:
            Where it was put aside; empty when nothing was.
        """
        ...


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """How a source stands.

    Attributes:
        name: the source's name.
        read_at: when it was last read and believed, an aware time; `None` if never.
        stale_since: when it first failed after that, an aware time; `None` if it did not.
        why: why it failed last, a sentence; empty if it did not.
        rests_until: until when it is left alone unless somebody asks for it, an aware time; `None` if it is not.
        whole: whether the whole of it was read and not believed since, which reading a part cannot make good.
    """

    name: str
    read_at: datetime | None
    stale_since: datetime | None = None
    why: str = ""
    rests_until: datetime | None = None
    whole: bool = False

    @property
    def shown(self) -> str:
        """What to call it before everyone: an address without its scheme, of a folder only that it is one."""
        scheme, colon, rest = self.name.partition("://")
        return rest if colon and scheme in {"http", "https"} else "A folder of saved pages"


@dataclass(frozen=True, slots=True)
class Work:
    """A published work, as a registry of DOIs knows it; what it does not know is empty.

    Attributes:
        doi: its DOI, without any scheme.
        titles: its title, without and with its subtitle.
        family: its first author's family name.
        years: the years in which it appeared, online and in print.
        containers: the journal's or book's names.
    """

    doi: str
    titles: tuple[str, ...]
    family: str
    years: tuple[int, ...]
    containers: tuple[str, ...]


class Registry(Protocol):
    """Where DOIs are registered."""

    async def works(self, citation: Citation) -> tuple[Work, ...]:
        """Return the works that a citation may mean, the likeliest first.

        Raises:
            NotNowError: it does not answer just now.
            SourceError: it cannot be asked.
        """
        ...


class Dois(Protocol):
    """The DOIs that were found for citations that name none. Every method raises `StoreError` when the store fails."""

    def lacking(self, before: datetime) -> tuple[Citation, ...]:
        """Return the citations without a DOI for which none was looked for since a moment, each text once."""
        ...

    def keep(self, citation: str, doi: str, at: datetime) -> None:
        """Keep what was found for the text of a citation; an empty DOI when nothing was."""
        ...

    def recall(self) -> int:
        """Give every post whose citation names no DOI the one that was found for it; return how many posts got one."""
        ...


class Visits(Protocol):
    """What is remembered of visits to sources. Every method raises `StoreError` when the store fails."""

    def last(self, source: str, *, whole: bool) -> Remembered | None:
        """Return the last visit of this extent that was believed; `None` if there was none."""
        ...

    def believe(self, source: str, facts: VisitFacts, at: datetime, *, anew: bool = False) -> None:
        """Keep the facts of a visit that went well; the source is not stale any more.

        Args:
            source: its name.
            facts: the figures of the visit.
            at: when it was, an aware time.
            anew: forget the last visit of the other extent, too: the source is not what it was.
        """
        ...

    def doubt(
        self, source: str, why: str, at: datetime, *, rests_until: datetime | None = None, whole: bool = False
    ) -> None:
        """Note that a source could not be read or believed; it is stale since the first time this was noted.

        Args:
            source: its name.
            why: what is wrong, a sentence.
            at: when this was found, an aware time.
            rests_until: until when to leave it alone unless somebody asks for it, an aware time.
            whole: whether the whole of it was read and not believed; that stays so until it is believed.
        """
        ...

    def standing(self, source: str) -> SourceStanding:
        """Return how a source stands; of one that was never visited, that it was not."""
        ...

    def standings(self) -> tuple[SourceStanding, ...]:
        """Return how each source stands that was ever visited, in alphabetical order."""
        ...
