"""The whole bot in a stand-in Discord."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from adapters.discord.bot import DiscordBot, Reviving, discord_bot
from adapters.discord.desk import Answer
from adapters.discord.pauses import Pauses
from adapters.discord.suggestions import Suggestions
from adapters.wiring.app import App
from bot.ports.platform import Registrations
from bot.search.offers import Offers
from bot.settings import DiscordSettings
from tests.standins.discord import DiscordStandIn

PAUSES = Pauses(shortest=0.01, longest=0.05, longest_opened=0.05, identify=0.0)
"""Short ones: no test waits for an outage."""


@dataclass
class Remembered:
    """What Discord was told of the commands, for as long as a test lasts."""

    known: dict[str, str] = field(default_factory=dict)

    def registered(self, application: str) -> str:
        return self.known.get(application, "")

    def register(self, application: str, fingerprint: str) -> None:
        self.known[application] = fingerprint


def a_suggester(app: App) -> Suggestions:
    """Return what is offered from an archive while someone is typing."""
    offers = Offers(app.archive, app.search)
    return Suggestions(app.topics.complete, app.archive.topic_counts, lambda: offers)


@contextlib.asynccontextmanager
async def a_bot(
    discord: DiscordStandIn,
    app: App,
    *,
    answer: Answer | None = None,
    suggestions: Suggestions | None = None,
    registrations: Registrations | None = None,
    reviving: Reviving | None = None,
    pauses: Pauses = PAUSES,
) -> AsyncIterator[DiscordBot]:
    """Let the bot into a stand-in Discord for as long as the context lasts."""
    async with discord_bot(
        DiscordSettings(discord.token, discord.url),
        answer or app.service.answer,
        suggestions or a_suggester(app),
        registrations or Remembered(),
        reviving=reviving,
        pauses=pauses,
    ) as bot:
        yield bot
