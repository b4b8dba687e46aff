"""How fast the bot answers in Discord, beside a bare discord.py bot in the same run.

Run with `python -m bench.discord_answers`. Both are processes of their own, each against a stand-in Discord on this
machine; rounds alternate between them. The bare bot sends the very payload that the bot answers with. The model of
meanings is left out: it is no part of what Discord costs. What is measured is the first answer, which Discord waits
three seconds for. Goal: at most 1.5 times as long as in the bare bot, plus one `service.answer`.
"""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.discord.render import answered
from adapters.wiring.app import open_app
from bench.timing import ms, p50, p99, row, times
from bot.requests import Latest
from bot.settings import Settings
from tests.standins.discord import DiscordStandIn

ROUNDS = 200
BATCHES = 10
AT_ONCE = 20


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        answering = _prepare(Path(folder))
        asyncio.run(_measure(Path(folder), answering))


@dataclass
class Contestant:
    """One bot in a Discord of its own, and what was taken."""

    discord: DiscordStandIn
    process: int
    answers: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)
    offers: list[float] = field(default_factory=list)

    async def one(self) -> None:
        """Ask once."""
        self.answers.append(await self._timed())

    async def many(self) -> None:
        """Ask twenty times at once; each answer's time is that from the first question on."""
        self.at_once += await asyncio.gather(*(self._timed() for _ in range(AT_ONCE)))

    async def offered(self) -> None:
        """Type the beginning of a topic."""
        start = time.perf_counter()
        await self.discord.autocomplete("topic", "topic", "burn")
        self.offers.append(time.perf_counter() - start)

    async def _timed(self) -> float:
        start = time.perf_counter()
        reply = await self.discord.command("latest")
        assert reply.message, "there was no answer in time"
        return time.perf_counter() - start

    @property
    def memory(self) -> float:
        """What the process has resident, in MB; Linux only."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _prepare(folder: Path) -> float:
    """Make the archive and the bare bot's payload; return how long one `service.answer` takes."""
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "pprnet.db.index")
    app = open_app(settings, at=datetime.now(UTC))
    payload = answered(app.service.answer(Latest()), Latest()).payload
    (folder / "payload.json").write_text(json.dumps(payload), encoding="utf-8")
    return p50(times(lambda: app.service.answer(Latest()), ROUNDS))


async def _measure(folder: Path, answering: float) -> None:
    async with _running("pprnet", folder) as ours, _running("bare", folder) as theirs:
        for each in (ours, theirs):
            for _ in range(10):
                await each.one()
            each.answers.clear()
        for _ in range(ROUNDS):
            await ours.one()
            await theirs.one()
            await ours.offered()
        for _ in range(BATCHES):
            await ours.many()
            await theirs.many()
        _report(ours, theirs, answering)


def _report(ours: Contestant, theirs: Contestant, answering: float) -> None:
    row("latest in Discord", "pprnet p50", "p99", "bare p50", "p99", "ratio of p50")
    for name, mine, other in (
        ("first answer, one by one", ours.answers, theirs.answers),
        ("first answer, 20 at once", ours.at_once, theirs.at_once),
    ):
        ratio = p50(mine) / p50(other)
        row(name, ms(p50(mine)), ms(p99(mine)), ms(p50(other)), ms(p99(other)), f"{ratio:.2f}")
    row("one service.answer", ms(answering))
    row("goal for answers, one by one", ms(1.5 * p50(theirs.answers) + answering))
    row("topics offered while typing", ms(p50(ours.offers)), ms(p99(ours.offers)))
    row("memory", f"{ours.memory:.0f} MB", "", f"{theirs.memory:.0f} MB", "", f"{ours.memory / theirs.memory:.2f}")


@contextlib.asynccontextmanager
async def _running(name: str, folder: Path) -> AsyncIterator[Contestant]:
    async with DiscordStandIn() as discord:
        command = {
            "pprnet": [sys.executable, "-m", "bench.without_meanings", "discord"],
            "bare": [sys.executable, "-m", "bench.discord_bare", str(folder / "payload.json")],
        }[name]
        environ = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'pprnet.db'}",
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.url,
        }
        process = await asyncio.create_subprocess_exec(*command, env=environ, stderr=asyncio.subprocess.PIPE)
        try:
            assert process.stderr
            while b"discord.ready" not in (line := await process.stderr.readline()):
                assert line, f"{name} did not start"
            yield Contestant(discord, process.pid)
        finally:
            process.terminate()
            await process.communicate()


if __name__ == "__main__":
    main()
