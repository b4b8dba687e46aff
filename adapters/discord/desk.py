"""Where requests are answered: the one way from a request to a message, whatever goes wrong on it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import discord

from adapters.discord.asking import Interaction, asker_of, may_share
from adapters.discord.places import Place, Replace, Reply, Share
from adapters.discord.render import answered, render, shared
from adapters.discord.work import Work
from bot.channels import Asker
from bot.errors import Mishap, PprnetError
from bot.ports.platform import Publisher
from bot.requests import Request, Unclear, posts_later
from bot.views import Paragraph, Text, View

_log = logging.getLogger("pprnet.discord")

Answer = Callable[[Request | Unclear, Asker], View]
Read = Callable[[], Request | Unclear]

_TOO_LATE = {
    10008: "the message is gone",
    10015: "the interaction is over",
    10062: "the interaction is over",
    40060: "it was answered already",
    50027: "the interaction is over",
}
"""What Discord says when an answer is not wanted any more; nobody has to be told."""

_DRAWN = 128
"""How many messages are kept ready: most ask for what is new, and laying it out takes longer than looking it up."""

_SHARED = View("Shared", (Paragraph((Text("It is in the channel now."),)),))


class Desk:
    """Answers requests, and tells the person in one sentence when that fails."""

    def __init__(self, answer: Answer, publisher: Publisher, work: Work, patience: float) -> None:
        """Keep what answers are made with.

        Args:
            answer: the service's `answer`, called in a thread.
            publisher: says whether the bot can post in a channel.
            work: what is in hand.
            patience: seconds that an answer may take before Discord is asked for more time.
        """
        self._answer = answer
        self._publisher = publisher
        self._work = work
        self._patience = patience

    async def serve(self, interaction: Interaction, place: Place, read: Read) -> None:
        """Read a request, answer it and bring the answer to its place; never raises.

        Args:
            interaction: what the person did.
            place: where the answer goes.
            read: returns the request; may raise `PprnetError` when it cannot be read.
        """
        with self._work.in_hand():
            try:
                await self._serve(interaction, place, read())
            except PprnetError as error:
                _log.info("a person was told: %s", error, extra={"action": "discord.told"})
                await self._apologise(interaction, error.human)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a sentence and the log a reference
                if not _is_late(error):
                    await self._apologise(interaction, _recorded(error))

    async def refuse(self, interaction: Interaction, sentence: str) -> None:
        """Tell a person in one sentence why there is no answer; never raises."""
        with self._work.in_hand():
            await self._apologise(interaction, sentence)

    async def _serve(self, interaction: Interaction, place: Place, request: Request | Unclear) -> None:
        answering = asyncio.create_task(self._answered(interaction, request))
        try:
            await self._kept_open(interaction, place, answering)
            await _say(interaction, place, await answering, request)
        finally:
            answering.cancel()  # nothing to do, unless Discord did not give more time

    async def _answered(self, interaction: Interaction, request: Request | Unclear) -> View:
        asker = asker_of(interaction)
        if posts_later(request) and asker.channel and not asker.hindrance:
            reach = await self._publisher.reach(asker.channel)
            asker = replace(asker, obstacle=reach.why if reach else "")
        return await asyncio.to_thread(self._answer, request, asker)

    async def _kept_open(self, interaction: Interaction, place: Place, answering: "asyncio.Task[View]") -> None:
        """Ask Discord for more time, if the answer takes so long that it would not be taken any more."""
        done, _ = await asyncio.wait([answering], timeout=self._patience)
        if done:
            return
        match place:
            case Reply(private):
                await interaction.response.defer(thinking=True, ephemeral=private)
            case Share():  # what the channel sees comes when it is there; an apology would be for the person alone
                await interaction.response.defer(thinking=True, ephemeral=True)
            case Replace():
                await interaction.response.defer()

    async def _apologise(self, interaction: Interaction, sentence: str) -> None:
        """Tell the person beside what is there, and never the whole channel."""
        try:
            message = render(View("That did not work", (Paragraph((Text(sentence),)),)))
            match interaction.response.type:
                case None:
                    await interaction.response.send_message(**message.sending(), ephemeral=True)
                case discord.InteractionResponseType.deferred_channel_message:
                    await interaction.edit_original_response(**message.editing())
                case _:
                    await interaction.followup.send(**message.sending(), ephemeral=True)
        except Exception as error:  # noqa: BLE001 - there is nobody left to tell but the log
            if not _is_late(error):
                _recorded(error)


async def _say(interaction: Interaction, place: Place, view: View, request: Request | Unclear) -> None:
    asked = view.again or (None if isinstance(request, Unclear) else request)
    if isinstance(place, Share):
        await _share(interaction, view, asked)
        return
    message = _drawn(view, asked, shareable=may_share(interaction), part=place.part)
    if interaction.response.is_done():
        await interaction.edit_original_response(**message.editing())
    elif isinstance(place, Replace):
        await interaction.response.edit_message(**message.editing())
    else:
        await interaction.response.send_message(**message.sending(), ephemeral=place.private)


async def _share(interaction: Interaction, view: View, asked: Request | None) -> None:
    message = shared(view, interaction.user.id, asked=asked)
    if not interaction.response.is_done():
        await interaction.response.send_message(**message.sending())
        return
    # First what was put off: Discord would take the next message for it, and show that to the person alone.
    await interaction.edit_original_response(**render(_SHARED).editing())
    await interaction.followup.send(**message.sending())


_drawn = lru_cache(_DRAWN)(answered)


def _is_late(error: Exception) -> bool:
    """Say whether an answer came too late or twice, which is nobody's concern."""
    if not (isinstance(error, discord.HTTPException) and error.code in _TOO_LATE):
        return False
    _log.debug("an answer was not taken: %s", _TOO_LATE[error.code], extra={"action": "discord.late"})
    return True


def _recorded(error: Exception) -> str:
    """Write an error down under a reference, and return the sentence that carries it."""
    code = f"{error.status}, {error.code}" if isinstance(error, discord.HTTPException) else ""
    mishap = Mishap.of(error, code)
    _log.error("%s", mishap.log, extra={"action": "discord.failed"})
    return mishap.human
