"""What can come of reading a source."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.errors import PprnetError
from bot.importing import Report
from bot.model import Post
from bot.visits import Alarm, VisitFacts


@dataclass(frozen=True, slots=True)
class Synced:
    """A source was read and believed.

    Attributes:
        source: its name.
        facts: the figures of the visit.
        report: what became of its posts.
        withdrawn: the posts that it, and any other source, holds no longer.
        remarks: what the operator should know though nothing is wrong, a sentence each.
        accepted: what spoke against the visit, where the operator accepted it all the same.
    """

    source: str
    facts: VisitFacts
    report: Report
    withdrawn: tuple[Post, ...] = ()
    remarks: tuple[str, ...] = ()
    accepted: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubted:
    """A source was read and not believed; nothing was written.

    Attributes:
        source: its name.
        alarms: what speaks against it.
        aside: where the pages it was read from were put aside; empty when they were not.
    """

    source: str
    alarms: tuple[Alarm, ...]
    aside: str = ""

    @property
    def why(self) -> str:
        """What speaks against it, in one line."""
        return " ".join(alarm.what for alarm in self.alarms)


@dataclass(frozen=True, slots=True)
class Unread:
    """A source could not be read; nothing was written.

    Attributes:
        source: its name.
        error: why.
        aside: where the pages that were read were put aside; empty when they were not.
    """

    source: str
    error: PprnetError
    aside: str = ""

    @property
    def why(self) -> str:
        """Why, a sentence."""
        return self.error.human


Result: TypeAlias = Synced | Doubted | Unread
