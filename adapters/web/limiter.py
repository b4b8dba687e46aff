"""How many requests one address may make: a token bucket for each, in bounded memory."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from aiohttp import web

MOST_ADDRESSES = 10_000
"""How many addresses are known at once; of more, the one that has been quiet longest is forgotten."""

_SITE = 64
"""Whoever has one IPv6 address has 2^64 of them: the first 64 bits are one household."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests are let through.

    Attributes:
        burst: how many at once.
        per_second: how many in the long run.
    """

    burst: float
    per_second: float


PAGES = Rate(burst=120, per_second=20)
"""For pages: a person who types a letter at a time, with completion, stays below it."""

LOGINS = Rate(burst=5, per_second=1 / 12)
"""For attempts at the operator's token."""


class Limiter:
    """Counts requests by address."""

    def __init__(self, rate: Rate, most: int = MOST_ADDRESSES) -> None:
        """Begin with full buckets.

        Args:
            rate: what is let through.
            most: how many addresses are known at once.
        """
        self._rate = rate
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, address: str, now: float) -> float:
        """Count a request; return 0 to let it through, else the seconds after which the next one may come.

        Args:
            address: whose request it is.
            now: seconds of a clock that never goes back.
        """
        left, since = self._buckets.pop(address, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - since) * self._rate.per_second)
        let_through = left >= 1
        self._buckets[address] = (left - 1 if let_through else left, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0.0 if let_through else (1 - left) / self._rate.per_second


def whose(request: web.Request) -> str:
    """Return the address that a request is counted for.

    Where the other end is on this machine or in a private network it may be a proxy, and what it put last into
    `X-Forwarded-For` is whom it speaks for. Somebody in that network may lie about it, and gains no more than requests:
    who may see what is never decided by this.
    """
    counted, is_near = _known(request.remote or "")
    told = request.headers.getall("X-Forwarded-For", ()) if is_near else ()
    return (_known(told[-1].rpartition(",")[2].strip())[0] if told else "") or counted


@lru_cache(maxsize=4096)
def _known(text: str) -> tuple[str, bool]:
    """Return what an address is counted as, empty if it is none, and whether it is of this machine or its network."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "", True
    if isinstance(address, ipaddress.IPv6Address):
        if (older := address.ipv4_mapped) is not None:  # how a server that listens to both kinds tells of an IPv4 one
            return _known(str(older))
        return str(ipaddress.ip_network((address, _SITE), strict=False)), not address.is_global
    return text, not address.is_global
