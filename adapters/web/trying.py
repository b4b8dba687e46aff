"""The page at `/`: what is typed and clicked is answered as each platform shows it."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from aiohttp import web

from adapters.web.forms import fields
from adapters.web.offers import Complete, offers
from adapters.web.pages import Pages, html_response
from adapters.web.trial import LONGEST, Trial, Turn

EXAMPLES = ("topic burnout", "latest", "search does burnout hurt patients", "topics")
"""What a newcomer can click on."""


@dataclass(frozen=True, slots=True)
class Step:
    """A platform to go to from here.

    Attributes:
        platform: its name.
        missing: what has to be set before the bot can be there, a sentence each; empty when nothing has to.
        guide: the name of the document that says how.
    """

    platform: str
    missing: tuple[str, ...]
    guide: str


def try_routes(trial: Trial, complete: Complete, steps: Sequence[Step], pages: Pages) -> tuple[web.RouteDef, ...]:
    """Return the page, and what its script asks for.

    The page answers `GET /?q=...`, and clicks by `GET /?on=...&in=...&click=...`, without any script. The script asks
    by `POST /try`, so that no address holds what was typed, and gets the part of the page that is new. Neither
    changes anything: here nobody is in a channel.

    Args:
        trial: answers what is asked.
        complete: completes the names of topics.
        steps: where to go from here.
        pages: makes pages.
    """
    numbers = itertools.count(1)

    async def page(request: web.Request) -> web.Response:
        turn = await asyncio.to_thread(_turn, trial, dict(request.query))
        values = {"turn": turn, "key": next(numbers), "examples": EXAMPLES, "steps": steps, "longest": LONGEST}
        return html_response(await asyncio.to_thread(pages.page, "try.html", **values))

    async def ask(request: web.Request) -> web.Response:
        given = await fields(request)
        made = await asyncio.to_thread(_part, trial, pages, given, next(numbers))
        if made is None:
            raise web.HTTPBadRequest
        return html_response(made)

    async def offer(request: web.Request) -> web.Response:
        typed = (await fields(request)).get("q", "")[:LONGEST]
        found = await asyncio.to_thread(offers, typed, complete)
        return web.json_response([asdict(each) for each in found])

    return web.get("/", page), web.post("/try", ask), web.post("/try/offers", offer)


def _turn(trial: Trial, given: Mapping[str, str]) -> Turn | None:
    """Return what a whole page answers; `None` when nothing was asked."""
    match given:
        case {"click": name, "on": stage}:
            return trial.followed(stage, name, given.get("in", ""))
        case {"q": typed}:
            return trial.typed(typed)
        case _:
            return None


def _part(trial: Trial, pages: Pages, given: Mapping[str, str], key: int) -> bytes | None:
    """Return what is new on a page that is there; `None` when nothing was asked."""
    match given:
        case {"click": name, "on": stage}:
            shown = trial.clicked(stage, name, given.get("in", ""))
            return pages.page("try_message.html", shown=shown, used="") if shown else None
        case {"q": typed}:
            return pages.page("try_turn.html", turn=trial.typed(typed), key=key)
        case _:
            return None
