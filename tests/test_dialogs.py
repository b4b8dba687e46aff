"""Every dialog of tests/dialogs, held with the whole bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.console.prompt import Conversation
from adapters.console.render import numbered
from adapters.wiring.app import App, open_app
from bot.channels import NOBODY, Asker, Channel
from bot.model import Month, Where
from bot.settings import Settings
from bot.views import as_text

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Dialog:
    name: str
    asker: Asker
    turns: list[dict[str, Any]]


def _dialogs() -> Iterator[Dialog]:
    for path in sorted((Path(__file__).parent / "dialogs").glob("*.yaml")):
        for dialog in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Dialog(dialog["dialog"], _asker(dialog), dialog["turns"])


def _asker(dialog: dict[str, Any]) -> Asker:
    """Return who talks: somebody at a terminal, unless it is said in which channel."""
    if "in" not in dialog:
        return NOBODY
    place = dialog["in"]
    direct = not place.startswith("#")
    return Asker(
        Channel("slack", "T1", place),
        "" if direct else place,
        direct=direct,
        user="U1",
        name="Carol",
        hindrance=dialog.get("hindrance", ""),
        obstacle=dialog.get("obstacle", ""),
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    folder = tmp_path_factory.mktemp("dialogs")
    return open_app(Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index"), at=NOW, clock=lambda: NOW)


@pytest.mark.parametrize("dialog", list(_dialogs()), ids=lambda dialog: dialog.name)
def test_dialog(app: App, dialog: Dialog) -> None:
    conversation = Conversation(partial(app.service.answer, asker=dialog.asker))
    for turn in dialog.turns:
        answer = as_text(conversation.reply(_filled(turn["said"], app)), numbered)
        place = 0
        for piece in turn["answered"]:
            assert piece in answer[place:], f"{turn['said']!r} was answered:\n{answer}"
            place = answer.index(piece, place) + len(piece)
        for piece in turn.get("never", []):
            assert piece not in answer


def _filled(said: str, app: App) -> str:
    """Put in the id that `{id of July 2021}` stands for."""
    head, brace, rest = said.partition("{id of ")
    if not brace:
        return said
    month, _, tail = rest.partition("}")
    post = app.archive.page(Where(month=Month.parse(month))).posts[0]
    return f"{head}{post.id}{tail}"
