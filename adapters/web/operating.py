"""The operator's pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from adapters.web.access import Access
from adapters.web.pages import Pages
from bot.ports.announcing import Ledger, Newsroom
from bot.ports.archive import Archive
from bot.ports.subscribing import Subscriptions


@dataclass(frozen=True, slots=True)
class Office:
    """What the operator looks at.

    Attributes:
        archive: the posts.
        subscriptions: what channels have asked for.
        newsroom: the editions.
        ledger: the deliveries.
        next_run: returns when the first announcement after a moment is due.
        clock: returns the time of day, an aware time.
        version: the program's.
    """

    archive: Archive
    subscriptions: Subscriptions
    newsroom: Newsroom
    ledger: Ledger
    next_run: Callable[[datetime], datetime]
    clock: Callable[[], datetime]
    version: str


class Operating:
    """Answers the operator."""

    def __init__(self, office: Office, pages: Pages, access: Access, *, secure: bool) -> None:
        self._office = office
        self._pages = pages
        self._access = access
        self._secure = secure

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the web server has to serve for it."""
        return ()
