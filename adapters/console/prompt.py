"""A prompt on the terminal: type a command, or the number of a choice."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from adapters.console.render import numbered, show
from bot.commands import COMMANDS
from bot.requests import Request, Unclear
from bot.views import Button, View
from bot.wording import parse

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

Answer = Callable[[Request | Unclear], View]
"""Answers a request; raises nothing."""

Suggest = Callable[[str], Iterable[str]]
"""Names of topics that a few typed letters may become."""

_LEAVE = frozenset({"quit", "exit", "bye", "/quit", "/exit"})
_GREETING = "Type a command such as “topic burnout”, the number of a choice, or “quit”."


class Conversation:
    """One person's turn-taking: what was shown last decides what a number means."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._choices: tuple[Button, ...] = ()

    def reply(self, line: str) -> View:
        """Return the answer to a line: a choice by its number, or anything that can be asked."""
        view = self._answer(self._chosen(line) or parse(line))
        self._choices = view.buttons
        return view

    def _chosen(self, line: str) -> Request | None:
        number = line.strip()
        if not (number.isdecimal() and 1 <= int(number[:6]) <= len(self._choices)):
            return None
        return self._choices[int(number[:6]) - 1].request


def talk(answer: Answer, lines: Iterable[str], out: TextIO) -> None:
    """Answer lines until they end or say `quit`."""
    conversation = Conversation(answer)
    out.write(f"{_GREETING}\n\n")
    show(conversation.reply("latest"), out, numbered)
    for line in lines:
        if line.strip().casefold() in _LEAVE:
            break
        if line.strip():
            show(conversation.reply(line), out, numbered)


def typed_lines(suggest: Suggest, source: "Input | None" = None, screen: "Output | None" = None) -> Iterator[str]:
    """Yield lines as a person types them, with history and completion; ends at Ctrl-D or Ctrl-C.

    The history lasts as long as the prompt: what a person asks is kept nowhere.

    Args:
        suggest: completes the words after `topic`.
        source: where keys come from; the terminal when not given.
        screen: where the prompt is drawn; the terminal when not given.
    """
    session = _session(suggest, source, screen)
    while True:
        try:
            yield session.prompt("/pprnet ")
        except (EOFError, KeyboardInterrupt):
            return


def completions(text: str, suggest: Suggest) -> Iterator[tuple[str, int]]:
    """Yield what typed text may become: each with where it starts, counted back from the end of the text."""
    head, blank, rest = text.removeprefix("/pprnet ").lstrip().partition(" ")
    if not blank:
        yield from ((command.name, -len(head)) for command in COMMANDS if command.name.startswith(head.casefold()))
    elif head.casefold() == "topic":
        yield from ((name, -len(rest)) for name in suggest(rest))
    elif head.casefold() == "help":
        yield from ((command.name, -len(rest)) for command in COMMANDS if command.name.startswith(rest.casefold()))


def completer(suggest: Suggest) -> "Completer":
    """Return what offers completions while a person types; see `completions`."""
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document

    class CommandCompleter(Completer):
        def get_completions(self, document: Document, _complete_event: object) -> Iterator[Completion]:
            for text, start in completions(document.text_before_cursor, suggest):
                yield Completion(text, start_position=start)

    return CommandCompleter()


def _session(suggest: Suggest, source: "Input | None", screen: "Output | None") -> "PromptSession[str]":
    from prompt_toolkit import PromptSession  # a tenth of a second that only a prompt needs
    from prompt_toolkit.history import InMemoryHistory

    return PromptSession(
        history=InMemoryHistory(),
        completer=completer(suggest),
        complete_while_typing=True,
        input=source,
        output=screen,
    )
