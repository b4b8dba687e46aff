"""What runs until the process is told to end: the parts of the bot, and the commands about Slack and Discord."""

import argparse
import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from adapters import hosting
from adapters.cli.ending import beside, run_until_told
from adapters.hosting import Running
from adapters.web.server import PortError, served
from adapters.wiring import platforms
from adapters.wiring.app import App, open_app
from bot.errors import SettingsError
from bot.settings import Settings

_log = logging.getLogger("pprnet")

_WEB = "web"
"""What the part is called that the pages are."""

_PORT = 8080
"""Where requests are taken when a part needs the web server and no port is set."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bot that runs until the process ends.

    Attributes:
        name: what `/ready` and the log call it.
        said: what the log says once everything runs.
        enter: makes it; entering what is returned starts the part, leaving it finishes what the part has in hand.
        spare: where the web server cannot listen, the other parts go on without it.
    """

    name: str
    said: str
    enter: Callable[[], AbstractAsyncContextManager[Running]]
    spare: bool = False


def slack(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Answer in Slack until the process is told to end."""
    app = _opened(settings, "Slack", settings.slack.missing, now)
    pages = settings.web.public_url and not settings.slack.socket_mode  # the one web process of a host serves both
    serve(app, [slack_part(app), *([web_part(app)] if pages else [])])
    return True


def slack_manifest(_settings: Settings, asked: argparse.Namespace, _now: datetime) -> bool:
    """Print what Slack is told about the app, or the link that makes the app."""
    from adapters.slack.manifest import creation_link, manifest_text

    manifest = manifest_text(asked.http or "")
    print(creation_link(manifest) if asked.url else manifest, end="\n" if asked.url else "")
    return True


def discord(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Answer in Discord until the process is told to end."""
    app = _opened(settings, "Discord", settings.discord.missing, now)
    serve(app, [discord_part(app)])
    return True


def serve_web(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Serve the page until the process is told to end."""
    app = _opened(settings, "the web page", (), now)
    serve(app, [web_part(app)])
    return True


def discord_invite(settings: Settings, asked: argparse.Namespace, _now: datetime) -> bool:
    """Print the links that add the bot to a server and to one person's apps."""
    from adapters.discord.invite import personal_link, server_link

    application = asked.application or _application(settings)
    print(f"For a server:     {server_link(application)}\nFor you alone:    {personal_link(application)}")
    return True


def serve(app: App, parts: Sequence[Part]) -> None:
    """Run parts of the bot in this process until SIGTERM or SIGINT, then let them finish what is in hand.

    They are started and ended side by side. The web server runs if one of them needs it or a port is set. What is not
    done when all of them have ended is given up, as if the process had been killed: it exits with 0.

    Raises:
        PprnetError: a part could not be started; the others are ended.
        PortError: the web server cannot listen.
    """
    run_until_told(_serve(app, parts))


def serve_slack(app: App) -> None:
    """Answer in Slack until SIGTERM or SIGINT, then finish what is in hand; raises what `serve` does."""
    serve(app, [slack_part(app)])


def slack_part(app: App) -> Part:
    """Return the bot in Slack."""
    how = "in Socket Mode" if app.settings.slack.socket_mode else "over HTTP"
    return Part("slack", f"answering in Slack {how}", lambda: platforms.slack_bot(app))


def discord_part(app: App) -> Part:
    """Return the bot in Discord."""
    return Part("discord", "answering in Discord", lambda: platforms.discord_bot(app))


def web_part(app: App, *, spare: bool = False) -> Part:
    """Return the web page; see `Part.spare`."""
    return Part(_WEB, "the web page is there", lambda: hosting.site(app), spare)


def web_address(settings: Settings) -> str:
    """Return where the page is, as far as that is known before it is there."""
    return settings.web.public_url or f"http://{settings.host}:{_PORT if settings.port is None else settings.port}"


def _application(settings: Settings) -> int:
    """Ask Discord which application the token belongs to."""
    from adapters.discord.access import enter

    if missing := settings.discord.missing:
        human = f"{missing[0]}. Or give the application's id: pprnet discord-invite --application ID"
        raise SettingsError("settings for Discord are missing", human)
    return asyncio.run(enter(settings.discord)).application


def _opened(settings: Settings, platform: str, missing: Sequence[str], now: datetime) -> App:
    if missing:
        raise SettingsError(f"{len(missing)} settings for {platform} are missing", "\n".join(missing))
    app = open_app(settings, at=now)
    app.follow_catalogue()
    return app


@contextlib.asynccontextmanager
async def listening(app: App, parts: Sequence[Part]) -> AsyncIterator[str]:
    """Run parts as long as the context lasts; raises what `serve` does.

    Yields:
        The address of the web server; empty if there is none.
    """
    async with _together(parts) as running, _served(app, parts, running) as address:
        yield address


async def _serve(app: App, parts: Sequence[Part]) -> None:
    async with listening(app, parts):
        for part in parts:
            _log.info("%s", part.said, extra={"action": f"{part.name}.ready"})
        async with beside(app.filling()):
            await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def _together(parts: Sequence[Part]) -> AsyncIterator[dict[str, Running]]:
    """Start parts side by side, and end them side by side: none uses up the seconds that another has for its end."""
    started = [asyncio.get_running_loop().create_future() for _ in parts]
    try:
        async with asyncio.TaskGroup() as group:
            work = [group.create_task(_run(*each)) for each in zip(parts, started, strict=True)]
            yield {part.name: await running for part, running in zip(parts, started, strict=True)}
            for task in work:
                task.cancel()
    except ExceptionGroup as failures:
        raise _first(failures) from None


def _first(failures: ExceptionGroup) -> Exception:
    """Return the first of several failures: the others failed because all parts are ended when one fails."""
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first


async def _run(part: Part, started: "asyncio.Future[Running]") -> None:
    async with part.enter() as running:
        started.set_result(running)
        await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def _served(app: App, parts: Sequence[Part], running: dict[str, Running]) -> AsyncIterator[str]:
    """Serve what the parts want served, and whether all is well."""
    settings = app.settings
    needed = [part for part in parts if running[part.name].routes]
    if not needed and settings.port is None:
        yield ""
        return
    port, address = _PORT if settings.port is None else settings.port, ""
    async with contextlib.AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(_listening(app, running, port))
        except PortError as error:
            if not (needed and all(part.spare for part in needed)):
                raise
            _log.warning("%s The rest goes on without the web page.", error.human, extra={"action": "web.absent"})
        else:
            _log.info("listening at %s", address, extra={"action": "web.listening"})
        yield address


def _listening(app: App, running: dict[str, Running], port: int) -> AbstractAsyncContextManager[str]:
    routes = [route for part in running.values() for route in part.routes]
    foreign = [route for name, part in running.items() if name != _WEB for route in part.routes]
    platforms = [route.path for route in foreign if isinstance(route, web.RouteDef)]
    before = hosting.before(app, app.metrics, platforms)
    return served((*routes, *hosting.watch(app, running)), app.settings.host, port, before)
