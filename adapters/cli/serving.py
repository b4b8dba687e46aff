"""Commands about Slack: `slack` and `slack-manifest`."""

import argparse
import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from adapters import wiring
from adapters.slack.manifest import creation_link, manifest_text
from adapters.web.health import health_routes
from adapters.web.server import served
from adapters.wiring import App
from bot.errors import SettingsError
from bot.settings import Settings

_log = logging.getLogger("pprnet")

_PORT = 8080
"""Where Slack's HTTP requests are taken when no port is set."""


def slack(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Answer in Slack until the process is told to end."""
    if missing := settings.slack.missing:
        raise SettingsError(f"{len(missing)} settings for Slack are missing", "\n".join(missing))
    app = wiring.open_app(settings, at=now)
    app.follow_catalogue()
    serve_slack(app)
    return True


def slack_manifest(_settings: Settings, asked: argparse.Namespace, _now: datetime) -> bool:
    """Print what Slack is told about the app, or the link that makes the app."""
    manifest = manifest_text(asked.http or "")
    print(creation_link(manifest) if asked.url else manifest, end="\n" if asked.url else "")
    return True


def serve_slack(app: App) -> None:
    """Answer in Slack until SIGTERM or SIGINT, then finish what is in hand.

    Raises:
        SlackAccessError: Slack does not let the bot in.
        PortError: the web server cannot listen.
    """
    asyncio.run(_until_told(_slack(app)))


async def _slack(app: App) -> None:
    settings = app.settings
    async with wiring.slack_bot(app) as bot:
        routes = (*bot.routes, *health_routes({"database": lambda: wiring.database_ready(app), "slack": bot.ready}))
        async with contextlib.AsyncExitStack() as stack:
            if bot.routes or settings.port is not None:
                port = _PORT if settings.port is None else settings.port
                address = await stack.enter_async_context(served(routes, settings.host, port))
                _log.info("listening at %s", address, extra={"action": "web.listening"})
            how = "in Socket Mode" if settings.slack.socket_mode else "over HTTP"
            _log.info("answering in Slack %s", how, extra={"action": "slack.ready"})
            await asyncio.Event().wait()


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do work until SIGTERM or SIGINT cancels it; what it does on its way out is not disturbed by a second one."""
    task = asyncio.ensure_future(work)
    told: list[int] = []

    def stop(number: int) -> None:
        if not told:
            told.append(number)
            _log.info("told to end, finishing what is in hand", extra={"action": "end"})
            task.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, number)
    with contextlib.suppress(asyncio.CancelledError):
        await task
