"""What is announced: editions, their deliveries, and who sends them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.channels import Channel, Workspace
from bot.editions import DeliveryState, Edition, EditionState, Settlement, Standing, Task
from bot.model import Month, Post


class Newsroom(Protocol):
    """The posts that are to be announced, and the editions they were announced in.

    Every method raises `StoreError` when the store cannot be reached.
    """

    def news(self, since: Month) -> tuple[Post, ...]:
        """Return the posts that are in no edition yet and not older than a month, newest first."""
        ...

    def freeze(self, since: Month, most: int, at: datetime) -> Edition | None:
        """Put the news into an edition; of several processes one does. Posts older than `since` are no news any more.

        Args:
            since: the oldest month that is still news.
            most: with more posts than this the edition is held.
            at: the time of day, an aware time.

        Returns:
            The new edition, or `None` when there is no news.
        """
        ...

    def editions(self, limit: int = 12) -> tuple[Edition, ...]:
        """Return the newest editions, the newest first."""
        ...

    def decide(self, edition: int, state: EditionState) -> Edition | None:
        """Open or discard an edition that is held; `None` when there is no held edition of this number."""
        ...


class Ledger(Protocol):
    """The deliveries: the record of what was sent, and the queue of what is to be.

    Every method raises `StoreError` when the store cannot be reached.
    """

    def plan(self, at: datetime) -> int:
        """Write down a delivery for every active subscription that an open edition has posts for; return how many.

        Editions that are planned already are passed over; each is planned as a whole or not at all, and only once.
        """
        ...

    def claim(
        self, lane: str, worker: str, limit: int, at: datetime, apart_from: Collection[Workspace] = ()
    ) -> tuple[Task, ...]:
        """Take deliveries that are due in a lane that this worker holds; they are its own once this returns.

        What an earlier holder of the lane had in hand comes first, as unsure.

        Args:
            lane: which lane.
            worker: who takes them.
            limit: how many at most.
            at: the time of day, an aware time.
            apart_from: workspaces to leave alone for now.
        """
        ...

    def settle(self, worker: str, settlements: Sequence[Settlement], at: datetime) -> None:
        """Write down what became of tasks, all in one transaction.

        That something was sent counts whoever says so; anything else only from the worker that has the task in hand.
        """
        ...

    def standings(
        self,
        *,
        channel: Channel | None = None,
        states: Collection[DeliveryState] = (),
        edition: int = 0,
        limit: int = 10,
    ) -> tuple[Standing, ...]:
        """Return deliveries as they stand, the newest first; what is empty does not narrow."""
        ...

    def totals(self, edition: int = 0) -> Mapping[DeliveryState, int]:
        """Return how many deliveries of an edition, or of all, are in each state; states without any are left out."""
        ...

    def retry(self, keys: Collection[str], at: datetime) -> int:
        """Make failed and unknown deliveries due again, all of them when no keys are given; return how many.

        What was unknown is looked for before it is sent. Deliveries of subscriptions that are not active stay.
        """
        ...


class Lanes(Protocol):
    """Which worker sends in which lane, under a lease. Raises `StoreError` when the store fails."""

    def hold(
        self, worker: str, most: int, at: datetime, until: datetime, platforms: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Keep the lanes this worker has, take free ones that have deliveries due or in hand, and return all it has.

        Args:
            worker: who holds them.
            most: how many lanes to take in addition, at most.
            at: the time of day, an aware time; leases that ended before are free.
            until: when the lease ends if it is not renewed, an aware time.
            platforms: those that the worker can post on; any when empty. Others' lanes are left to others.
        """
        ...

    def release(self, worker: str, lanes: Collection[str] = ()) -> None:
        """Give lanes up, all that the worker has when none are named."""
        ...

    def holders(self) -> tuple[str, ...]:
        """Return the workers that lanes are held by, those whose leases have ended included."""
        ...

    def next_due(self, at: datetime, platforms: Collection[str] = ()) -> datetime | None:
        """Return when the next delivery is due that nobody has in hand, at the earliest `at`; `None` if none waits.

        Only deliveries on these platforms count, or on any when they are empty.
        """
        ...


class Agenda(Protocol):
    """When the schedule was last followed. Raises `StoreError` when the store fails."""

    def ticks(self) -> tuple[datetime, datetime | None] | None:
        """Return the newest tick that is settled and, if a later one was begun, when it was last looked at.

        `None` before the first tick: a new installation.
        """
        ...

    def begin(self, tick: datetime, at: datetime, not_since: datetime) -> bool:
        """Take it upon oneself to follow a tick now; of several processes one is told so.

        Args:
            tick: the tick of the schedule.
            at: the time of day, an aware time.
            not_since: if somebody looked later than this, they are still at it, or it is too early to look again.
        """
        ...

    def settle(self, tick: datetime) -> None:
        """Write down that a tick is done; earlier ones are done with it."""
        ...
