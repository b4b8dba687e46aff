"""Answers on the stages: whatever is typed or clicked is answered, and nothing in it is taken for HTML."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import trial as discord
from adapters.slack import trial as slack
from adapters.web.chats import discord as discord_drawing
from adapters.web.chats import slack as slack_drawing
from adapters.web.stages import Shown, Stage
from adapters.web.trial import Trial, Turn
from adapters.wiring.app import App
from bot.channels import Asker
from bot.commands import COMMANDS
from bot.errors import StoreError
from bot.requests import Request, Unclear
from bot.views import View
from tests.adapters.web.chats.drawn import read
from tests.adapters.web.trials import BURNOUT, NASTY, an_app_to_try

STAGES = (
    Stage("slack", "Slack", slack.sent, slack.read, slack_drawing.draw),
    Stage("discord", "Discord", discord.sent, discord.read, discord_drawing.draw),
)

names = st.sampled_from([command.name for command in COMMANDS])
words = st.text(max_size=30) | st.sampled_from([BURNOUT.id, NASTY.id, NASTY.title, "burnout", "page:2", "full", "\x00"])
lines = st.builds(lambda *parts: " ".join(parts), names | st.just("/pprnet"), words, words) | st.text(max_size=600)
buttons = lines | st.builds(
    lambda kind, line: kind + line,
    st.sampled_from(["request:1 ", "full ", "share ", "ask1:", "more2:", "share1:"]),
    lines,
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app_to_try(tmp_path_factory.mktemp("trial"))


@settings(max_examples=60, deadline=None)
@given(line=lines)
def test_whatever_is_typed_is_answered_on_every_stage(app: App, line: str) -> None:
    turn = Trial(app.service.answer, STAGES).typed(line)

    assert [shown.stage for shown in turn.shown] == ["slack", "discord"]
    assert turn.told
    assert_harmless(turn)


@settings(max_examples=60, deadline=None)
@given(name=buttons, stage=st.sampled_from(["slack", "discord"]), within=st.text(max_size=9) | st.just("channel"))
def test_whatever_is_clicked_is_answered(app: App, name: str, stage: str, within: str) -> None:
    trial = Trial(app.service.answer, STAGES)
    shown, followed = trial.clicked(stage, name, within), trial.followed(stage, name, within)

    assert shown
    assert followed
    assert_harmless(shown)
    assert_harmless(followed)


@pytest.mark.parametrize(
    "line",
    ["latest", "topic burnout", "help", "topics", f"show {BURNOUT.id}", f"cite {BURNOUT.id}", "lateste", "dance"],
)
def test_every_button_that_is_drawn_is_answered(app: App, line: str) -> None:
    trial = Trial(app.service.answer, STAGES)
    for shown in trial.typed(line).shown:
        for button in read(shown.drawing).buttons:
            answer = trial.clicked(shown.stage, button.value, shown.place)
            assert answer
            assert "That did not work" not in answer.drawing


def test_an_archive_that_cannot_be_reached_is_told_where_the_answer_would_be() -> None:
    def fails(_request: Request | Unclear, _asker: Asker) -> View:
        raise StoreError("the database is away")

    turn = Trial(fails, STAGES).typed("latest")

    assert turn.told == "That did not work"
    assert "The archive cannot be reached just now." in turn.shown[0].drawing


def test_what_nobody_foresaw_is_told_under_a_reference(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(_request: Request | Unclear, _asker: Asker) -> View:
        raise RuntimeError("what somebody typed")

    turn = Trial(breaks, STAGES).typed("latest")

    reference = re.search("reference ([0-9a-f]{8})", caplog.text)
    assert reference
    assert reference[1] in turn.shown[0].drawing
    assert "what somebody typed" not in caplog.text


def assert_harmless(made: Turn | Shown) -> None:
    """Read the drawings; the reader fails at whatever no drawing needs."""
    for shown in made.shown if isinstance(made, Turn) else (made,):
        assert read(shown.drawing).text
