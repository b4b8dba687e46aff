"""One stretch of sending under one name: it ends when the process does, and whenever the database fails."""

import asyncio

from bot.announcing.lease import Lease
from bot.announcing.outage import Outage
from bot.errors import StoreError


class Session:
    """What all who send together have to know.

    After a failure of the database nobody knows which deliveries were claimed. So the session ends: the next one has
    another name, and finds whatever this one had in hand as anyone else would, by looking for it first.

    Attributes:
        worker: the name that lanes and deliveries are held by.
        lease: for how long they are.
        over: set when nothing more should be begun.
    """

    def __init__(self, worker: str, lease: Lease, outage: Outage) -> None:
        """Begin.

        Args:
            worker: the name.
            lease: of this name alone.
            outage: whether the database is away.
        """
        self.worker = worker
        self.lease = lease
        self.over = asyncio.Event()
        self._outage = outage

    def may_send(self) -> bool:
        """Say whether a message may be sent at this moment."""
        return not self.over.is_set() and not self._outage.on and self.lease.covers_a_call()

    def fail(self, error: StoreError) -> None:
        """End because of the database."""
        self._outage.begin(error)
        self.over.set()


class Holding:
    """A lane that is held within a session.

    Attributes:
        lane: which one.
        session: who holds it, and for how long.
        lost: somebody else has it now.
    """

    def __init__(self, lane: str, session: Session) -> None:
        self.lane = lane
        self.session = session
        self.lost = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more should be begun in it."""
        return self.lost or self.session.over.is_set()

    def may_send(self) -> bool:
        """Say whether a message may be sent in it at this moment."""
        return not self.lost and self.session.may_send()
