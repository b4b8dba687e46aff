"""Channels that subscribe, in the whole bot on a database of its own."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.wiring.app import App, open_app
from bot.channels import Asker, Channel
from bot.model import Post, Reading
from bot.settings import Settings
from bot.subscriptions import Subscription
from bot.views import View, as_text
from bot.wording import parse
from tests.builders import a_post

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CAROL = Asker(Channel("slack", "T1", "C1"), "#research", user="U1", name="Carol")
DIRECT = Asker(Channel("slack", "T1", "D1"), private=True, direct=True, user="U1")
OLD = [
    a_post("2021-07", "Burnout affects outcomes", topics=["Burnout"]),
    a_post("2021-06", "Empathy helps", topics=["Empathy", "Training"]),
    a_post("2021-05", "Pills and talk", topics=["Medications/Pharmacotherapy"]),
]


class Clock:
    """The time, as a test says it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def an_app_on(url: str, folder: Path, clock: Callable[[], datetime]) -> App:
    app = open_app(Settings(url, folder / "index"), at=NOW, furnished=False, clock=clock)
    bring(app, OLD)
    return app


def bring(app: App, posts: Sequence[Post]) -> None:
    app.importer.take([Reading("posts", tuple(posts))], source="a test", at=NOW)


def answer(app: App, text: str, asker: Asker = CAROL) -> View:
    return app.service.answer(parse(text), asker)


def ask(app: App, text: str, asker: Asker = CAROL) -> str:
    return as_text(answer(app, text, asker))


def kept(app: App, asker: Asker = CAROL) -> Subscription:
    assert asker.channel
    subscription = app.subscriptions.here(asker.channel)
    assert subscription
    return subscription


def labels(view: View) -> list[str]:
    return [button.label for button in view.buttons]


def news(count: int = 1, **given: object) -> list[Post]:
    return [a_post("2026-11", f"News {number}", **given) for number in range(1, count + 1)]
