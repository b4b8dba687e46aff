"""Where the bot can be tried: each platform as a stage on which answers are shown as it would show them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from bot.requests import Request
from bot.views import View

Json = dict[str, Any]
Files = Mapping[str, str]
"""Texts that are attached, by their names."""

Place = Literal["here", "below", "channel", "modal"]
"""Where an answer goes: in the place of the private message that was clicked in, below it for the person alone, below
it for all in the channel, or in a modal."""


@dataclass(frozen=True, slots=True)
class Click:
    """What a click asks for.

    Attributes:
        request: what is asked.
        place: where the answer goes.
        part: which part of a long answer, from 1.
    """

    request: Request
    place: Place
    part: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a stage.

    Attributes:
        stage: the name of the stage.
        title: the platform's own name.
        place: where it goes.
        drawing: the payload as the platform shows it.
        modal: what stands above a modal and on the button that closes it; empty for messages.
    """

    stage: str
    title: str
    place: Place
    drawing: Markup
    modal: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Stage:
    """A platform, as far as it can be had without an account there.

    Attributes:
        name: `slack`, for one.
        title: the platform's own name.
        send: returns what the platform would be sent: of a view, of what was asked, the place and the part.
        read: returns the request, the place and the part for the name of a button and the place it is in; raises
            `BadTokenError`.
        draw: returns a payload, with what is attached, as HTML.
    """

    name: str
    title: str
    send: Callable[[View, Request | None, Place, int], tuple[Json, Files]]
    read: Callable[[str, Place], tuple[Request, Place, int]]
    draw: Callable[[Json, Files], Markup]

    def show(self, view: View, asked: Request | None, place: Place = "here", part: int = 1) -> Shown:
        """Return a view as the platform shows it.

        Args:
            view: what to say.
            asked: what was asked; `None` for what was no request.
            place: where the answer goes.
            part: which part of a long answer.
        """
        payload, files = self.send(view, asked, place, part)
        frame = (payload["title"]["text"], payload["close"]["text"]) if place == "modal" else ("", "")
        return Shown(self.name, self.title, place, self.draw(payload, files), frame)

    def clicked(self, name: str, within: Place) -> Click:
        """Return what a click asks for.

        Args:
            name: that of the button, as the drawing has it.
            within: where the message with the button is.

        Raises:
            BadTokenError: this version has no such button.
        """
        return Click(*self.read(name, within))
