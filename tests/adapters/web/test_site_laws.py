"""Whatever is asked: never a 5xx, always the headers, always within bounds, every text as written."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from selectolax.lexbor import LexborHTMLParser

from adapters.web.drawing import html
from adapters.web.forms import LONGEST
from adapters.wiring.app import App
from bot.errors import StoreError
from bot.views import Link, Paragraph, View, as_data
from tests.apps import an_app
from tests.builders import a_post
from tests.loops import on_a_loop
from tests.strategies import views
from tests.websites import visiting

_HEADS = ("/posts/", "/topics/", "/months/", "/search?q=", "/?q=", "/static/", "/operate/", "/feed", "/", "//", "/try/")
_WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
_PATHS: SearchStrategy[str] = st.builds(
    lambda head, rest, more: f"{head}{quote(rest, safe=more)}",
    st.sampled_from(_HEADS),
    st.one_of(
        _WORDS, st.sampled_from(["Burnout", "2021-07", "show 0", "topic:burnout year:x", "a" * 3000, "../../etc"])
    ),
    st.sampled_from(["", "/", "/?&="]),
)
_HEADER_VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
_HEADERS: SearchStrategy[Mapping[str, str]] = st.dictionaries(
    st.sampled_from([
        "If-None-Match", "Accept-Encoding", "X-Forwarded-For", "Authorization", "Cookie", "Range", "Origin", "Accept",
        "If-Modified-Since", "Forwarded", "Expect-CT",
    ]),
    _HEADER_VALUES,
    max_size=3,
)  # fmt: skip
_METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
_BODIES = st.one_of(
    st.none(), st.binary(max_size=200), st.dictionaries(st.sampled_from(["q", "token", "click"]), _WORDS)
)

_MOST = 200_000
"""More bytes than any page of this archive has."""


@pytest.fixture
def app(tmp_path: Path) -> App:
    return an_app(tmp_path, [a_post(topics=["Burnout"]), a_post("2021-06", "Empathy <helps> & heals")])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_METHODS, _PATHS, _HEADERS, _BODIES), min_size=12, max_size=25))
def test_whatever_is_asked_is_answered_in_bounds(
    app: App, asked: list[tuple[str, str, Mapping[str, str], bytes | Mapping[str, str] | None]]
) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            for method, path, headers, body in asked:
                answer = await visitor.ask(method, path, headers, body)
                assert answer.status < 500, (method, path, headers, body)
                assert len(answer.text) < _MOST
                assert "Traceback" not in answer.text

    asking()


@settings(deadline=None, max_examples=80)
@given(views())
def test_every_word_of_a_view_is_in_its_html_as_written(view: View) -> None:
    body = LexborHTMLParser(f"<body>{html(view)}</body>").body
    assert body
    shown = _letters(body.text())
    for text in _texts(as_data(view)["blocks"]):
        assert _letters(text) in shown


def _texts(data: object, key: str = "") -> Iterator[str]:
    """Yield what a person is to read, but the buttons of entries, which are their titles here."""
    match data:
        case {"kind": "entry", "button": _, **rest}:
            yield from _texts(rest)
        case dict():
            yield from (text for name, value in data.items() for text in _texts(value, str(name)))
        case list():
            yield from (text for value in data for text in _texts(value, key))
        case str() if key in {"text", "label", "title"}:
            yield data


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "<>&;")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://[", "vbscript:x"])
def test_an_address_that_a_browser_would_run_is_no_link(url: str) -> None:
    drawn = html(View("", (Paragraph((Link("here", url), Link("there", "https://example.org/?a=1&b=2"))),)))
    assert drawn == '<p>here<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">there</a></p>\n'


def test_a_form_that_is_too_long_or_no_form_is_refused(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            post = visitor.session.post
            url = f"{visitor.address}/operate/login"
            async with post(url, data={"token": "x" * LONGEST}) as answer:
                assert answer.status == 413
            async with post(url, data=b"token=x") as answer:
                assert answer.status == 415

            async def chunks() -> AsyncIterator[bytes]:
                yield b"token=x"

            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            async with post(url, data=aiohttp.AsyncIterablePayload(chunks()), headers=headers) as answer:
                assert answer.status == 411
            async with post(url, data="&".join(["a=1"] * 50), headers=headers) as answer:
                assert answer.status == 400

    asking()


class _Broken:
    """A service that fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def answer(self, *_given: object) -> View:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (StoreError("away"), 503, "The archive cannot be reached just now."),
        (RuntimeError("what somebody typed"), 500, "Something went wrong. If it happens again, tell whoever runs"),
    ],
)
def test_an_error_is_one_sentence(
    error: Exception, status: int, said: str, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    app.__dict__["public"] = _Broken(error)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            answer = await visitor.get("/search?q=burnout")
            assert (answer.status, said in answer.text) == (status, True)
            assert "what somebody typed" not in answer.text + caplog.text

    asking()


def test_an_answer_that_takes_too_long_is_given_up(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.web.security.PATIENCE", 0.0)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            answer = await visitor.get("/search?q=burnout")
            assert (answer.status, "took too long" in answer.text) == (503, True)

    asking()


def test_what_cannot_be_done_says_what_can(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            answer = await visitor.ask("DELETE", "/topics")
            assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")

    asking()


def test_files_are_kept_for_good_by_their_mark(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            page = (await visitor.get("/search")).text
            start = page.index("/static/style.css")
            path = page[start : page.index('"', start)]
            style = await visitor.get(path)
            assert (style.status, "immutable" in style.headers["Cache-Control"]) == (200, True)
            assert style.headers["Content-Type"] == "text/css; charset=utf-8"
            assert (await visitor.get(path, If_None_Match=style.headers["ETag"])).status == 304
            assert (await visitor.get("/static/style.css")).headers["Cache-Control"] == "no-cache"
            assert (await visitor.get("/static/icon.svg")).headers["Content-Type"] == "image/svg+xml"
            assert "Disallow: /operate" in (await visitor.get("/robots.txt")).text
            assert " style=" not in page
            assert "<style" not in page

    asking()
