"""Commands that look at announcements and decide about them: `editions` and `deliveries`."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import chain

from adapters.cli.printing import print_json
from adapters.wiring.app import App, open_app
from bot.editions import DeliveryState, Edition, EditionState, Standing
from bot.errors import PprnetError
from bot.pages.phrases import counted, listed, summaries
from bot.settings import Settings

_GIVEN_UP = frozenset({DeliveryState.FAILED, DeliveryState.UNKNOWN})
_MOST = 100
"""How many deliveries are listed; as data all are."""

_EVERY = 1_000_000

_DECISIONS = {"approve": EditionState.OPEN, "discard": EditionState.DISCARDED}


class NoEditionError(PprnetError):
    """There is no edition of this number that is held. `pprnet editions` lists them."""


def editions(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """List the editions, the newest first, or decide about one that is held."""
    app = open_app(settings, at=now)
    if asked.decision is not None:
        return _decide(app, asked.decision, asked.number)
    found = [(edition, app.ledger.totals(edition.id)) for edition in app.newsroom.editions()]
    if asked.json:
        print_json([_edition_data(*one) for one in found])
    else:
        lines = chain.from_iterable(_edition_lines(app, *one) for one in found)
        print("\n".join(lines) or "There has been no edition yet.")
    return True


def deliveries(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """List deliveries, the newest first, or make those that were given up due again."""
    app = open_app(settings, at=now)
    if asked.decision == "retry":
        print(f"{counted(app.ledger.retry(asked.keys, now), 'delivery', 'deliveries')} due again.")
        return True
    states = _GIVEN_UP if asked.failed else ()
    found = app.ledger.standings(states=states, limit=_EVERY if asked.json else _MOST + 1)
    if asked.json:
        print_json([_delivery_data(one) for one in found])
        return True
    print("\n".join(map(_delivery_line, found[:_MOST])) or "There are none.")
    if len(found) > _MOST:
        print(f"These are the newest {_MOST}; --json lists all.")
    return True


def _decide(app: App, decision: str, number: int) -> bool:
    edition = app.newsroom.decide(number, _DECISIONS[decision])
    if edition is None:
        raise NoEditionError("no held edition of this number")
    if edition.state is EditionState.OPEN:
        print(f"Edition {number} will be announced: by `pprnet worker` within a minute, or now by `pprnet announce`.")
    else:
        print(f"Edition {number} will not be announced; its posts stay in the archive.")
    return True


def _edition_lines(app: App, edition: Edition, totals: Mapping[DeliveryState, int]) -> Iterator[str]:
    became = listed([f"{totals[state]:,} {state}" for state in DeliveryState if state in totals])
    planned = "" if edition.planned_at or edition.state is not EditionState.OPEN else "not planned yet"
    posts = f"{edition.frozen_at:%Y-%m-%d %H:%M}  {edition.state:<9}  {summaries(len(edition.posts))}"
    yield f"{edition.id:>5}  {posts}: {became or planned or 'for no channel'}"
    if edition.state is EditionState.HELD:  # somebody has to decide about these
        yield from (
            f"       {post.id}  {post.month.label:<14}  {post.title}" for post in app.archive.get(edition.posts)
        )


def _edition_data(edition: Edition, totals: Mapping[DeliveryState, int]) -> dict[str, object]:
    planned_at = edition.planned_at and edition.planned_at.isoformat()
    return {
        **asdict(edition),
        "frozen_at": edition.frozen_at.isoformat(),
        "planned_at": planned_at,
        "deliveries": dict(totals),
    }


def _delivery_line(one: Standing) -> str:
    channel = one.channel
    where = f"{channel.platform} {channel.workspace}/{channel.id}"
    tried = f"tried {one.attempts}x" if one.attempts else "not tried yet"
    return "  ".join(filter(None, (one.key, one.state, f"{one.at:%Y-%m-%d %H:%M}", where, tried, one.why, one.url)))


def _delivery_data(one: Standing) -> dict[str, object]:
    due_at = one.due_at and one.due_at.isoformat()
    return {**asdict(one), "at": one.at.isoformat(), "due_at": due_at}
