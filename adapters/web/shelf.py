"""Finished pages, kept as long as the archive they were made from is the same."""

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from adapters.web.pages import html_response

MOST_BYTES = 16 * 1024 * 1024
"""How much is kept; of more, what has not been asked for longest is dropped."""

FRESH = 1.0
"""Seconds for which the archive's stamp is believed: so long an import may go unnoticed."""

_KEPT = 60.0
"""Seconds after which a page is made anew all the same: the search index follows the archive a little later."""

_WORTH_PACKING = 1024
_SOME = 512
"""What a page on the shelf takes beside its body, in bytes, about."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as it goes out.

    Attributes:
        status: its HTTP status.
        body: the page.
        packed: the same by gzip; empty if that is not worth it.
        mark: its entity tag.
    """

    status: int
    body: bytes
    packed: bytes
    mark: str


def finished(body: bytes, status: int = 200) -> Finished:
    """Make a page ready to go out."""
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= _WORTH_PACKING else b""
    return Finished(status, body, packed, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"')


class Shelf:
    """Keeps pages, and finds them again."""

    def __init__(
        self, stamp: Callable[[], str], fresh: float = FRESH, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin empty.

        Args:
            stamp: returns the archive's stamp; it waits for the store and is called in a thread.
            fresh: see `FRESH`.
            clock: seconds that never go back.
        """
        self._read_stamp = stamp
        self._fresh = fresh
        self._clock = clock
        self._stamp, self._stamped_at = "", -float("inf")
        self._pages: OrderedDict[str, tuple[Finished, float]] = OrderedDict()
        self._bytes = 0

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return self._bytes

    async def get(self, key: str, make: Callable[[], Finished]) -> Finished:
        """Return the page of a key, from the shelf or made in a thread.

        Raises:
            StoreError: the archive could not be reached.
        """
        await self._look()
        if (kept := self._kept(key)) is not None:
            return kept
        stamp, made = self._stamp, await asyncio.to_thread(make)
        if made.status == 200 and stamp == self._stamp:
            self._keep(key, made)
        return made

    async def _look(self) -> None:
        """Clear the shelf if the archive has changed."""
        now = self._clock()
        if now - self._stamped_at < self._fresh:
            return
        stamp = await asyncio.to_thread(self._read_stamp)
        self._stamped_at = now
        if stamp != self._stamp:
            self._stamp = stamp
            self._pages.clear()
            self._bytes = 0

    def _kept(self, key: str) -> Finished | None:
        if key not in self._pages:
            return None
        page, since = self._pages[key]
        if self._clock() - since > _KEPT:
            self._drop(key)
            return None
        self._pages.move_to_end(key)
        return page

    def _keep(self, key: str, page: Finished) -> None:
        if key in self._pages:  # two asked at once
            self._drop(key)
        self._pages[key] = (page, self._clock())
        self._bytes += _weight(key, page)
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: str) -> None:
        page, _ = self._pages.pop(key)
        self._bytes -= _weight(key, page)


def response(page: Finished, request: web.Request) -> web.Response:
    """Return a page as the answer to a request: packed where that is understood, nothing where it is known already."""
    told = {"Vary": "Accept-Encoding", "ETag": page.mark, "Cache-Control": "no-cache"}
    if page.status != 200:
        return html_response(page.body, page.status)
    if _knows(request, page.mark):
        return web.Response(status=304, headers=told)
    if page.packed and _unpacks(request):
        return html_response(page.packed, 200, {**told, "Content-Encoding": "gzip"})
    return html_response(page.body, 200, told)


def _knows(request: web.Request, mark: str) -> bool:
    """Say whether the other end has the page, weakly compared (RFC 9110, 13.1.2)."""
    strong = mark.removeprefix("W/")
    told = ",".join(request.headers.getall("If-None-Match", ()))
    return any(each.strip().removeprefix("W/") in {strong, "*"} for each in told.split(","))


def _unpacks(request: web.Request) -> bool:
    """Say whether the other end takes gzip (RFC 9110, 12.5.3)."""
    for each in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _weight(key: str, page: Finished) -> int:
    return len(key) + len(page.body) + len(page.packed) + _SOME
