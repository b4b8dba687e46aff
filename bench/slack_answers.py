"""How fast the bot acknowledges and answers in Slack, beside a bare bolt app with a lazy listener in the same run.

Run with `python -m bench.slack_answers`. Both are processes of their own, by both doors, against a stand-in Slack on
this machine; rounds alternate between them. The bare app sends the very payload that the bot answers with. Goals:
acknowledging takes at most 1.2 times as long as in the bare app, the full answer to `latest` at most 1.5 times as long
plus one `service.answer`, and memory is at most 1.3 times the bare app's.
"""

import asyncio
import contextlib
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.slack.render import render
from adapters.wiring.app import open_app
from bench.timing import ms, p50, p99, row, times
from bot.requests import Latest
from bot.settings import Settings
from tests.standins.slack import SlackStandIn

ROUNDS = 200
BATCHES = 10
AT_ONCE = 20


def main() -> None:
    """Print a table for each door."""
    with tempfile.TemporaryDirectory() as folder:
        answering = _prepare(Path(folder))
        for door in ("socket", "http"):
            asyncio.run(_measure(Path(folder), door, answering))


@dataclass
class Contestant:
    """One app in a Slack of its own, and what was taken."""

    name: str
    slack: SlackStandIn
    process: int
    acks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    acks_at_once: list[float] = field(default_factory=list)
    answers_at_once: list[float] = field(default_factory=list)

    async def one(self) -> None:
        """Ask once."""
        start = time.perf_counter()
        self.acks.append((await self.slack.command("latest")).seconds)
        await self.slack.next_call("response_url")
        self.answers.append(time.perf_counter() - start)

    async def many(self) -> None:
        """Ask twenty times at once; an answer's time is that from the first question to its coming."""
        start = time.perf_counter()
        asking = [asyncio.create_task(self.slack.command("latest")) for _ in range(AT_ONCE)]
        for _ in range(AT_ONCE):
            await self.slack.next_call("response_url")
            self.answers_at_once.append(time.perf_counter() - start)
        self.acks_at_once += [answer.seconds for answer in await asyncio.gather(*asking)]

    @property
    def memory(self) -> float:
        """What the process has resident, in MB; Linux only."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _prepare(folder: Path) -> float:
    """Make the archive and the bare app's payload; return how long one `service.answer` takes."""
    app = open_app(Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "pprnet.db.index"), at=datetime.now(UTC))
    message = render(app.service.answer(Latest()), share=Latest())
    (folder / "payload.json").write_text(json.dumps({"text": message.text, "blocks": message.blocks}), encoding="utf-8")
    return p50(times(lambda: app.service.answer(Latest()), ROUNDS))


async def _measure(folder: Path, door: str, answering: float) -> None:
    async with _running("pprnet", folder, door) as ours, _running("bare", folder, door) as theirs:
        for _ in range(10):
            await ours.one()
            await theirs.one()
        for each in (ours, theirs):
            each.acks.clear()
            each.answers.clear()
        for _ in range(ROUNDS):
            await ours.one()
            await theirs.one()
        for _ in range(BATCHES):
            await ours.many()
            await theirs.many()
        _report(door, ours, theirs, answering)


def _report(door: str, ours: Contestant, theirs: Contestant, answering: float) -> None:
    row(f"{door}: latest", "pprnet p50", "p99", "bare p50", "p99", "ratio of p50")
    _compare("acknowledged, one by one", ours.acks, theirs.acks)
    _compare("acknowledged, 20 at once", ours.acks_at_once, theirs.acks_at_once)
    _compare("answered, one by one", ours.answers, theirs.answers)
    _compare("answered, 20 at once", ours.answers_at_once, theirs.answers_at_once)
    row("one service.answer", ms(answering))
    row("goal for answers, one by one", ms(1.5 * p50(theirs.answers) + answering))
    row("memory", f"{ours.memory:.0f} MB", "", f"{theirs.memory:.0f} MB", "", f"{ours.memory / theirs.memory:.2f}")
    print()


def _compare(name: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    row(name, ms(p50(ours)), ms(p99(ours)), ms(p50(theirs)), ms(p99(theirs)), f"{p50(ours) / p50(theirs):.2f}")


@contextlib.asynccontextmanager
async def _running(name: str, folder: Path, door: str) -> AsyncIterator[Contestant]:
    async with SlackStandIn() as slack:
        port = _free_port()
        payload = str(folder / "payload.json")
        command = {
            "pprnet": [str(Path(sys.executable).with_name("pprnet")), "slack"],
            "bare": [sys.executable, "-m", "bench.slack_bare", door, str(port), payload],
        }[name]
        process = await asyncio.create_subprocess_exec(
            *command, env=_environment(slack, folder, door, port, name), stderr=asyncio.subprocess.PIPE
        )
        try:
            assert process.stderr
            while b"slack.ready" not in (line := await process.stderr.readline()):
                assert line, f"{name} did not start"
            if door == "http":
                slack.post_to(f"http://127.0.0.1:{port}/slack/events")
            yield Contestant(name, slack, process.pid)
        finally:
            process.terminate()
            await process.communicate()


def _environment(slack: SlackStandIn, folder: Path, door: str, port: int, name: str) -> dict[str, str]:
    given = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'pprnet.db'}",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.url,
        "PORT": str(port),
    }
    if name == "pprnet" and door == "http":
        given["SLACK_APP_TOKEN"] = ""
    return given


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
