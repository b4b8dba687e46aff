"""Several workers at once, on one database: they share the work, and none does what another does."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from adapters.wiring.app import App
from bot.announcing.editor import Editor
from bot.channels import Channel
from bot.editions import DeliveryState
from tests.announcements import Program, an_app_on, bring, environment, run, running, slack_rooms, subscribe, this_month
from tests.builders import a_post
from tests.chaos.scenes import once_each, posted, strike, until_all
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.discord_world import GUILD
from tests.standins.discord_world import Channel as Room
from tests.standins.slack import SlackStandIn

CHANNELS = 30


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_share_two_platforms(postgresql_url: str, tmp_path: Path, workers: int) -> None:
    @on_a_loop
    async def sharing() -> None:
        async with SlackStandIn() as slack, DiscordStandIn() as discord:
            discord.api.nonce_seconds = 0.0  # so that nothing but the ledger keeps messages from being doubled
            app = an_app_on(postgresql_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            rooms = [f"{number}" for number in range(7_000_000, 7_000_000 + CHANNELS)]
            discord.world.channels.update({room: Room(room, f"room-{room}") for room in rooms})
            subscribe(app, channels)
            subscribe(app, [Channel("discord", GUILD, room) for room in rooms])
            given = environment(postgresql_url, slack, discord)
            async with contextlib.AsyncExitStack() as stack:
                programs = [await stack.enter_async_context(running(tmp_path, given, "worker")) for _ in range(workers)]
                bring(app, a_post(this_month(), "Something new"))
                announced = await asyncio.gather(*(run(tmp_path, given, "announce") for _ in range(2)))
                await until_all(app, DeliveryState.SENT, 2 * CHANNELS)
                for program in programs:
                    program.end()
                ends = await asyncio.gather(*(program.ended() for program in programs))

            assert [code for code, *_ in (*announced, *ends)] == [0] * (workers + 2)
            assert len(app.newsroom.editions()) == 1
            assert posted(slack) == once_each(channels)
            assert [len(discord.messages(room)) for room in rooms] == [1] * CHANNELS

    sharing()


def test_a_worker_goes_on_where_another_was_killed(archive_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def taking_over() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(archive_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            editor, given = Editor(app.newsroom, app.ledger), environment(archive_url, slack)
            editor.freeze(app.clock())
            assert editor.plan(app.clock()) == CHANNELS
            async with running(tmp_path, given, "worker") as one, running(tmp_path, given, "worker") as other:
                strike(slack, 12, lambda: _kill_holder(app, one, other), accepted=True)
                await until_all(app, DeliveryState.SENT, CHANNELS)
                assert [one.process.returncode, other.process.returncode].count(None) == 1
            assert posted(slack) == once_each(channels)

    taking_over()


def _kill_holder(app: App, *programs: Program) -> None:
    """Kill the one that sends: the name that a lane is held by says which process it is."""
    (holder,) = app.lanes.holders()
    (sending,) = (program for program in programs if f":{program.process.pid}." in holder)
    sending.kill()
