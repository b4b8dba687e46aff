"""The web page as a process: alone, beside what answers, and where its port is taken."""

import contextlib
import os
import socket
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.cli.beside import page_beside
from adapters.cli.main import main
from tests.apps import an_app
from tests.loops import on_a_loop
from tests.processes import Running, running
from tests.standins.slack import SlackStandIn

_SET = ("SLACK_", "DISCORD_", "PPRNET_", "PORT")


def environment(folder: Path, **given: str) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(_SET)}
    (folder / ".env").write_text("PORT=0\n")  # in the file, so that the server keeps to this machine
    return {**bare, "DATABASE_URL": f"sqlite:///{folder / 'pprnet.db'}", **given}


@contextlib.asynccontextmanager
async def started(folder: Path, command: str, **given: str) -> AsyncIterator[Running]:
    async with running(folder, environment(folder, **given), command) as process:
        await process.read_until("web.ready")
        yield process


async def _get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


@pytest.mark.parametrize("command", ["web", "run"])
def test_the_page_is_there_until_the_process_is_told_to_end(command: str, tmp_path: Path) -> None:
    @on_a_loop
    async def serving() -> None:
        async with started(tmp_path, command) as process:
            status, body = await _get(f"{process.address}/search?q=burnuot")
            assert (status, "Burnout" in body) == (200, True)
            assert await process.end() == 0
            assert "GET /search answered with 200" in process.log
            assert "burnuot" not in process.log

    serving()


def test_it_is_served_beside_slack_by_run(tmp_path: Path) -> None:
    @on_a_loop
    async def serving() -> None:
        async with SlackStandIn() as slack:
            given = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.url}
            async with started(tmp_path, "run", **given) as process:
                await slack.command("latest")
                assert (await slack.next_call("response_url")).ok
                figures = (await _get(f"{process.address}/metrics"))[1]
                assert 'pprnet_commands_total{command="latest",outcome="answered",where="slack"} 1.0' in figures
                assert (await _get(f"{process.address}/topics"))[0] == 200
                assert await process.end() == 0

    serving()


@pytest.mark.parametrize(("public_url", "status"), [("", 404), ("https://pprnet.example.org", 200)])
def test_slack_over_http_serves_it_too_where_it_has_an_address(public_url: str, status: int, tmp_path: Path) -> None:
    @on_a_loop
    async def serving() -> None:
        async with SlackStandIn() as slack:
            given = {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_SIGNING_SECRET": slack.signing_secret,
                "SLACK_API_URL": slack.url,
                "PPRNET_PUBLIC_URL": public_url,
            }
            async with running(tmp_path, environment(tmp_path, **given), "slack") as process:
                await process.read_until("slack.ready:")
                slack.post_to(f"{process.address}/slack/events")
                await slack.command("latest")
                assert (await slack.next_call("response_url")).ok
                assert (await _get(f"{process.address}/topics"))[0] == status
                assert (await _get(f"{process.address}/live"))[0] == 200
                assert await process.end() == 0

    serving()


def test_where_its_port_is_taken_the_rest_goes_on(tmp_path: Path) -> None:
    @on_a_loop
    async def serving() -> None:
        async with SlackStandIn() as slack:
            given = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.url}
            environ = environment(tmp_path, **given)
            with socket.create_server(("127.0.0.1", 0)) as taken:
                (tmp_path / ".env").write_text(f"PORT={taken.getsockname()[1]}\n")
                async with running(tmp_path, environ, "run") as process:
                    await process.read_until("The rest goes on without the web page.")
                    await slack.command("latest")
                    assert (await slack.next_call("response_url")).ok
                    assert await process.end() == 0

    serving()


def test_alone_it_ends_with_a_sentence_where_its_port_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for name, value in environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        (tmp_path / ".env").write_text(f"PORT={taken.getsockname()[1]}\n")
        assert main(["web"]) == 1
    assert "Set PORT to another." in capsys.readouterr().err


def test_beside_a_prompt_it_is_served_in_a_thread(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    app.settings = replace(app.settings, port=0)
    with page_beside(app) as said:
        address = said.removeprefix("The web page: ")

        @on_a_loop
        async def asking() -> None:
            assert (await _get(f"{address}/live"))[0] == 200

        asking()
    assert not [thread for thread in threading.enumerate() if thread.name == "web page"]


def test_beside_a_prompt_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        app.settings = replace(app.settings, port=taken.getsockname()[1])
        with page_beside(app) as said:
            assert "cannot listen on port" in said
