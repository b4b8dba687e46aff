"""Which workspaces take messages at this moment, so that one that does not never holds up another."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.announcing.backoff import Draw
from bot.announcing.circuit import Circuit, PlatformCircuit
from bot.announcing.clock import Clock
from bot.announcing.pacing import ChannelPaces, Limits, Pace
from bot.channels import Channel, Workspace
from bot.outcomes import Finding, Gone, NotSent, Outcome, Refused, Scope, Sent, TryLater, Unsure

_log = logging.getLogger("pprnet.announcing")

TURNS = 8
"""Messages under way at once in one workspace: of a hundred in all, a workspace that does not answer takes eight."""

ENOUGH, FEW = 50, 20
"""With so many deliveries of one workspace in hand no more are claimed for it, until only a few are left."""


class Gate:
    """What is known of one workspace.

    Attributes:
        turns: bounds how many of its messages are under way.
        circuit: whether it takes messages.
        pace: when it takes the next one.
        in_hand: how many of its deliveries are claimed.
        full: nothing more is to be claimed for it.
    """

    __slots__ = ("circuit", "full", "in_hand", "pace", "turns")

    def __init__(self, limits: Limits, draw: Draw) -> None:
        self.turns = asyncio.Semaphore(TURNS)
        self.circuit = Circuit(draw)
        self.pace = Pace(limits.workspace, limits.burst)
        self.in_hand = 0
        self.full = False


class Gates:
    """The workspaces of one lane.

    Attributes:
        parked: how many deliveries wait for their workspace's turn: they keep no other from being claimed.
        news: set when more can be claimed for a workspace than before.
    """

    def __init__(self, platform: PlatformCircuit, limits: Limits, clock: Clock, draw: Draw) -> None:
        """Begin with workspaces that work.

        Args:
            platform: whether the platform takes messages that all of them are on.
            limits: how many messages the platform takes.
            clock: the time.
            draw: chance.
        """
        self._platform = platform
        self._limits = limits
        self._clock = clock
        self._draw = draw
        self._gates: dict[Workspace, Gate] = {}
        self._channels = ChannelPaces(limits.channel)
        self.parked = 0
        self.news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._gates)

    @contextmanager
    def claimed(self, workspace: Workspace) -> Iterator[Gate]:
        """Give the gate of a delivery for as long as it is claimed."""
        gate = self._gates.get(workspace)
        if gate is None:
            gate = self._gates[workspace] = Gate(self._limits, self._draw)
        gate.in_hand += 1
        gate.full = gate.full or gate.in_hand >= ENOUGH
        try:
            yield gate
        finally:
            gate.in_hand -= 1
            if gate.full and gate.in_hand <= FEW:
                gate.full = False
                self.news.set()
            if self._is_idle(gate):
                del self._gates[workspace]

    @asynccontextmanager
    async def turn(self, gate: Gate) -> AsyncIterator[None]:
        """Wait for one of a workspace's turns, and have it as long as the context lasts."""
        self.parked += 1
        try:
            await gate.turns.acquire()
        finally:
            self.parked -= 1
        try:
            yield
        finally:
            gate.turns.release()

    def sweep(self) -> None:
        """Forget workspaces of which nothing is known that would be missed."""
        for workspace in [workspace for workspace, gate in self._gates.items() if self._is_idle(gate)]:
            del self._gates[workspace]

    def busy(self) -> list[Workspace]:
        """Return the workspaces that nothing more should be claimed for at this moment."""
        now = self._clock.elapsed()
        return [name for name, gate in self._gates.items() if gate.full or gate.circuit.wait(now)]

    def opens_in(self) -> float:
        """Return the seconds until messages may be tried that are not tried now; 0 when nothing is left alone."""
        now = self._clock.elapsed()
        waits = [wait for gate in self._gates.values() if (wait := gate.circuit.wait(now))]
        return max(self._platform.wait(now), min(waits, default=0.0))

    def are_closed(self) -> bool:
        """Say whether the platform takes nothing at this moment."""
        return self._platform.wait(self._clock.elapsed()) > 0

    def wait(self, gate: Gate) -> float:
        """Return the seconds until a message may be tried, as its workspace and the platform are at this moment."""
        now = self._clock.elapsed()
        return max(self._platform.wait(now), gate.circuit.wait(now))

    def take_turn(self, gate: Gate, channel: Channel) -> float:
        """Take the next turn in a workspace and a channel; return the seconds until it comes."""
        now = self._clock.elapsed()
        return max(gate.pace.take(now), self._channels.take(channel.id, now))

    @contextmanager
    def trying(self, gate: Gate) -> Iterator[None]:
        """Try a message: what does not work is tried with one at a time."""
        gate.circuit.begin()
        self._platform.begin()
        try:
            yield
        finally:
            gate.circuit.end()
            self._platform.end()

    def heed(self, gate: Gate, channel: Channel, outcome: Outcome | Finding) -> None:
        """Learn from what became of a message, about what it says something of and nothing else."""
        workspace, platform = gate.circuit.tripped, self._platform.tripped
        self._learn(gate, channel, outcome, self._clock.elapsed())
        if gate.circuit.tripped is not workspace:
            _tell(f"{channel.workspace} of {channel.platform}", outcome, works=workspace)
        if self._platform.tripped is not platform:
            _tell(channel.platform, outcome, works=platform)

    def _learn(self, gate: Gate, channel: Channel, outcome: Outcome | Finding, now: float) -> None:
        match outcome:
            case TryLater(after=after, scope=scope):
                self._delay(gate, channel, scope, now, after)
            case Unsure():
                gate.circuit.fail(now)
                self._platform.suspect(channel.home, now)
            case Sent() | NotSent() | Gone() | Refused():
                gate.circuit.succeed()
                self._platform.succeed()

    def _delay(self, gate: Gate, channel: Channel, scope: Scope, now: float, after: float | None) -> None:
        match scope:
            case Scope.PLATFORM:
                self._platform.fail(now, after)
            case Scope.WORKSPACE:
                gate.circuit.fail(now, after)
            case Scope.CHANNEL:
                self._channels.hold(channel.id, now + (after or 0.0))

    def _is_idle(self, gate: Gate) -> bool:
        return not gate.in_hand and not gate.circuit.failures and gate.pace.is_free(self._clock.elapsed())


def _tell(name: str, outcome: Outcome | Finding, *, works: bool) -> None:
    """Tell the operator that a workspace or a platform has stopped working, or works again."""
    if works:
        _log.info("%s takes messages again", name, extra={"action": "send.again"})
    else:
        why = getattr(outcome, "why", "")
        _log.warning("%s is left alone for a while: %s", name, why, extra={"action": "send.backoff"})
