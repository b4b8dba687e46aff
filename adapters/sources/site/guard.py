"""Where the bot may go: to the hosts that the operator named, and there to public addresses only.

A host's addresses are looked up once for each connection, checked, and connected to as they were checked: a name that
means another machine a moment later (DNS rebinding) gets nowhere. Python's own lookup would be made again by whoever
connects, so the check sits inside the connector's resolver.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from adapters.sources.site.errors import OutOfBoundsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
_NAT64 = ip_network("64:ff9b::/96")
"""IPv4 addresses as a network without IPv4 has them: RFC 6052, 2.1."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Guard:
    """Knows the hosts and the addresses that may be connected to."""

    def __init__(self, urls: Iterable[str], networks: Iterable[str] = ()) -> None:
        """Allow what some addresses name.

        A private address is allowed only if it was named: as the host of an address itself, by the name `localhost`,
        or in one of the networks.

        Args:
            urls: the sources as the operator wrote them.
            networks: further addresses or networks, such as `10.0.0.0/8`, that hosts may be in.

        Raises:
            ValueError: a network is none.
        """
        named = [URL(url) for url in urls]
        self._origins = {_origin(url) for url in named}
        self._origins |= {
            ("https", host, 443) for scheme, host, port in self._origins if (scheme, port) == ("http", 80)
        }
        hosts = {url.host or "" for url in named}
        self._networks: list[Network] = [ip_network(network, strict=False) for network in networks]
        self._networks += [ip_network(host) for host in hosts if _address(host)]
        self._networks += _LOOPBACK if any(_is_localhost(host) for host in hosts) else ()

    def check(self, url: URL) -> None:
        """Let an address pass. Numbers in place of a host pass when the operator wrote these very numbers.

        Raises:
            OutOfBoundsError: it is not on one of the operator's hosts.
        """
        if url.scheme not in _DEFAULT_PORTS or url.user is not None or _origin(url) not in self._origins:
            raise OutOfBoundsError(
                "a source leads outside of the configured hosts",
                f"The source leads to {url.origin() if url.absolute else 'no address'}, which is not a host of "
                "PPRNET_SOURCES. Name it there if it is right.",
            )

    def admits(self, address: Address) -> bool:
        """Say whether an address may be connected to."""
        bare = _bare(address)
        public = bare.is_global and not bare.is_multicast
        return public or any(bare in network for network in self._networks if network.version == bare.version)


class GuardedResolver(AbstractResolver):
    """Looks names up for the HTTP library, and keeps to itself the addresses that may not be connected to."""

    def __init__(self, guard: Guard, lookup: AbstractResolver) -> None:
        """Look names up with another resolver."""
        self._guard = guard
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return a host's addresses.

        Raises:
            OutOfBoundsError: one of them is private and was not named. The others are not tried: it is no public host.
        """
        found = await self._lookup.resolve(host, port, family)
        if not all(self._admitted(one["host"]) for one in found):
            raise _private()
        return found

    async def close(self) -> None:
        """Close the other resolver."""
        await self._lookup.close()

    def _admitted(self, host: str) -> bool:
        address = _address(host)
        return address is not None and self._guard.admits(address)


def _private() -> OutOfBoundsError:
    return OutOfBoundsError(
        "a source leads to a private address",
        "The source's host is on a private network. If that is right, name the network in PPRNET_SOURCE_NETWORKS.",
    )


def _origin(url: URL) -> tuple[str, str, int]:
    return url.scheme, (url.host or "").rstrip(".").lower(), url.port or 0


def _is_localhost(host: str) -> bool:
    return host.rstrip(".").lower() == "localhost"


def _address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _bare(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address
