"""One request and its answer, within bounds of time, size and place."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from adapters.sources.site.errors import DamagedError, OutOfBoundsError, OversizeError, RefusedError
from adapters.sources.site.guard import Guard, GuardedResolver
from adapters.sources.site.limits import ANSWER_SECONDS, BODY_LIMIT
from adapters.sources.site.unpacking import ACCEPTED, collected

Lookup = Callable[[], AbstractResolver]
"""Makes what finds the addresses of a host; the system's own finder, unless a test has another."""

_PIECE = 64 * 1024
_WANTED = "text/html, application/xml;q=0.9, */*;q=0.5"
_OK, _REDIRECTS = 200, frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: its HTTP status; 0 when nothing came, or less than the answer said.
        headers: its headers, names in lower case.
        charset: what its header says of its encoding.
        body: its body, unpacked; empty unless the status is 200.
    """

    status: int
    headers: Mapping[str, str]
    charset: str = ""
    body: bytes = b""

    @property
    def redirect(self) -> str:
        """Where it sends to; empty when nowhere."""
        return self.headers.get("location", "") if self.status in _REDIRECTS else ""


_NOTHING = Answer(0, {})


class Transport:
    """Makes requests, one at a time, to where the guard lets it."""

    def __init__(self, session: aiohttp.ClientSession, guard: Guard, seconds: float) -> None:
        """Use a session of `opened`; see there."""
        self._session = session
        self._guard = guard
        self._seconds = seconds

    def check(self, url: URL) -> None:
        """Let an address pass.

        Raises:
            OutOfBoundsError: it was not named.
        """
        self._guard.check(url)

    async def get(self, url: URL, headers: Mapping[str, str], *, seconds: float = ANSWER_SECONDS) -> Answer:
        """Ask for one address; redirects are answers like others.

        Args:
            url: the address.
            headers: what to send beside what is always sent.
            seconds: how long it may take.

        Raises:
            OutOfBoundsError: it is, or its host stands for, an address that was not named.
            OversizeError: the body is larger.
            DamagedError: the body cannot be unpacked.
            RefusedError: the host cannot prove to be itself.
        """
        self.check(url)
        within = aiohttp.ClientTimeout(total=min(seconds, self._seconds))
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False, timeout=within) as response:
                return await _answer(response)
        except aiohttp.InvalidURL:
            raise OutOfBoundsError("a source leads to what is no address") from None
        except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError):
            human = "The site cannot prove by https that it is itself; nothing was fetched."
            raise RefusedError("a source cannot prove to be itself", human) from None
        except (TimeoutError, aiohttp.ClientError):
            return _NOTHING


@asynccontextmanager
async def opened(
    guard: Guard, user_agent: str, seconds: float = ANSWER_SECONDS, lookup: Lookup = ThreadedResolver
) -> AsyncIterator[Transport]:
    """Open what makes requests, and close it.

    Neither cookies nor proxies of the environment are used: a proxy would look hosts up in place of the guard.

    Args:
        guard: where requests may go.
        user_agent: who they say they are from.
        seconds: how long one answer may take at most.
        lookup: what finds the addresses of a host.
    """
    resolver = GuardedResolver(guard, lookup())
    connector = aiohttp.TCPConnector(limit=1, resolver=resolver)
    always = {"User-Agent": user_agent, "Accept": _WANTED, "Accept-Encoding": ACCEPTED}
    session = aiohttp.ClientSession(
        connector=connector, headers=always, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
    )
    try:
        yield Transport(session, guard, seconds)
    finally:
        await session.close()
        await resolver.close()  # the HTTP library closes its own one only


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.status != _OK:
        response.close()  # its body is of no use, and could be endless
        return Answer(response.status, headers)
    pieces = response.content.iter_chunked(_PIECE)
    try:
        body = await collected(pieces, headers.get("content-encoding", ""), BODY_LIMIT)
    except (DamagedError, OversizeError):
        response.close()
        raise
    return Answer(_OK, headers, response.charset or "", body)
