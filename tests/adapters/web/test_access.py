"""Who may see what is for the operator."""

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.http import HttpVersion10, HttpVersion11
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.access import COOKIE, LASTS, Access, is_local
from bot.settings import EVERYWHERE
from bot.websettings import WebSettings
from tests.apps import an_app
from tests.loops import on_a_loop
from tests.websites import TOKEN, Visitor, visiting

PROTECTED = ("/operate", "/operate/preview/1", "/metrics")
SECRET = WebSettings(admin_token=TOKEN)


def _request(remote: str = "127.0.0.1", version: Any = HttpVersion11, **headers: str) -> web.Request:
    named = {"Host": "localhost:8080"} | {name.replace("_", "-"): value for name, value in headers.items()}
    made = make_mocked_request("GET", "/operate", headers=named, version=version)
    return made.clone(remote=remote)


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "127.3.2.1", "::1"])
def test_whoever_is_at_this_machine_is_local(host: str, peer: str) -> None:
    assert is_local(_request(peer, Host=host))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "pprnet.example.org"},  # DNS rebinding: another name that leads here
        {"Host": "localhost.example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"Host": "[::1"},
        {"Host": ""},
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_Host": "localhost"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X_Real_IP": "127.0.0.1"},
        {"CF_Connecting_IP": "127.0.0.1"},
        {"Fly_Client_IP": "127.0.0.1"},
    ],
)
def test_whoever_comes_by_another_name_or_a_proxy_is_not(headers: dict[str, str]) -> None:
    assert not is_local(_request(**headers))


def test_whoever_comes_from_elsewhere_or_by_an_old_proxy_is_not() -> None:
    assert not is_local(_request("192.0.2.1"))
    assert not is_local(_request("no address"))
    assert not is_local(_request(version=HttpVersion10))


@given(st.text(), st.floats(min_value=0, max_value=1e10))
def test_no_made_up_ticket_lets_anybody_in(ticket: str, now: float) -> None:
    access = Access(TOKEN)
    cookie = "".join(letter for letter in ticket if letter.isalnum() or letter in ".-_")
    assert not access.allowed(_request("192.0.2.1", Cookie=f"{COOKIE}={cookie}"), now)
    assert not access.opens(ticket)


def test_a_ticket_is_good_for_some_hours_and_for_this_token_only() -> None:
    ticket = Access(TOKEN).ticket(1000)
    asked = _request("192.0.2.1", Cookie=f"{COOKIE}={ticket}")
    assert TOKEN not in ticket
    assert Access(TOKEN).allowed(asked, 1000 + LASTS - 1)
    assert not Access(TOKEN).allowed(asked, 1000 + LASTS)
    assert not Access(f"{TOKEN}x").allowed(asked, 1001)
    later = ticket.replace(str(1000 + LASTS), str(9000 + LASTS))
    assert not Access(TOKEN).allowed(_request("192.0.2.1", Cookie=f"{COOKIE}={later}"), 1001)


def test_without_a_token_no_ticket_is_good() -> None:
    access = Access("")
    assert not access.allowed(_request("192.0.2.1", Cookie=f"{COOKIE}={access.ticket(1000)}"), 1001)


def test_who_may_is_said_in_words() -> None:
    assert Access("", local=True).whom == "whoever is at this machine"
    assert Access("").whom == "nobody until PPRNET_ADMIN_TOKEN is set"
    assert "has the token" in Access(TOKEN, local=True).whom


async def _statuses(visitor: Visitor, **headers: str) -> list[int]:
    return [(await visitor.get(path, **headers)).status for path in PROTECTED]


def test_at_this_machine_nothing_has_to_be_set(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            assert await _statuses(visitor) == [200, 404, 200]  # there is no subscription to preview
            assert await _statuses(visitor, X_Forwarded_For="192.0.2.1") == [403] * 3
            assert await _statuses(visitor, Host="evil.example.org") == [403] * 3

    asking()


@pytest.mark.parametrize(
    ("set_", "host"), [(WebSettings("https://pprnet.example.org"), "127.0.0.1"), (WebSettings(), EVERYWHERE)]
)
def test_a_page_for_others_is_not_opened_by_being_here(set_: WebSettings, host: str, tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app, set_, host=host) as visitor:
            assert await _statuses(visitor) == [403] * 3
            answer = await visitor.get("/operate")
            assert "PPRNET_ADMIN_TOKEN" in answer.text
            assert (await visitor.ask("POST", "/operate/login", data={"token": ""})).status == 403

    asking()


def test_the_token_opens_as_a_bearer(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app, SECRET) as visitor:
            assert await _statuses(visitor) == [401] * 3
            assert await _statuses(visitor, Authorization="Bearer wrong") == [401] * 3
            assert await _statuses(visitor, Authorization=f"Basic {TOKEN}") == [401] * 3
            assert await _statuses(visitor, Authorization="Bearer") == [401] * 3
            assert await _statuses(visitor, Authorization=f"Bearer {TOKEN}") == [200, 404, 200]

    asking()


def test_logging_in_leaves_a_strict_cookie_and_logging_out_takes_it(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def logging_in() -> None:
        async with visiting(app, WebSettings("https://pprnet.example.org", admin_token=TOKEN)) as visitor:
            wrong = await visitor.ask("POST", "/operate/login", data={"token": "wrong"})
            assert (wrong.status, "That is not the token." in wrong.text, dict(wrong.cookies)) == (401, True, {})
            right = await visitor.ask("POST", "/operate/login", data={"token": TOKEN})
            assert (right.status, right.headers["Location"]) == (303, "/operate")
            cookie = right.headers["Set-Cookie"]
            assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/operate"))
            assert TOKEN not in cookie
            value = cookie.partition(";")[0]
            page = await visitor.get("/operate", Cookie=value)
            assert page.status == 200
            other = await visitor.ask("POST", "/operate/logout", data={"seal": "of another site"})
            assert (other.status, "Set-Cookie" in other.headers) == (403, False)
            [seal] = re.findall(r'logout"><input type="hidden" name="seal" value="(\w+)"', page.text)
            out = await visitor.ask("POST", "/operate/logout", data={"seal": seal})
            assert (out.status, "Max-Age=0" in out.headers["Set-Cookie"]) == (303, True)

    logging_in()


def test_no_window_that_led_to_the_operators_pages_can_reach_into_them(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            for path in ("/operate", "/operate/preview/1", "/operate/nowhere"):
                assert (await visitor.get(path)).headers["Cross-Origin-Opener-Policy"] == "same-origin"
            for path in ("/", "/topics", "/nowhere"):  # a process of its own would delay them
                assert "Cross-Origin-Opener-Policy" not in (await visitor.get(path)).headers

    asking()


def test_whoever_tries_tokens_has_to_wait(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def trying() -> None:
        async with visiting(app, SECRET) as visitor:
            tries = [await visitor.ask("POST", "/operate/login", data={"token": f"{number}"}) for number in range(6)]
            assert [each.status for each in tries] == [401] * 5 + [429]
            assert 0 < int(tries[-1].headers["Retry-After"]) <= 12

    trying()
