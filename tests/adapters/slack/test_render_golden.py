"""Whole payloads, to look at: paste one into Slack's Block Kit Builder to see it.

After a change that is meant, `PPRNET_GOLDEN=write pytest tests/adapters/slack/test_render_golden.py` writes them anew.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.home import home
from adapters.slack.modals import modal
from adapters.slack.render import render, shared
from adapters.wiring.app import App
from bot.model import Citation, Post
from bot.wording import decode, parse
from tests.apps import an_app
from tests.builders import a_post
from tests.standins import slack_limits

GOLDEN = Path(__file__).parents[2] / "data" / "slack"

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
    implications=("Look after therapists: their patients *gain*. Ask <them> how they are.",),
    url="https://example.org/posts/1",
)
OTHER = a_post("2021-07", "Alliance in groups", topics=("Therapeutic alliance",))
OLDER = a_post("2020-02", "Burnout and supervision", topics=("Training",))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app(tmp_path_factory.mktemp("golden"), [BURNOUT, OTHER, OLDER])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("latest", "latest"),
        ("card", f"show {BURNOUT.id}"),
        ("topic", "topic training"),
        ("search", "search burnuot patients"),
        ("help", "help"),
        ("unclear", "lateste <!channel>"),
    ],
)
def test_an_answer_is_this_message(app: App, name: str, typed: str) -> None:
    request = parse(typed)
    share = None if name == "unclear" else decode(typed)
    payload = render(app.service.answer(request), share=share).payload

    assert list(slack_limits.message(payload)) == []
    assert payload == golden(name, payload)


def test_a_shared_answer_is_this_message(app: App) -> None:
    payload = shared(app.service.answer(parse(f"show {OTHER.id}")), "U012AB3CD").payload

    assert payload == golden("shared", payload)


@pytest.mark.parametrize(("name", "post"), [("citation", BURNOUT)])
def test_a_citation_is_this_modal(app: App, name: str, post: Post) -> None:
    payload = modal(app.service.answer(parse(f"cite {post.id} bibtex")))

    assert list(slack_limits.view(payload)) == []
    assert payload == golden(name, payload)


def test_the_home_is_this_view(app: App) -> None:
    payload = home(app.service.answer(parse("latest")))

    assert list(slack_limits.view(payload)) == []
    assert payload == golden("home", payload)


def golden(name: str, made: dict[str, Any]) -> Any:
    """Return the payload that is on file; write it first when asked to."""
    path = GOLDEN / f"{name}.json"
    if os.environ.get("PPRNET_GOLDEN") == "write":
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))
