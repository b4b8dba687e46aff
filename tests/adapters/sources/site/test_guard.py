"""Where the bot may go."""

import socket
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from adapters.sources.site.errors import OutOfBoundsError, RefusedError
from adapters.sources.site.fetcher import fetching
from adapters.sources.site.guard import Guard
from adapters.sources.site.pages import PageFolder
from tests.adapters.sources.site.visiting import a_web
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_posts import invented

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "8.8.8.8"]
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::", "192.0.2.1", "198.18.0.1",
]  # fmt: skip
NAMED = Guard(["https://blog.example/list", "http://plain.example/", "http://127.0.0.1:8080/"], ["10.0.0.0/8"])


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert Guard(["https://blog.example/"]).admits(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_no_other_address_may_be_connected_to(address: str) -> None:
    assert not Guard(["https://blog.example/"]).admits(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_passes_if_it_is_public_however_it_is_written(address: IPv4Address) -> None:
    guard = Guard(["https://blog.example/"])
    public = address.is_global and not address.is_multicast
    for written in (address, IPv6Address(f"::ffff:{address}"), IPv6Address(f"64:ff9b::{address}")):
        assert guard.admits(written) == public


def test_private_addresses_pass_when_they_are_named() -> None:
    assert NAMED.admits(ip_address("127.0.0.1"))
    assert not NAMED.admits(ip_address("127.0.0.2"))
    assert NAMED.admits(ip_address("10.200.0.1"))
    assert NAMED.admits(ip_address("::ffff:10.0.0.1"))
    assert Guard(["http://localhost:8000/"]).admits(ip_address("::1"))
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/99"):
        Guard([], ["10.0.0.0/99"])


@pytest.mark.parametrize(
    "url",
    ["https://blog.example/other?p=2", "https://BLOG.example./", "http://plain.example/", "https://plain.example/x",
     "http://127.0.0.1:8080/"],
)  # fmt: skip
def test_addresses_on_named_hosts_pass(url: str) -> None:
    NAMED.check(URL(url))


@pytest.mark.parametrize(
    "url",
    ["http://blog.example/", "https://blog.example:8443/", "https://www.blog.example/", "https://blog.example.evil/",
     "https://someone@blog.example/", "https://evil/@blog.example", "https://blog.example@evil/", "ftp://blog.example/",
     "http://127.0.0.1/", "http://127.0.0.1:8081/", "/relative", "", "https://[::1]/"],
)  # fmt: skip
def test_no_other_address_passes(url: str) -> None:
    with pytest.raises(OutOfBoundsError):
        NAMED.check(URL(url))


class Names(AbstractResolver):
    """Names that mean one list of addresses after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.closed = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        found = self.answers.pop(0)
        return [ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0) for one in found]

    async def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1"])
@on_a_loop
async def test_numbers_that_only_some_systems_take_for_an_address_are_none(host: str, tmp_path: Path) -> None:
    url = f"http://{host}/"
    async with fetching(a_web(url), PageFolder(tmp_path)) as fetcher:
        with pytest.raises(OutOfBoundsError):
            await fetcher.fetch(url)


@on_a_loop
async def test_a_site_that_cannot_prove_to_be_itself_is_refused(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site:
        url = site.blog.replace("http:", "https:")
        async with fetching(a_web(url), PageFolder(tmp_path)) as fetcher:
            with pytest.raises(RefusedError):
                await fetcher.fetch(url)


def test_a_private_address_passes_only_on_the_port_that_was_named() -> None:
    for url in ("http://10.0.0.1/", "http://169.254.169.254/"):
        Guard([url]).check(URL(url))
        with pytest.raises(OutOfBoundsError):
            Guard([url]).check(URL(url).with_port(8080))


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["no address"]])
@on_a_loop
async def test_a_host_on_a_private_address_is_not_connected_to(addresses: list[str], tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site:
        url = site.blog.replace("127.0.0.1", "blog.example")
        web = replace(a_web(url), lookup=lambda: Names(addresses))
        async with fetching(web, PageFolder(tmp_path)) as fetcher:
            with pytest.raises(OutOfBoundsError) as caught:
                await fetcher.fetch(url)
    assert "PPRNET_SOURCE_NETWORKS" in caught.value.human
    assert not site.seen


@on_a_loop
async def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site:
        url = site.blog.replace("127.0.0.1", "blog.example")
        names = Names(["127.0.0.1"])  # a second look would find nothing
        web = replace(a_web(url), guard=Guard([url], ["127.0.0.1"]), lookup=lambda: names)
        async with fetching(web, PageFolder(tmp_path)) as fetcher:
            await fetcher.fetch(url)
            await fetcher.fetch(f"{url}?p=2")
        assert [seen.headers["Host"].partition(":")[0] for seen in site.seen] == ["blog.example"] * 3
    assert names.asked == 1
    assert names.closed
