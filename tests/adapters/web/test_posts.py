"""Pages to read, asked over the wire."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.web.posts import LONGEST_QUERY
from adapters.wiring.app import App, open_app
from bot.model import Post, PostOrigin, Reading, Where
from bot.settings import Settings
from bot.store.abridged import ELSEWHERE
from bot.websettings import WebSettings
from tests.apps import NOW, an_app
from tests.builders import a_post
from tests.loops import on_a_loop
from tests.websites import Visitor, visiting

LONG = a_post(
    "2021-07",
    "Burnout <script>alert(1)</script> & outcomes",
    topics=["Burnout"],
    implications=("Look after therapists. Their patients gain. The third sentence stays with its author.",),
    summary=("They asked 77 therapists. Only the author says this.",),
    note=("A note of the editor.",),
)
POSTS = [
    LONG,
    a_post("2021-06", "Empathy helps", topics=["Empathy", "Burnout"]),
    a_post("2021-06", "Attachment", topics=["Attachment"], implications=()),
]
FULL = WebSettings(show_full_text=True)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return an_app(tmp_path, POSTS)


def test_a_post_has_an_address_of_its_own_with_neighbours(archive_url: str, tmp_path: Path) -> None:
    """On each store."""
    app = open_app(Settings(archive_url, tmp_path / "index"), at=NOW, furnished=False, clock=lambda: NOW)
    app.importer.take([Reading("posts", POSTS)], source="a test", at=NOW)

    @on_a_loop
    async def reading() -> None:
        async with visiting(app, WebSettings("https://pprnet.example.org")) as visitor:
            first, middle, last = [await visitor.get(f"/posts/{post.id}") for post in POSTS]
            assert [first.status, middle.status, last.status] == [200] * 3
            assert f'<link rel="canonical" href="https://pprnet.example.org/posts/{POSTS[1].id}">' in middle.text
            assert _turns(first.text) == {"next": f"/posts/{POSTS[1].id}"}
            assert _turns(middle.text) == {"prev": f"/posts/{POSTS[0].id}", "next": f"/posts/{POSTS[2].id}"}
            assert _turns(last.text) == {"prev": f"/posts/{POSTS[1].id}"}

    reading()


def _turns(text: str) -> dict[str, str]:
    found = re.findall(r'<link rel="(prev|next)" href="([^"]+)">', text)
    assert all(f'<a rel="{rel}" href="{path}">' in text for rel, path in found)
    return dict(found)


def test_every_text_is_shown_as_written(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            found = [f"/posts/{LONG.id}", f"/posts/{LONG.id}/related", "/topics/Burnout", "/months/2021-07"]
            found += [
                f"/posts/{POSTS[1].id}",
                "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
                "/topics/%3Cscript%3Ealert",
            ]
            for path in found:
                text = (await visitor.get(path)).text
                assert "<script" not in text.replace('<script src="/static/', ""), path
                assert "&lt;script&gt;alert" in text, path

    reading()


def test_of_the_authors_words_two_sentences_are_shown(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            card = (await visitor.get(f"/posts/{LONG.id}")).text
            assert "Look after therapists. Their patients gain." in card
            assert ELSEWHERE in card
            assert "Doe, J. (2020)" in card
            paths = ("/search?q=stays+with+its+author", "/search?q=only+77", "/topics/Burnout", "/months/2021-07")
            for path in (f"/posts/{LONG.id}", *paths, f"/?q=show+{LONG.id}+full"):
                text = (await visitor.get(path)).text
                assert "The third sentence" not in text
                assert "A note of the editor" not in text
                assert "Only the author" not in text

    reading()


def test_all_of_them_are_shown_where_that_is_set(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app, FULL) as visitor:
            text = (await visitor.get(f"/posts/{LONG.id}")).text
            assert "The third sentence stays with its author." in text
            assert "Only the author says this." in text

    reading()


def test_our_own_words_are_always_shown(tmp_path: Path) -> None:
    app = open_app(Settings(f"sqlite:///{tmp_path / 'p.db'}", tmp_path / "index"), at=NOW)

    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            post = app.archive.page(Where(), limit=1).posts[0]
            assert post.origin is PostOrigin.STARTER
            text = (await visitor.get(f"/posts/{post.id}")).text
            assert ELSEWHERE not in text
            assert text.count("<p>") > 3

    reading()


def test_what_is_not_there_is_404_with_a_sentence_and_a_search_box(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            for path in (
                "/posts/000000000000", "/posts/x", f"/posts/{LONG.id}/cite/vancouver", "/posts/000000000000/related",
                "/topics/nosuchtopic", "/topics/Burnout?page=9", "/topics/Burnout?page=x", "/months/2020-01",
                "/months/2020-13", "/months/soon", "/nowhere", "/static/none.css", "/search?q=burnout&page=0",
            ):  # fmt: skip
                answer = await visitor.get(path)
                assert (answer.status, 'role="search"' in answer.text) == (404, True), path
                assert "noindex" in answer.text, path

    asking()


def test_other_spellings_lead_to_the_permalink(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            for path, status, place in (
                ("/topics/burnout", 301, "/topics/Burnout"),
                ("/months/2021-7", 301, "/months/2021-07"),
                ("/months", 302, "/months/2021-07"),
            ):
                answer = await visitor.get(path)
                assert (answer.status, answer.headers["Location"]) == (status, place)

    asking()


def test_topics_months_and_searches_are_listed(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            topics = (await visitor.get("/topics")).text
            assert '<a href="/topics/Burnout">Burnout</a> <span class="small">(2)</span>' in topics
            assert f'href="/posts/{POSTS[1].id}"' in (await visitor.get("/topics/Burnout")).text
            june = (await visitor.get("/months/2021-06")).text
            assert _turns(june) == {"prev": "/months/2021-07"}
            assert _turns((await visitor.get("/months/2021-07")).text) == {"next": "/months/2021-06"}
            found = await visitor.get("/search?q=empathy")
            assert (found.status, f'href="/posts/{POSTS[1].id}"' in found.text) == (200, True)
            assert (await visitor.get("/search")).status == 200
            assert (await visitor.get("/search?q=" + "x" * (LONGEST_QUERY + 1))).status == 400
            for path in (f"/posts/{LONG.id}/related", f"/posts/{LONG.id}/cite/bibtex"):
                assert (await visitor.get(path)).status == 200

    reading()


def test_a_list_of_several_pages_is_turned(tmp_path: Path) -> None:
    posts = [a_post("2021-05", f"About burnout, number {number}", topics=["Burnout"]) for number in range(7)]
    app = an_app(tmp_path, posts)

    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            first = await visitor.get("/topics/Burnout")
            assert 'href="/topics/Burnout?page=2"' in first.text
            second = await visitor.get("/topics/Burnout?page=2")
            assert (second.status, "6 to 7 of 7 summaries" in second.text) == (200, True)

    reading()


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    app = an_app(tmp_path)

    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            assert (await visitor.get("/months")).status == 404
            assert "No summary has a topic yet." in (await visitor.get("/topics")).text

    reading()


def test_a_withdrawn_post_is_gone(app: App) -> None:
    withdrawn: Post = replace(LONG, withdrawn=True)

    class Withdrawn:
        def __getattr__(self, name: str) -> object:
            return getattr(app.archive, name)

        def get(self, _ids: object) -> tuple[Post, ...]:
            return (withdrawn,)

    app.__dict__["public_archive"] = Withdrawn()

    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            for below in ("", "/related", "/cite/bibtex"):
                answer = await visitor.get(f"/posts/{LONG.id}{below}")
                assert (answer.status, "Look after" in answer.text, "@" in answer.text) == (410, False, False)

    reading()


def test_what_is_known_is_not_sent_again_and_what_changed_is(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            path = f"/posts/{LONG.id}"
            first = await visitor.get(path)
            mark = first.headers["ETag"]
            again = await visitor.get(path, If_None_Match=f'"other", {mark}')
            assert (again.status, again.text, again.headers["ETag"]) == (304, "", mark)
            assert (await visitor.get(path, If_None_Match='"other"')).status == 200
            head = await visitor.ask("HEAD", path)
            assert (head.status, head.text, head.headers["ETag"]) == (200, "", mark)

    reading()


def test_pages_are_packed_where_that_is_understood(app: App) -> None:
    @on_a_loop
    async def reading() -> None:
        async with visiting(app) as visitor:
            visitor.session._auto_decompress = False
            path = f"{visitor.address}/posts/{LONG.id}"
            plain = await _raw(visitor, path, "identity")
            packed = await _raw(visitor, path, "br, gzip")
            refused = await _raw(visitor, path, "gzip;q=0")
            assert gzip.decompress(packed[1]) == plain[1] == refused[1]
            assert (packed[0], plain[0], refused[0]) == ("gzip", None, None)

    reading()


async def _raw(visitor: Visitor, url: str, coding: str) -> tuple[str | None, bytes]:
    async with visitor.session.get(url, headers={"Accept-Encoding": coding}) as response:
        return response.headers.get("Content-Encoding"), await response.read()
