"""A worker's surroundings for tests: real stores on a file or a server, platforms in memory, and a clock that jumps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine

from bot.announcing.editor import Editor
from bot.announcing.means import Names, Outlets, Stores
from bot.announcing.pacing import Limits
from bot.announcing.sender import Sender
from bot.channels import Channel
from bot.editions import DeliveryState
from bot.errors import StoreError
from bot.model import Post, PostOrigin
from bot.pages.announcement import announcement
from bot.ports.platform import Publisher
from bot.store.agenda import SqlAgenda
from bot.store.archive import SqlArchive
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.store.newsroom import SqlNewsroom
from bot.store.recorder import SqlRecorder
from bot.store.subscriptions import SqlSubscriptions
from bot.subscriptions import Filter, Subscription, SubscriptionState
from tests.builders import a_post
from tests.publishers import FakePublisher
from tests.simulation import START, Simulation

_numbers = count(1)


def stores_on(engine: Engine) -> Stores:
    """Return the real stores."""
    return Stores(
        SqlArchive(engine),
        SqlNewsroom(engine),
        SqlSubscriptions(engine),
        SqlLedger(engine),
        SqlLanes(engine),
        SqlAgenda(engine),
    )


@dataclass(slots=True)
class Scene:
    """Channels that wait for news, and platforms to post on."""

    simulation: Simulation
    engine: Engine
    stores: Stores
    platforms: dict[str, FakePublisher]
    limits: dict[str, Limits] = field(default_factory=dict)

    @property
    def discord(self) -> FakePublisher:
        """The platform whose channels are all in one lane."""
        return self.platforms["discord"]

    def subscribe(self, *channels: Channel, filter_: Filter = Filter()) -> None:  # noqa: B008
        """Subscribe channels."""
        for channel in channels:
            self.stores.subscriptions.save(
                Subscription(0, channel, f"#{channel.id}", False, "U1", START, filter_, state_since=START)
            )

    def bring(self, *posts: Post) -> None:
        """Import posts."""
        imported = [replace(post, origin=PostOrigin.IMPORTED) for post in posts]
        SqlRecorder(self.engine).record(imported, source="a test", at=self.simulation.clock.now())

    def plan(self, title: str = "Something new") -> int:
        """Bring a post, freeze an edition of it and plan its deliveries."""
        now = self.simulation.clock.now()
        words = (f"{title.replace(' ', '')}{number}" for number in range(9))  # unlike those of any other
        self.bring(a_post(f"{now:%Y-%m}", title, summary=(" ".join(words),), implications=()))
        editor = Editor(self.stores.newsroom, self.stores.ledger)
        assert editor.freeze(now)
        return editor.plan(now)

    def sender(self, *, stores: Stores | None = None, dead: Sequence[str] = ()) -> Sender:
        """Return a sender with a name of its own."""
        names = Names(lambda: f"worker-{next(_numbers)}", lambda name: name in dead)
        publishers: Mapping[str, Publisher] = self.platforms
        outlets = Outlets(publishers, announcement, self.limits)
        return Sender(stores or self.stores, outlets, names, self.simulation.means)

    async def send(self) -> None:
        """Send whatever is due, until nothing is."""
        await self.sender().run(until_idle=True)

    async def send_for(self, seconds: float) -> int:
        """Send whatever comes due within some time, hours passed over; return how many runs that took."""
        clock, runs = self.simulation.clock, 0
        end = clock.now() + timedelta(seconds=seconds)
        await self.send()
        while (due := self.stores.lanes.next_due(clock.now())) and due < end:
            clock.skip((due - clock.now()).total_seconds())
            await self.send()
            runs += 1
        clock.skip(max(0.0, (end - clock.now()).total_seconds()))
        return runs

    def states(self) -> Mapping[DeliveryState, int]:
        """Return how many deliveries are in each state."""
        return dict(self.stores.ledger.totals())

    def subscribed(self, channel: Channel) -> SubscriptionState:
        """Return how a channel's subscription stands."""
        subscription = self.stores.subscriptions.here(channel)
        assert subscription
        return subscription.state

    def posted(self, platform: str = "discord") -> Counter[str]:
        """Return how many messages each channel has."""
        return Counter(message.channel.id for message in self.platforms[platform].messages)


def a_scene(engine: Engine, simulation: Simulation, *platforms: str) -> Scene:
    """Return a scene with an archive that is no news."""
    made = {name: FakePublisher(simulation.clock) for name in platforms or ("discord",)}
    scene = Scene(simulation, engine, stores_on(engine), made)
    scene.bring(a_post("2015-03", "What was there before"))
    return scene


def rooms(count_: int, workspace: str = "g1", platform: str = "discord") -> list[Channel]:
    """Return channels of one workspace."""
    return [Channel(platform, workspace, f"{workspace}-c{number}") for number in range(count_)]


class Absent:
    """A part of the store that fails as long as it is told to, in some methods or in all; else the part itself."""

    def __init__(self, part: Any, *methods: str) -> None:
        self._part = part
        self._methods = methods
        self.fails = False
        self.after_the_fact = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if self._methods and name not in self._methods:
            return method

        def called(*args: Any, **given: Any) -> Any:
            if self.fails and self.after_the_fact:
                method(*args, **given)
            if self.fails:
                raise StoreError("the store is away")
            return method(*args, **given)

        return called
