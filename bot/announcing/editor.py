"""Puts what is new into editions, and writes down who gets them."""

import logging
from datetime import datetime

from bot.editions import Edition, EditionState, oldest_news
from bot.ports.announcing import Ledger, Newsroom

_log = logging.getLogger("pprnet.announcing")

MOST = 6
"""With more posts than this at once an edition is held: the blog has three a month at most, and a source that gives all
its posts new dates must never flood a channel."""


class Editor:
    """Makes editions. Every method raises `StoreError` when the store cannot be reached."""

    def __init__(self, newsroom: Newsroom, ledger: Ledger) -> None:
        """Begin.

        Args:
            newsroom: where the news and the editions are.
            ledger: where it is written down who gets them.
        """
        self._newsroom = newsroom
        self._ledger = ledger

    def freeze(self, at: datetime, most: int = MOST) -> Edition | None:
        """Put what is new into an edition; `None` when nothing is.

        Args:
            at: the time of day, an aware time.
            most: with more posts than this it is held.
        """
        edition = self._newsroom.freeze(oldest_news(at), most, at)
        if edition is not None and edition.state is EditionState.HELD:
            said = "edition %d has %d posts and is held: look at it, then `pprnet editions approve %d` or `discard %d`"
            told = (edition.id, len(edition.posts), edition.id, edition.id)
            _log.warning(said, *told, extra={"action": "edition.held"})
        elif edition is not None:
            _log.info("edition %d has %d posts", edition.id, len(edition.posts), extra={"action": "edition.frozen"})
        return edition

    def plan(self, at: datetime) -> int:
        """Write down who gets the open editions, as far as it is not yet; return how many deliveries that makes.

        Args:
            at: the time of day, an aware time.
        """
        planned = self._ledger.plan(at)
        if planned:
            _log.info("%d announcements are to be sent", planned, extra={"action": "edition.planned"})
        return planned

    def frozen_since(self, tick: datetime) -> bool:
        """Say whether there has been an edition since a tick: it is the tick's."""
        newest = self._newsroom.editions(1)
        return bool(newest) and newest[0].frozen_at >= tick
