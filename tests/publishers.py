"""A chat platform in memory: it keeps what it is given, and goes wrong as it is told to."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.announcing.clock import Clock
from bot.channels import Channel
from bot.outcomes import Delivery, Finding, NotSent, Outcome, Reach, Sent, Unsure
from bot.views import View


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, and when it arrived, in seconds of the platform's clock."""

    key: str
    channel: Channel
    view: View
    at: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The message arrives, or does not, and nobody says so."""

    arrives: bool = True


@dataclass(slots=True)
class FakePublisher:
    """A platform: `bot.ports.platform.Publisher`.

    Attributes:
        clock: the time; a call takes `seconds` of it.
        messages: what arrived.
        searches: the keys of the deliveries that were looked for.
        told: whom something was said to, and what.
        outcomes: what the next posts come to; when there are none left, they arrive.
        findings: what the next searches find; when there are none left, what is there.
        out_of_reach: what channels say when they are asked whether they can be posted in.
        dead: workspaces that answer no call for thirty seconds.
    """

    clock: Clock
    seconds: float = 0.02
    messages: list[Posted] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    told: list[tuple[str, View]] = field(default_factory=list)
    outcomes: deque[Outcome | Lost | None] = field(default_factory=deque)
    findings: deque[Finding | None] = field(default_factory=deque)
    out_of_reach: dict[str, Reach] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    tells: bool = True
    hears: Callable[[Delivery], None] = field(default=lambda _: None)

    async def publish(self, delivery: Delivery, view: View) -> Outcome:
        """Keep a message, unless it is to go wrong."""
        self.hears(delivery)
        if delivery.channel.workspace in self.dead:
            await self.clock.wait(30.0)
            return Unsure("It did not answer in time.")
        await self.clock.wait(self.seconds)
        outcome = self.outcomes.popleft() if self.outcomes else None
        if outcome is None or (isinstance(outcome, Lost) and outcome.arrives):
            self.messages.append(Posted(delivery.key, delivery.channel, view, self.clock.elapsed()))
        if outcome is None:
            return Sent(f"m{len(self.messages)}", f"https://chat.example/{len(self.messages)}")
        return Unsure("The answer was lost.") if isinstance(outcome, Lost) else outcome

    async def find(self, delivery: Delivery) -> Finding:
        """Look for a message among those that arrived."""
        self.searches.append(delivery.key)
        if delivery.channel.workspace in self.dead:
            await self.clock.wait(30.0)
            return Unsure("It did not answer in time.")
        await self.clock.wait(self.seconds)
        if self.findings and (finding := self.findings.popleft()) is not None:
            return finding
        there = [message for message in self.messages if message.key == delivery.key]
        return Sent(there[0].key) if there else NotSent()

    async def reach(self, channel: Channel) -> Reach:
        """Say whether a channel can be posted in."""
        return self.out_of_reach.get(channel.id)

    async def tell(self, channel: Channel, user: str, view: View) -> bool:  # noqa: ARG002 - the port's
        """Keep what a person is told."""
        self.told.append((user, view))
        return self.tells
