"""Commands that answer: `ask`, `chat` and `run`."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

from adapters.cli.printing import print_json
from adapters.console.render import show
from adapters.wiring.app import App, open_app
from bot.errors import PprnetError
from bot.pages.phrases import summaries
from bot.requests import Latest, Request, Unclear
from bot.settings import LogFormat, Settings
from bot.views import Paragraph, Text, View, as_data
from bot.wording import parse


def ask(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Answer once."""
    app = open_app(settings, at=now)
    view = app.service.answer(parse(" ".join(asked.text)))
    if asked.json:
        print_json(as_data(view))
    else:
        show(view, sys.stdout)
    return True


def chat(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Answer until the person leaves."""
    _talk(open_app(settings, at=now))
    return True


def run(settings: Settings, _asked: argparse.Namespace, now: datetime) -> bool:
    """Make everything ready and start all that is set up, the web page always; on a terminal a prompt beside it."""
    app = open_app(settings, at=now)
    app.follow_catalogue()
    facts = app.archive.facts()
    print(f"The archive holds {summaries(facts.posts)}. `pprnet doctor` tells where, and whether all is well.")
    answering = [
        _started("Slack", settings.slack.missing),
        _started("Discord", settings.discord.missing),
    ]
    _started("Announcements", () if any(answering) else ("there is no platform to announce on",))
    if any(answering):
        _serve(app, slack=answering[0], discord=answering[1])
    elif sys.stdin.isatty():
        _talk_beside_the_page(app)
    else:
        _serve_the_page(app)
    return True


def _started(name: str, missing: Sequence[str]) -> bool:
    """Say whether a part is started, and what it lacks."""
    print(f"{name}: {'; '.join(('not started', *missing)) if missing else 'starting; Ctrl+C ends it'}.")
    return not missing


def _serve(app: App, *, slack: bool, discord: bool) -> None:
    from adapters.cli.serving import discord_part, serve, slack_part, web_address, web_part  # what no prompt needs
    from adapters.cli.working import worker_part
    from adapters.logs import configure

    print(f"The web page: {web_address(app.settings)}\n", flush=True)
    configure(app.settings.log_format or LogFormat.TEXT)
    answering = [*([slack_part(app)] if slack else ()), *([discord_part(app)] if discord else ())]
    serve(app, [*answering, worker_part(app), web_part(app, spare=True)])


def _serve_the_page(app: App) -> None:
    """Serve the page until the process is told to end; where that cannot be, take one look and end."""
    from adapters.cli.serving import serve, web_address, web_part
    from adapters.logs import configure
    from adapters.web.server import PortError

    print(f"The web page: {web_address(app.settings)}; Ctrl+C ends it.\n", flush=True)
    configure(app.settings.log_format or LogFormat.TEXT)
    try:
        serve(app, [web_part(app)])
    except PortError as error:
        print(f"{error.human}\n")
        show(app.service.answer(Latest()), sys.stdout)


def _talk_beside_the_page(app: App) -> None:
    from adapters.cli.beside import page_beside

    with page_beside(app) as said:
        print(f"{said}\n", flush=True)
        _talk(app)


def _talk(app: App) -> None:
    from adapters.console.prompt import talk, typed_lines

    def suggest(typed: str) -> Iterable[str]:
        return (topic.name for topic in app.topics.complete(typed))

    def answer(request: Request | Unclear) -> View:
        try:
            return app.service.answer(request)
        except PprnetError as error:
            return View("That did not work", (Paragraph((Text(error.human),)),))

    with app.filling():
        talk(answer, typed_lines(suggest) if sys.stdin.isatty() else sys.stdin, sys.stdout)
