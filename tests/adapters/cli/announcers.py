"""Slack and Discord beside a command that announces, and channels that have subscribed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.wiring.app import App
from bot.channels import Channel
from tests.announcements import an_app_on, bring, environment, subscribe, this_month
from tests.builders import a_post
from tests.elsewhere import elsewhere
from tests.standins import discord_world, slack_world
from tests.standins.discord import DiscordStandIn
from tests.standins.slack import SlackStandIn


@dataclass(slots=True)
class Announcing:
    """Where a command announces."""

    app: App
    slack: SlackStandIn
    discord: DiscordStandIn

    def bring(self, count: int = 1) -> None:
        """Import posts of this month."""
        titles = ("Alliance", "Burnout", "Costs", "Dropout", "Ethics", "Feedback", "Groups")[:count]
        bring(self.app, *(a_post(this_month(), one, summary=(f"{one} " * 9,), implications=()) for one in titles))

    def posted(self) -> list[int]:
        """Return how many messages each of three channels has."""
        return [
            len(self.slack.messages(slack_world.GENERAL)),
            len(self.slack.messages(slack_world.PRIVATE)),
            len(self.discord.messages(discord_world.GENERAL)),
        ]


@pytest.fixture
def announcing(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Announcing]:
    """Three channels that have subscribed, and an environment for commands that announce there."""
    with elsewhere(SlackStandIn()) as slack, elsewhere(DiscordStandIn()) as discord:
        app = an_app_on(sqlite_url, tmp_path)
        subscribe(
            app,
            [
                Channel("slack", slack_world.TEAM, slack_world.GENERAL),
                Channel("slack", slack_world.TEAM, slack_world.PRIVATE),
                Channel("discord", discord_world.GUILD, discord_world.GENERAL),
            ],
        )
        for name, value in environment(sqlite_url, slack, discord).items():
            monkeypatch.setenv(name, value)
        for name in ("SLACK_APP_TOKEN", "PPRNET_SOURCES", "PPRNET_SCHEDULE", "LOG_FORMAT", "PORT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(tmp_path)
        yield Announcing(app, slack, discord)
