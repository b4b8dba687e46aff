"""News, subscribed channels, and processes that announce the one in the other."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from adapters.wiring.app import App, open_app
from bot.channels import Channel
from bot.model import Month, Post, PostOrigin, Reading
from bot.settings import Settings
from bot.subscriptions import Filter, Subscription
from tests.builders import a_post
from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn
from tests.standins.slack_world import TEAM
from tests.standins.slack_world import Channel as Room

_SET = ("SLACK_", "DISCORD_", "PPRNET_", "DATABASE_URL", "LOG_FORMAT", "PORT")


def this_month() -> str:
    """Return the month that news is of when a real process looks, as posts have it."""
    now = datetime.now(UTC)
    return str(Month(now.year, now.month))


def an_app_on(url: str, folder: Path) -> App:
    """Return the bot on a database, with an archive that is no news: a post of the past."""
    app = open_app(Settings(url, folder / "index"), at=datetime.now(UTC), furnished=False)
    bring(app, a_post("2015-03", "What was there before"))
    return app


def bring(app: App, *posts: Post) -> None:
    """Import posts; those that come after the first import are news."""
    imported = tuple(replace(post, origin=PostOrigin.IMPORTED) for post in posts)
    app.importer.take([Reading("posts", imported)], source="a test", at=datetime.now(UTC))


def subscribe(app: App, channels: Iterable[Channel], filter_: Filter = Filter()) -> list[Subscription]:  # noqa: B008
    """Subscribe channels."""
    now = datetime.now(UTC)
    return [
        app.subscriptions.save(Subscription(0, channel, f"#{channel.id}", private=False, by="U0CAROL", since=now,
                                            filter=filter_, state_since=now))
        for channel in channels
    ]  # fmt: skip


def slack_rooms(slack: SlackStandIn, count: int, team: str = TEAM) -> list[Channel]:
    """Make public channels that the bot is in."""
    names = [f"C{number:05}{team[1:]}" for number in range(count)]
    slack.world.channels.update({name: Room(name, name.lower(), team=team) for name in names})
    return [Channel("slack", team, name) for name in names]


def environment(url: str, slack: SlackStandIn | None = None, discord: DiscordStandIn | None = None) -> dict[str, str]:
    """Return what a process is told: a database, and the stand-ins."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(_SET)}
    given = {**bare, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    if slack is not None:
        given |= {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.url}
    if discord is not None:
        given |= {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.url}
    return given


class Program:
    """A `pprnet` that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    def kill(self) -> None:
        """End it as a power cut does."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)

    def end(self) -> None:
        """Tell it to end."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)

    async def said(self, words: str) -> None:
        """Wait until the log has said this; what was said up to there is not told at the end."""
        assert self.process.stderr
        seen = ""
        while words not in seen:
            line = (await self.process.stderr.readline()).decode()
            assert line, seen
            seen += line

    async def ended(self) -> tuple[int, str, str]:
        """Wait for its end; return how it ended, and what it said on both streams."""
        out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, out.decode(), err.decode()


@contextlib.asynccontextmanager
async def running(folder: Path, given: Mapping[str, str], *words: str) -> AsyncIterator[Program]:
    """Run `pprnet` with these words."""
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("pprnet")), *words, cwd=folder, env=given,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    program = Program(process)
    try:
        yield program
    finally:
        if process.returncode is None:
            program.kill()
            await process.communicate()


async def run(folder: Path, given: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    """Run `pprnet` with these words to its end."""
    async with running(folder, given, *words) as program:
        return await program.ended()
