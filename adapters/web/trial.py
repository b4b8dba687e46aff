"""Answers on the stages: what is typed and clicked on the page, by the one way that every platform's requests go."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adapters.web.stages import Click, Place, Shown, Stage
from bot.channels import NOBODY, Asker
from bot.errors import BadTokenError, Mishap, PprnetError
from bot.requests import Request, Unclear
from bot.views import Paragraph, Text, View
from bot.wording import parse, write

_log = logging.getLogger("pprnet.web")

Answer = Callable[[Request | Unclear, Asker], View]

LONGEST = 500
"""Characters of what is typed; more than any command needs."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something asked and what every stage shows.

    Attributes:
        asked: what was asked, without `/pprnet`.
        told: the title of the answer.
        shown: the answer on each stage.
    """

    asked: str
    told: str
    shown: tuple[Shown, ...]


class Trial:
    """Answers what is typed and clicked. Everything here waits for the store: call it in a thread. Nothing raises."""

    def __init__(self, answer: Answer, stages: Sequence[Stage]) -> None:
        """Keep what answers are made with.

        Args:
            answer: the service's `answer`.
            stages: where answers are shown.
        """
        self._answer = answer
        self._stages = {stage.name: stage for stage in stages}

    def typed(self, text: str) -> Turn:
        """Return the answer to what was typed, on every stage."""
        line = _without_prefix(text)
        if len(line) > LONGEST:
            return self._turn(f"{line[:LONGEST]}…", _TOO_LONG, None)
        request = parse(line)
        return self._turn(line, self._answered(request), None if isinstance(request, Unclear) else request)

    def clicked(self, stage: str, name: str, within: str) -> Shown | None:
        """Return the answer to a click, on the stage where it happened; `None` where there is no such stage.

        Args:
            stage: the name of the stage.
            name: that of the button.
            within: where the message with the button is.
        """
        if (here := self._stages.get(stage)) is None:
            return None
        match _read(here, name, within):
            case Click(request, place, part):
                return here.show(self._answered(request), request, place, part)
            case View() as apology:
                return here.show(apology, None, "below")

    def followed(self, stage: str, name: str, within: str) -> Turn | None:
        """Return what a click leads to, on every stage: for a page that is loaded anew.

        What only one of the platforms has, such as a modal, is on the stage that was clicked on.
        """
        if (here := self._stages.get(stage)) is None:
            return None
        match _read(here, name, within):
            case Click(request, place, part):
                view = self._answered(request)
                elsewhere: Place = "channel" if place == "channel" else "here"
                shown = (
                    each.show(view, request, place, part) if each is here else each.show(view, request, elsewhere)
                    for each in self._stages.values()
                )
                return Turn(write(request), view.title, tuple(shown))
            case View() as apology:
                return self._turn("", apology, None)

    def _turn(self, asked: str, view: View, request: Request | None) -> Turn:
        return Turn(asked, view.title, tuple(stage.show(view, request) for stage in self._stages.values()))

    def _answered(self, request: Request | Unclear) -> View:
        try:
            return self._answer(request, NOBODY)
        except PprnetError as error:
            _log.info("a person was told: %s", error, extra={"action": "web.told"})
            return _apology(error.human)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a sentence and the log a reference
            mishap = Mishap.of(error)
            _log.error("%s", mishap.log, extra={"action": "web.failed"})
            return _apology(mishap.human)


def _read(stage: Stage, name: str, within: str) -> Click | View:
    try:
        return stage.clicked(name, _PLACES.get(within, "here"))
    except BadTokenError as error:
        return _apology(error.human)


def _apology(sentence: str) -> View:
    return View("That did not work", (Paragraph((Text(sentence),)),))


def _without_prefix(text: str) -> str:
    line = " ".join(text.split())
    head, _, rest = line.partition(" ")
    return rest if head.casefold() == "/pprnet" else line


_PLACES: dict[str, Place] = {"here": "here", "below": "below", "channel": "channel", "modal": "modal"}

_TOO_LONG = _apology(f"That is longer than {LONGEST} characters. Say it in fewer words.")
