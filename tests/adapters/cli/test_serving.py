"""`pprnet slack` as a process: from its start to a signal, by either door."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.cli.ending import until_told
from adapters.cli.main import main
from adapters.cli.serving import _serve, slack_part
from adapters.wiring.app import App
from adapters.wiring.platforms import database_ready
from bot.settings import Settings, read_settings
from tests.apps import an_app
from tests.builders import a_post
from tests.loops import on_a_loop, until
from tests.processes import PROGRAM, Running, running
from tests.slackbots import DOORS
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import Silence

Said = pytest.CaptureFixture[str]


def environment(slack: SlackStandIn, door: str, folder: Path) -> dict[str, str]:
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    key = {"SLACK_APP_TOKEN": slack.app_token} if door == "socket" else {"SLACK_SIGNING_SECRET": slack.signing_secret}
    (folder / ".env").write_text("PORT=0\n")  # in the file, so that the server keeps to this machine
    database = f"sqlite:///{folder / 'pprnet.db'}"
    return {**bare, **key, "DATABASE_URL": database, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.url}


@contextlib.asynccontextmanager
async def started(slack: SlackStandIn, door: str, folder: Path, command: str = "slack") -> AsyncIterator[Running]:
    async with running(folder, environment(slack, door, folder), command) as process:
        await process.read_until("slack.ready:")
        if door == "http":
            slack.post_to(f"{process.address}/slack/events")
        yield process


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_it_answers_until_it_is_told_to_end(door: str, tmp_path: Path) -> None:
    @on_a_loop
    async def answering() -> None:
        async with SlackStandIn() as slack, started(slack, door, tmp_path) as running:
            await slack.command("topic burnout")
            message = (await slack.next_call("response_url")).message
            assert message
            assert message.text.startswith("Burnout: 4 summaries")
            async with aiohttp.ClientSession() as session, session.get(f"{running.address}/ready") as response:
                assert (await response.json())["checks"] == {"database": "ok", "slack": "ok"}

            assert await running.end() == 0
            assert "xoxb-" not in running.log
            assert "burnout" not in running.log

    answering()


def test_what_is_in_hand_is_finished_before_the_end(door: str, tmp_path: Path) -> None:
    @on_a_loop
    async def finishing() -> None:
        async with SlackStandIn() as slack, started(slack, door, tmp_path) as running:
            for text in ("latest", "topic burnout", "search attachment"):
                assert (await slack.command(text)).acked
            assert await running.end() == 0
            assert [call.ok for call in slack.calls_of("response_url")] == [True] * 3

    finishing()


def test_a_second_signal_does_not_disturb_the_end(tmp_path: Path) -> None:
    @on_a_loop
    async def ending() -> None:
        async with SlackStandIn() as slack, started(slack, "socket", tmp_path) as running:
            running.process.send_signal(signal.SIGINT)
            await running.read_until("told to end")
            with contextlib.suppress(ProcessLookupError):
                running.process.send_signal(signal.SIGTERM)
            await running.process.communicate()
            assert running.process.returncode == 0

    ending()


def test_a_signal_during_the_start_is_heeded(tmp_path: Path) -> None:
    @on_a_loop
    async def starting() -> None:
        async with SlackStandIn() as slack:
            slack.fail("auth.test", Silence())
            ending = asyncio.create_task(_end_when_asked(slack, tmp_path))
            await slack.next_call("auth.test")
            assert await ending == 0

    starting()


async def _end_when_asked(slack: SlackStandIn, folder: Path) -> int:
    async with running(folder, environment(slack, "socket", folder), "slack") as process:
        while not slack.calls_of("auth.test"):  # noqa: ASYNC110 - the call comes from another process
            await asyncio.sleep(0.01)
        return await process.end()


def test_run_starts_slack_where_it_is_set_up(tmp_path: Path) -> None:
    @on_a_loop
    async def answering() -> None:
        async with SlackStandIn() as slack, started(slack, "socket", tmp_path, "run") as process:
            await slack.command("latest")
            assert (await slack.next_call("response_url")).ok
            assert await process.end(signal.SIGINT) == 0

    answering()


def test_it_serves_and_ends_within_one_process_too(door: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def ready() -> bool:
        return "answering in Slack" in caplog.text

    @on_a_loop
    async def serving() -> None:
        async with SlackStandIn() as slack:
            app = an_app(tmp_path, [a_post()])
            given = environment(slack, door, tmp_path)
            app.settings = replace(app.settings, slack=read_settings(given).slack, port=0)
            ending = asyncio.create_task(until_told(_serve(app, [slack_part(app)])))
            await until(ready)
            os.kill(os.getpid(), signal.SIGTERM)
            await ending

    serving()
    assert "told to end" in caplog.text


def test_a_database_that_is_not_well_is_told(tmp_path: Path) -> None:
    @on_a_loop
    async def asking() -> None:
        unmade = App(Settings(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "index"))
        assert await database_ready(unmade) == "not migrated"
        (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
        broken = App(Settings(f"sqlite:///{tmp_path / 'broken.db'}", tmp_path / "index"))
        assert "damaged" in await database_ready(broken)
        assert await database_ready(an_app(tmp_path)) == ""

    asking()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'pprnet.db'}")
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_everything_that_is_not_set_is_told_at_once(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["slack"]) == 1

    said = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN is not set" in said
    assert "either SLACK_APP_TOKEN (for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) must be set" in said


def test_run_says_what_is_missing_for_slack(tmp_path: Path, bare: pytest.MonkeyPatch, capsys: Said) -> None:
    bare.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (tmp_path / ".env").write_text(f"PORT={taken.getsockname()[1]}\n")
        assert main(["run"]) == 0
    assert "Slack: not started; either SLACK_APP_TOKEN" in capsys.readouterr().out


def test_a_port_that_is_taken_ends_with_a_sentence(tmp_path: Path, bare: pytest.MonkeyPatch, capsys: Said) -> None:
    @on_a_loop
    async def trying() -> None:
        async with SlackStandIn() as slack:
            with socket.create_server(("127.0.0.1", 0)) as taken:
                for name, value in environment(slack, "http", tmp_path).items():
                    bare.setenv(name, value)
                (tmp_path / ".env").write_text(f"PORT={taken.getsockname()[1]}\n")
                assert await asyncio.to_thread(_exit_code, tmp_path) == 1

    trying()


def _exit_code(folder: Path) -> int:
    ended = subprocess.run([PROGRAM, "slack"], cwd=folder, capture_output=True, text=True, check=False)
    assert "Set PORT to another." in ended.stderr
    return ended.returncode


def test_the_manifest_is_printed_as_it_stands(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["slack-manifest"]) == 0

    assert "command: /pprnet" in capsys.readouterr().out


def test_the_manifest_for_http_names_the_address(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["slack-manifest", "--http", "https://bot.example.org"]) == 0

    assert "request_url: https://bot.example.org/slack/events" in capsys.readouterr().out


def test_the_link_is_one_line(bare: pytest.MonkeyPatch, capsys: Said) -> None:
    assert main(["slack-manifest", "--url"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("https://api.slack.com/apps?new_app=1&manifest_yaml=")
    assert said.count("\n") == 1
