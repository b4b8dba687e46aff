"""One request to Discord, and what came of it.

Over discord.py's connections and with its token, but not through its `HTTPClient.request`, which tries five times on
its own, sleeping in between: 25 s after a 500, as long as it is told after a 429, and after the last request that a
bucket has room for even with the answer in its hands. A caller that wants to be done in time has to cancel it, and one
cancelled during a global 429 leaves the whole client waiting for good (2.7: nobody sets `_global_over` again). Here one
call is one request, and whoever makes it knows what may have been carried out.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.message import TextFile
from adapters.discord.pacing import Bucket, Pacing

ANSWER_SECONDS = 8.0
"""How long one request may take; nearly all are answered within one second."""


OVERLOADED = 130000
"""Discord's code for a part of it that has too much to do, and has done nothing."""

_NOTHING_TO_SAY = 204
"""HTTP's status for an answer without a body."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request.

    Attributes:
        route: method, path and what stands in it.
        body: sent as JSON.
        files: sent beside it.
        query: what follows the question mark.
        leisurely: it can wait as long as there is anything else to do.
    """

    route: Route
    body: Mapping[str, Any] | None = None
    files: Sequence[TextFile] = ()
    query: Mapping[str, str | int] = field(default_factory=dict)
    leisurely: bool = False


class ExchangeError(Exception):
    """A request was not answered as it should have been."""


class UnreachableError(ExchangeError):
    """There was no connection, so that nothing was sent."""


class UnansweredError(ExchangeError):
    """It was sent, and nobody knows whether it was carried out: the text says why, and holds nothing of the answer."""


class DeclinedError(ExchangeError):
    """Discord, or a machine before it, says no.

    Attributes:
        status: of HTTP, from 300 to 499.
        code: Discord's own number for what is wrong; 0 when it gave none.
        after: seconds to wait, where it says so.
        everywhere: the limit that was met holds for all of the bot's requests.
    """

    def __init__(self, status: int, code: int = 0, after: float | None = None, *, everywhere: bool = False) -> None:
        """Keep what was said."""
        super().__init__(f"HTTP {status}, code {code}")
        self.status = status
        self.code = code
        self.after = after
        self.everywhere = everywhere


class Exchange:
    """Asks Discord, at the pace that it allows."""

    def __init__(self, client: discord.Client, pacing: Pacing, seconds: float = ANSWER_SECONDS) -> None:
        """Keep whose name to ask in.

        Args:
            client: is logged in; its connections, its proxy and its token are used.
            pacing: gives turns.
            seconds: how long one request may take.
        """
        self._http = client.http
        self._pacing = pacing
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, asked: Asked, until: float) -> Any:
        """Make one request and return the JSON of the answer.

        Args:
            asked: the request.
            until: when it has to have left, by the event loop's clock; the answer comes `seconds` later at most.

        Raises:
            CrowdedError: no turn came in time; nothing was sent.
            UnreachableError: there was no connection; nothing was sent.
            UnansweredError: nobody knows whether it was carried out.
            DeclinedError: it was not carried out.
        """
        turn = self._pacing.leisurely_turn if asked.leisurely else self._pacing.turn
        async with turn(f"{asked.route.key} {asked.route.major_parameters}", until) as bucket:
            status, headers, text = await self._request(asked)
            data = _read(headers, text)
            self._heed(bucket, status, headers, data)
        if 200 <= status < 300:
            if data is None and status != _NOTHING_TO_SAY:
                raise UnansweredError(f"Discord's answer could not be read (HTTP {status}).")
            return data
        if status >= 500 and _code(data) != OVERLOADED:
            raise UnansweredError(f"Discord failed (HTTP {status}).")
        raise DeclinedError(status, _code(data), _after(headers, data), everywhere=_everywhere(headers, data))

    async def _request(self, asked: Asked) -> tuple[int, Mapping[str, str], str]:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._answered(asked)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise UnreachableError("Discord cannot be reached.") from None
        except TimeoutError:
            raise UnansweredError("Discord did not answer in time.") from None
        except (aiohttp.ClientError, OSError) as error:
            raise UnansweredError(f"The connection to Discord broke ({type(error).__name__}).") from None
        except UnicodeDecodeError:
            raise UnansweredError("Discord's answer could not be read.") from None

    async def _answered(self, asked: Asked) -> tuple[int, Mapping[str, str], str]:
        headers = {"User-Agent": self._http.user_agent, "Authorization": f"Bot {self._http.token}"}
        async with self._open().request(
            asked.route.method,
            asked.route.url,
            data=_sent(asked),
            headers=headers if asked.files or asked.body is None else {**headers, "Content-Type": "application/json"},
            params=asked.query,
            proxy=self._http.proxy,
            proxy_auth=self._http.proxy_auth,
            allow_redirects=False,  # a post that is sent elsewhere would become a look-up
        ) as response:
            return response.status, response.headers, await response.text(encoding="utf-8")

    def _open(self) -> aiohttp.ClientSession:
        """Return a session on the client's connections: it ends with them and need not be closed."""
        if self._session is None or self._session.closed:
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=self._http.connector, connector_owner=False, cookie_jar=jar)
        return self._session

    def _heed(self, bucket: Bucket, status: int, headers: Mapping[str, str], data: Any) -> None:
        """Keep the next requests waiting as long as an answer says."""
        if status == 429:
            after = _after(headers, data) or 0.0
            if _everywhere(headers, data):
                self._pacing.hold(after)
            bucket.close(after)
        elif headers.get("X-RateLimit-Remaining") == "0":
            bucket.close(_number(headers.get("X-RateLimit-Reset-After")) or 0.0)


def _sent(asked: Asked) -> str | aiohttp.FormData | None:
    if asked.body is None:
        return None
    text = json.dumps(asked.body, separators=(",", ":"))
    if not asked.files:
        return text
    form = aiohttp.FormData(quote_fields=False)  # Discord knows no escaped brackets
    form.add_field("payload_json", text, content_type="application/json")
    for number, file in enumerate(asked.files):
        form.add_field(f"files[{number}]", file.text.encode(), filename=file.name, content_type="text/plain")
    return form


def _read(headers: Mapping[str, str], text: str) -> Any:
    """Return the JSON of an answer; `None` when it is none."""
    if not headers.get("Content-Type", "").startswith("application/json"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _code(data: Any) -> int:
    code = data.get("code") if isinstance(data, dict) else None
    return code if isinstance(code, int) else 0


def _after(headers: Mapping[str, str], data: Any) -> float | None:
    told = data.get("retry_after") if isinstance(data, dict) else None
    return _number(told) if told is not None else _number(headers.get("Retry-After"))


def _everywhere(headers: Mapping[str, str], data: Any) -> bool:
    """Say whether a limit holds for the whole bot; one that does not come from Discord holds for the whole address."""
    told = isinstance(data, dict) and "retry_after" in data
    return not told or bool(data.get("global")) or headers.get("X-RateLimit-Scope") == "global"


def _number(given: Any) -> float | None:
    """Return seconds; `None` where none can be read that make sense."""
    try:
        seconds = float(given)
    except (TypeError, ValueError):
        return None
    return seconds if 0 <= seconds <= 10**6 else None
