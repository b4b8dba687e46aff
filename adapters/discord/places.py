"""Where an answer goes in Discord."""

from dataclasses import dataclass

from adapters.discord.asking import Interaction, is_direct
from adapters.discord.marks import is_mark


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of its own.

    Attributes:
        private: for the person alone.
        part: which part of a long answer.
    """

    private: bool = True
    part: int = 1


@dataclass(frozen=True, slots=True)
class Replace:
    """The place of the message whose button was clicked; `part` is which part of a long answer."""

    part: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """The channel, for all to see, with who shared it."""


Place = Reply | Replace | Share


def command_place(interaction: Interaction) -> Place:
    """Return where the answer to a command goes: to the asker alone, who in a direct message is alone anyway."""
    return Reply(private=not is_direct(interaction))


def click_place(interaction: Interaction, part: int = 1) -> Place:
    """Return where the answer to a click goes.

    What only one person sees is replaced: a private message, a direct message. What others see stays as it is, and so
    does an announcement: it was not asked for, so it would not be found again.
    """
    message, direct = interaction.message, is_direct(interaction)
    if message is not None and any(is_mark(getattr(one, "id", None)) for one in message.components):
        return Reply(private=not direct, part=part)
    own = direct or (message is not None and message.flags.ephemeral)
    return Replace(part) if own else Reply(part=part)
