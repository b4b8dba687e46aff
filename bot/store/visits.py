"""What is remembered of visits to sources, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, func, select

from bot.ports.syncing import SourceStanding
from bot.store.engine import reading, updating
from bot.store.rows import storable
from bot.store.syncing import doubts, visits
from bot.store.upserts import insert_missing, upsert
from bot.visits import Remembered, VisitFacts, read_facts, write_facts


class SqlVisits:
    """The visits in a database: `bot.ports.syncing.Visits`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self, source: str, *, whole: bool) -> Remembered | None:
        """Return the last visit of this extent that was believed; `None` if there was none that this version reads."""
        wanted = select(visits.c.facts, visits.c.at).where(visits.c.source == storable(source), visits.c.whole == whole)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        try:
            return Remembered(read_facts(row.facts), row.at)
        except ValueError:  # of another version: as good as none
            return None

    def believe(self, source: str, facts: VisitFacts, at: datetime, *, anew: bool = False) -> None:
        """Keep the facts of a visit that went well; the source is not stale any more.

        Args:
            source: its name.
            facts: the figures of the visit.
            at: when it was, an aware time.
            anew: forget the last visit of the other extent, too.
        """
        name = storable(source)
        values = {"at": at, "facts": write_facts(facts)}
        with updating(self._engine) as connection:
            if anew:
                connection.execute(delete(visits).where(visits.c.source == name))
            upsert(connection, visits, {"source": name, "whole": facts.full}, values)
            connection.execute(delete(doubts).where(doubts.c.source == name))

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
        key = {"source": storable(source)}
        told = {"why": storable(why), "rests_until": rests_until, **({"whole": True} if whole else {})}
        with updating(self._engine) as connection:
            insert_missing(connection, doubts, key, told | {"since": at})
            connection.execute(doubts.update().where(doubts.c.source == key["source"]).values(**told))

    def standing(self, source: str) -> SourceStanding:
        """Return how a source stands; of one that was never visited, that it was not."""
        name = storable(source)
        return next((one for one in self.standings() if one.name == name), SourceStanding(name, None))

    def standings(self) -> tuple[SourceStanding, ...]:
        """Return how each source stands that was ever visited, in alphabetical order."""
        with reading(self._engine) as connection:
            read = {row.source: row.at for row in connection.execute(_READ)}
            doubted = {row.source: row for row in connection.execute(select(doubts))}
        names = sorted(read.keys() | doubted.keys())
        return tuple(_standing(name, read.get(name), doubted.get(name)) for name in names)


def _standing(name: str, read_at: datetime | None, doubt: Row[Any] | None) -> SourceStanding:
    if doubt is None:
        return SourceStanding(name, read_at)
    return SourceStanding(name, read_at, doubt.since, doubt.why, doubt.rests_until, doubt.whole)


_READ = select(visits.c.source, func.max(visits.c.at).label("at")).group_by(visits.c.source)
