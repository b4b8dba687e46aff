"""The database: everything that is kept in it."""

import weakref
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.migrate import is_current, migrate

if TYPE_CHECKING:
    from bot.meaning.minilm import MiniLm
    from bot.ports.archive import Archive
    from bot.store.agenda import SqlAgenda
    from bot.store.census import SqlCensus
    from bot.store.lanes import SqlLanes
    from bot.store.ledger import SqlLedger
    from bot.store.newsroom import SqlNewsroom
    from bot.store.recorder import SqlRecorder
    from bot.store.registrations import SqlRegistrations
    from bot.store.subscriptions import SqlSubscriptions
    from bot.store.vectors import SqlVectors
    from bot.store.visits import SqlVisits


class Database:
    """What is kept in the database; each store is made when it is first needed."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        """Open nothing yet.

        Args:
            settings: what the operator set.
            clock: returns the time of day, an aware time.

        Raises:
            StoreError: the address of the database is none.
        """
        self.settings = settings
        self.clock = clock
        self._engine = open_engine(settings.database_url)
        weakref.finalize(self, self._engine.dispose)  # connections are closed with the bot, at the latest at exit
        self.archive = SqlArchive(self._engine)

    @cached_property
    def public_archive(self) -> "Archive":
        """The posts as everyone may see them on the web."""
        from bot.store.abridged import AbridgedArchive

        return self.archive if self.settings.web.show_full_text else AbridgedArchive(self.archive)

    @cached_property
    def recorder(self) -> "SqlRecorder":
        """The archive, to write."""
        from bot.store.recorder import SqlRecorder

        return SqlRecorder(self._engine)

    @cached_property
    def visits(self) -> "SqlVisits":
        """What is remembered of visits to sources."""
        from bot.store.visits import SqlVisits

        return SqlVisits(self._engine)

    @cached_property
    def subscriptions(self) -> "SqlSubscriptions":
        """What channels have asked for."""
        from bot.store.subscriptions import SqlSubscriptions

        return SqlSubscriptions(self._engine)

    @cached_property
    def newsroom(self) -> "SqlNewsroom":
        """What is to be announced, and the editions."""
        from bot.store.newsroom import SqlNewsroom

        return SqlNewsroom(self._engine)

    @cached_property
    def ledger(self) -> "SqlLedger":
        """The deliveries."""
        from bot.store.ledger import SqlLedger

        return SqlLedger(self._engine)

    @cached_property
    def census(self) -> "SqlCensus":
        """How the posts are spread over years and topics."""
        from bot.store.census import SqlCensus

        return SqlCensus(self._engine)

    @cached_property
    def lanes(self) -> "SqlLanes":
        """Which worker sends in which lane."""
        from bot.store.lanes import SqlLanes

        return SqlLanes(self._engine)

    @cached_property
    def agenda(self) -> "SqlAgenda":
        """When the schedule was last followed."""
        from bot.store.agenda import SqlAgenda

        return SqlAgenda(self._engine)

    @cached_property
    def registrations(self) -> "SqlRegistrations":
        """What platforms were told of the commands."""
        from bot.store.registrations import SqlRegistrations

        return SqlRegistrations(self._engine)

    def _vectors(self, meaning: "MiniLm") -> "SqlVectors":
        from bot.store.vectors import SqlVectors

        return SqlVectors(self._engine, meaning.model)

    def is_current(self) -> bool:
        """Say whether the database's tables are those of this version."""
        return is_current(self._engine)

    def check(self) -> None:
        """Look through the database for damage.

        Raises:
            StoreError: it is damaged, or cannot be read.
        """
        from bot.store.soundness import check

        check(self._engine)

    def migrate(self) -> None:
        """Bring the database's tables up to this version."""
        migrate(self._engine)
