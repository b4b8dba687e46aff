"""The commands as Discord is told of them: one group, made from the table of commands and a table of their options."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from adapters.discord.asking import Interaction
from adapters.discord.suggestions import Offer, Suggestions
from bot.commands import COMMANDS, Command

NAME = "pprnet"

Take = Callable[[Interaction, str], Awaitable[None]]
"""Takes what a command asks, as it would be typed."""

Suggest = Callable[[Suggestions, str], list[Offer]]
SuggestTo = Callable[[Interaction, Suggest, str], Awaitable[None]]
"""Tells a person what could follow what they have typed so far."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command.

    Attributes:
        name: what Discord calls it.
        purpose: one line about it.
        required: it cannot be left out.
        suggest: offers what it may become.
        choices: all that it can be: what is shown, and what is sent.
        after: the word that stands before it where it is typed.
    """

    name: str
    purpose: str
    required: bool = True
    suggest: Suggest | None = None
    choices: tuple[Offer, ...] = ()
    after: str = ""

    def typed(self, value: str | None) -> str:
        """Return the option as it would be typed; nothing where it was left out."""
        return f"{self.after} {value}".strip() if value else ""


_SUMMARY = Option("summary", "Begin to type its title, or enter its id", suggest=Suggestions.posts)
_STYLES = (("APA, as the blog prints it", "apa"), ("BibTeX", "bibtex"), ("RIS", "ris"))
_COMMANDS = tuple((f"{NAME} {command.name}", command.name) for command in COMMANDS)

OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "topic": (
        Option("topic", "A topic, or your own words for it, such as burnout or cbt", suggest=Suggestions.topics),
    ),
    "search": (Option("words", "Words or a question: does burnout hurt patients"),),
    "month": (Option("month", "Such as July 2021", suggest=Suggestions.months),),
    "show": (_SUMMARY,),
    "related": (_SUMMARY,),
    "cite": (_SUMMARY, Option("style", "APA where you choose none", required=False, choices=_STYLES)),
    "subscribe": (
        Option("topics", "Only these, parted by commas; everything if left out", False, Suggestions.several_topics),
        Option("except", "None about these, parted by commas", False, Suggestions.several_topics, after="except"),
    ),
    "help": (Option("command", "One command; all of them if left out", required=False, choices=_COMMANDS),),
}
"""The options of the commands that have any, in the order in which they are typed."""

PURPOSES: Mapping[str, str] = {"show": "One summary, by its title", "related": "Summaries like one that you choose"}
"""What the commands are for whose own words are about ids: here titles are offered."""


def command_group(take: Take, suggest_to: SuggestTo) -> app_commands.Group:
    """Return `/pprnet` with every command; for servers and for people, in channels and in direct messages.

    Args:
        take: takes what is asked.
        suggest_to: answers while someone is typing.
    """
    group = app_commands.Group(
        name=NAME,
        description="Psychotherapy research in two minutes: summaries of the PPRNet blog",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )
    for command in COMMANDS:
        group.add_command(_subcommand(command, OPTIONS.get(command.name, ()), take, suggest_to))
    return group


def _subcommand(
    command: Command, options: Sequence[Option], take: Take, suggest_to: SuggestTo
) -> "app_commands.Command[Any, ..., None]":
    async def callback(interaction: Interaction, **given: str | None) -> None:
        words = (option.typed(given[_key(option)]) for option in options)
        await take(interaction, " ".join(filter(None, (command.name, *words))))

    described: Any = callback
    described.__signature__ = inspect.Signature([_INTERACTION, *map(_parameter, options)])
    app_commands.describe(**{_key(option): option.purpose for option in options})(described)
    app_commands.rename(**{_key(option): option.name for option in options})(described)
    app_commands.choices(**{_key(option): _choices(option) for option in options if option.choices})(described)
    app_commands.autocomplete(
        **{_key(option): _autocomplete(option.suggest, suggest_to) for option in options if option.suggest}
    )(described)
    purpose = PURPOSES.get(command.name) or f"{command.purpose[0].upper()}{command.purpose[1:]}"
    return app_commands.Command(name=command.name, description=purpose, callback=described)


_INTERACTION = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)


def _parameter(option: Option) -> inspect.Parameter:
    default = inspect.Parameter.empty if option.required else None
    return inspect.Parameter(_key(option), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=str)


def _key(option: Option) -> str:
    """Return a name for an option that Python has no other use for, such as it has for `except`."""
    return f"{option.name}_"


def _choices(option: Option) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=shown, value=sent) for shown, sent in option.choices]


def _autocomplete(suggest: Suggest, suggest_to: SuggestTo) -> Any:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        await suggest_to(interaction, suggest, typed)
        return []  # it is told already; discord.py then leaves it at that

    return complete
