"""What is offered while someone types a command on the page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.commands import COMMANDS
from bot.topics.catalogue import Topic

Complete = Callable[[str], Sequence[Topic]]
"""Returns the topics that what was typed so far can become, the likeliest first."""

_MOST = 8
_SHORTEST = 3
"""From so many letters on, what begins no command may be a topic."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line to choose.

    Attributes:
        value: what the box then holds; with a blank at its end where more has to follow.
        said: what it is; may be empty.
    """

    value: str
    said: str


def offers(typed: str, complete: Complete) -> list[Offer]:
    """Return what a line can become, the likeliest first.

    Args:
        typed: the line so far, with or without a leading `/pprnet`.
        complete: see `Complete`.
    """
    head, blank, rest = typed.removeprefix("/pprnet").lstrip().partition(" ")
    return list(islice(_continued(head, rest, complete) if blank else _begun(head, complete), _MOST))


def _begun(head: str, complete: Complete) -> Iterator[Offer]:
    for command in COMMANDS:
        if command.name.startswith(head.casefold()):
            yield Offer(f"{command.name} " if _goes_on(command.usage) else command.name, command.purpose)
    if len(head) >= _SHORTEST:
        yield from _topics(complete(head), "a topic")


def _continued(head: str, rest: str, complete: Complete) -> Iterator[Offer]:
    match head.casefold():
        case "topic":
            yield from _topics(complete(rest), "")
        case "help":
            begun = (each for each in COMMANDS if each.name.startswith(rest.strip().casefold()))
            yield from (Offer(f"help {command.name}", command.purpose) for command in begun)
        case _:
            return


def _topics(found: Iterable[Topic], said: str) -> Iterator[Offer]:
    return (Offer(f"topic {topic.name}", said) for topic in found)


def _goes_on(usage: str) -> bool:
    """Say whether a command is nothing without what follows it."""
    return bool(usage) and not usage.startswith("[")
