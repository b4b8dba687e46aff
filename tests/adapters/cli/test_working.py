"""`pprnet worker`, and `pprnet run` with everything that is set up."""

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.cli.ending import until_told
from adapters.cli.serving import _serve
from adapters.cli.working import worker_part
from adapters.wiring import announcing
from bot.channels import Channel
from bot.editions import DeliveryState
from bot.settings import read_settings
from bot.subscriptions import SubscriptionState
from tests.announcements import an_app_on, bring, environment, running, subscribe, this_month
from tests.builders import a_post
from tests.loops import on_a_loop
from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn
from tests.standins.slack_world import GENERAL, TEAM

HERE = Channel("slack", TEAM, GENERAL)


def test_the_worker_sends_what_is_planned_and_ends_when_told(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    @on_a_loop
    async def working() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            app.settings = replace(read_settings(environment(sqlite_url, slack)), index_folder=tmp_path / "index")
            subscribe(app, [HERE])
            bring(app, a_post(this_month(), "Something new"))
            app.newsroom.freeze(app.archive.facts().newest, 6, app.clock())  # type: ignore[arg-type] # there is one
            ending = asyncio.create_task(until_told(_serve(app, [worker_part(app)])))
            await slack.next_call("chat.postMessage")
            os.kill(os.getpid(), signal.SIGTERM)
            await ending
            assert app.ledger.totals() == {DeliveryState.SENT: 1}
            assert app.lanes.holders() == ()

    working()
    assert "announcing on Slack, by 0 9 * * MON#1 America/Toronto" in caplog.text


def test_run_starts_slack_discord_and_the_worker_in_one_process(sqlite_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def everything() -> None:
        async with SlackStandIn() as slack, DiscordStandIn() as discord:
            an_app_on(sqlite_url, tmp_path)
            given = environment(sqlite_url, slack, discord) | {"SLACK_APP_TOKEN": slack.app_token}
            async with running(tmp_path, given, "run") as program:
                await program.said("worker.ready")
                program.end()
                code, said, _ = await program.ended()
            assert code == 0
            for name in ("Slack", "Discord", "Announcements"):
                assert f"{name}: starting; Ctrl+C ends it." in said

    everything()


def test_the_worker_command_is_the_worker(sqlite_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def working() -> None:
        async with DiscordStandIn() as discord:
            an_app_on(sqlite_url, tmp_path)
            async with running(tmp_path, environment(sqlite_url, discord=discord), "worker") as program:
                await program.said("announcing on Discord")
                program.end()
                assert (await program.ended())[0] == 0

    working()


def test_a_channel_of_slack_that_is_back_goes_on_at_once(sqlite_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def coming_back() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            app.settings = read_settings(environment(sqlite_url, slack))
            subscribe(app, [HERE])
            await announcing.back_in_slack(app, HERE)
            assert slack.calls == []
            app.subscriptions.lose(HERE, "It was archived.", app.clock())

            await announcing.back_in_slack(app, HERE)

            subscription = app.subscriptions.here(HERE)
            assert subscription
            assert subscription.state is SubscriptionState.ACTIVE
            (told,) = slack.messages()
            assert "PPRNet is back" in told.text

    coming_back()


def test_a_slack_that_cannot_be_asked_whether_a_channel_is_back_is_asked_another_time(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    @on_a_loop
    async def coming_back() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            subscribe(app, [HERE])
            app.subscriptions.lose(HERE, "It was archived.", app.clock())
            given = environment(sqlite_url, slack) | {"SLACK_BOT_TOKEN": "xoxb-unknown"}
            app.settings = read_settings(given)

            await announcing.back_in_slack(app, HERE)

    coming_back()
    assert "channel.unseen" in {getattr(record, "action", "") for record in caplog.records}
