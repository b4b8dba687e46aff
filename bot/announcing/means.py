"""What announcing works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.announcing.aside import Aside
from bot.announcing.backoff import Draw
from bot.announcing.clock import Clock
from bot.announcing.messages import Compose
from bot.announcing.pacing import Limits
from bot.ports.announcing import Agenda, Lanes, Ledger, Newsroom
from bot.ports.archive import Archive
from bot.ports.platform import Publisher
from bot.ports.subscribing import Subscriptions


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept that announcing needs."""

    archive: Archive
    newsroom: Newsroom
    subscriptions: Subscriptions
    ledger: Ledger
    lanes: Lanes
    agenda: Agenda


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where announcements go, and what they say.

    Attributes:
        publishers: the platforms that can be posted on, by name.
        compose: makes the message.
        limits: what each platform allows, by name; without a name nothing is limited.
    """

    publishers: Mapping[str, Publisher]
    compose: Compose
    limits: Mapping[str, Limits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """What workers are called.

    Attributes:
        fresh: makes a name that no worker ever had.
        is_dead: says whether the worker of a name is known to have ended.
    """

    fresh: Callable[[], str]
    is_dead: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Means:
    """What is the same for all parts of one worker.

    Attributes:
        clock: the time.
        draw: chance.
        aside: calls the stores.
    """

    clock: Clock
    draw: Draw
    aside: Aside
