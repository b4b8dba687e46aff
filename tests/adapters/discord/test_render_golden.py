"""Whole payloads, to look at.

After a change that is meant, this writes them anew:
`PPRNET_GOLDEN=write pytest tests/adapters/discord/test_render_golden.py`.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.message import Message
from adapters.discord.render import announced, answered, render, shared
from adapters.wiring.app import App
from bot.model import Citation
from bot.pages.announcement import announcement
from bot.requests import Unclear
from bot.subscriptions import Filter
from bot.views import Paragraph, Text, View
from bot.wording import parse
from tests.apps import an_app
from tests.builders import a_post
from tests.standins import discord_limits

GOLDEN = Path(__file__).parents[2] / "data" / "discord"

BURNOUT = a_post(
    "2021-07",
    "Therapists who are worn out & what their patients gain",
    topics=("Training",),
    citation=Citation(
        "Doe, J., & Roe, R. (2018). Worn out. Journal of Made-up Studies, 1, 2–9. https://doi.org/10.1000/abc.1",
        doi="10.1000/abc.1",
    ),
    summary=(
        "The authors asked 49 therapists and 2223 of their patients. Burnout went with poorer outcomes, p < .01.",
    ),
    implications=("Look after therapists: their patients *gain*. Ask <@123> and @everyone how they are.",),
    url="https://example.org/posts/1",
)
LONG = a_post(
    "2021-06",
    "What takes long to tell",
    summary=("There was more to be found, and it is told here at length. " * 120,),
    implications=("1. Take your time. " * 20, "- Then take some more. " * 60),
)
OTHER = a_post("2021-07", "Alliance in groups", topics=("Therapeutic alliance",))
OLDER = [a_post("2020-02", f"Burnout and supervision, part {part}", topics=("Training",)) for part in range(1, 7)]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("golden"), [BURNOUT, OTHER, LONG, *OLDER])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("latest", "latest"),
        ("card", f"show {BURNOUT.id}"),
        ("whole", f"show {LONG.id} full"),
        ("topic_page_2", "topic training page:2"),
        ("topics", "topics"),
        ("search", "search burnuot patients"),
        ("citation_apa", f"cite {BURNOUT.id}"),
        ("citation_bibtex", f"cite {BURNOUT.id} bibtex"),
        ("help", "help"),
        ("unclear", "lateste @everyone"),
    ],
)
def test_an_answer_is_this_message(app: App, name: str, typed: str) -> None:
    request = parse(typed)
    check(name, answered(app.service.answer(request), None if isinstance(request, Unclear) else request))


def test_the_next_part_of_a_whole_post_is_this_message(app: App) -> None:
    request = parse(f"show {LONG.id} full")
    assert not isinstance(request, Unclear)
    check("whole_part_2", answered(app.service.answer(request), request, part=2))


def test_a_shared_answer_is_this_message(app: App) -> None:
    check("shared", shared(app.service.answer(parse(f"show {OTHER.id}")), 123456789012345678))


def test_an_announced_list_is_this_message(app: App) -> None:
    check("announced_list", announced(app.service.answer(parse("month 2021-07"))))


def test_an_announcement_is_this_message() -> None:
    message = announced(announcement([BURNOUT, OTHER], Filter()))
    check("announcement", message)
    assert message.content  # what notifications show


def test_an_apology_is_this_message() -> None:
    said = Paragraph((Text("Something went wrong. If it happens again, tell whoever runs this bot: 1a2b3c4d."),))
    check("error", render(View("That did not work", (said,))))


def check(name: str, message: Message) -> None:
    """Compare a message with the payload that is on file; write it first when asked to."""
    made: dict[str, Any] = message.payload
    assert list(discord_limits.message(made, {file.name: file.text.encode() for file in message.files})) == []
    path = GOLDEN / f"{name}.json"
    if os.environ.get("PPRNET_GOLDEN") == "write":
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == made
