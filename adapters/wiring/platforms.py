"""Slack, Discord and the page to try the bot on, put together."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from adapters.wiring.announcing import back_in_slack, reviving
from adapters.wiring.app import App
from bot.errors import PprnetError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from aiohttp import web

    from adapters.discord.bot import DiscordBot
    from adapters.slack.bot import SlackBot
    from adapters.web.pages import Pages


_MOST_OFFERED = 100
"""How many topics are offered at once where all can be shown: what Slack's menus take."""


def slack_bot(app: App) -> "AbstractAsyncContextManager[SlackBot]":
    """Return the bot in Slack: entering it enters Slack, leaving it finishes what is in hand.

    Everything that answers are made from is loaded here, so that the first answer does not wait for it.
    """
    from adapters.slack.bot import slack_bot  # a fifth of a second that only Slack needs

    app.warm_up()
    complete = partial(app.topics.complete, limit=_MOST_OFFERED)
    back = partial(back_in_slack, app)
    answer = app.answering("slack")
    return slack_bot(app.settings.slack, answer, complete, managers=app.settings.managers, came_back=back)


def discord_bot(app: App) -> "AbstractAsyncContextManager[DiscordBot]":
    """Return the bot in Discord: entering it enters Discord, leaving it finishes what is in hand.

    Everything that answers are made from is loaded here, so that the first answer does not wait for it.
    """
    from adapters.discord.bot import discord_bot  # half a second that only Discord needs
    from adapters.discord.suggestions import Suggestions

    app.warm_up()
    suggestions = Suggestions(app.topics.complete, app.archive.topic_counts, lambda: app.offers)
    back = partial(reviving, app, "discord")
    answer = app.answering("discord")
    return discord_bot(app.settings.discord, answer, suggestions, app.registrations, reviving=back)


def try_it(app: App, pages: "Pages") -> "tuple[web.RouteDef, ...]":
    """Return the page on which the bot can be tried: each platform's payloads, drawn as it shows them."""
    from adapters.discord import trial as discord
    from adapters.slack import trial as slack
    from adapters.web.chats import discord as discord_drawing
    from adapters.web.chats import slack as slack_drawing
    from adapters.web.stages import Stage
    from adapters.web.trial import Trial
    from adapters.web.trying import Step, try_routes

    stages = (
        Stage("slack", "Slack", slack.sent, slack.read, slack_drawing.draw),
        Stage("discord", "Discord", discord.sent, discord.read, discord_drawing.draw),
    )
    todo = (
        Step("Slack", app.settings.slack.missing, "docs/slack.md"),
        Step("Discord", app.settings.discord.missing, "docs/discord.md"),
    )
    steps = () if app.settings.web.public_url else todo  # what is still to be set is no visitor's business
    return try_routes(Trial(app.metrics.counting(app.public.answer, "web"), stages), app.topics.complete, steps, pages)


async def database_ready(app: App) -> str:
    """Return why the database cannot be used at this moment; empty when it can."""
    try:
        current = await asyncio.to_thread(app.is_current)
    except PprnetError as error:
        return error.human
    return "" if current else "not migrated"
