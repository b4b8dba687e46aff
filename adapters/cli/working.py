"""The command `worker`: follows the schedule and sends announcements."""

import argparse
from datetime import datetime

from adapters.cli.serving import Part, serve
from adapters.wiring import announcing
from adapters.wiring.app import App, open_app
from bot.errors import SettingsError
from bot.settings import Settings

NO_PLATFORM = "There is nothing to announce on: SLACK_BOT_TOKEN or DISCORD_TOKEN must be set."


def worker(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Follow the schedule and send announcements until the process is told to end."""
    if not platforms(settings):
        raise SettingsError("no platform is set", NO_PLATFORM)
    app = open_app(settings, at=now)
    serve(app, [worker_part(app)])
    return True


def worker_part(app: App) -> Part:
    """Return the worker."""
    said = f"announcing on {' and '.join(platforms(app.settings))}, by {app.settings.schedule} {app.settings.timezone}"
    return Part("worker", said, lambda: announcing.worker(app))


def platforms(settings: Settings) -> list[str]:
    """Return the platforms that can be posted on, as people call them."""
    tokens = {"Slack": settings.slack.bot_token, "Discord": settings.discord.token}
    return [name for name, token in tokens.items() if token]
