"""The newest posts go out as feeds that other tools can follow."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import aiohttp
import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.web.feeds import ATOM, ENTRIES, JSON, Feeds, atom, json_feed
from adapters.web.server import served
from adapters.web.shelf import Shelf
from bot.model import Citation, Post
from bot.pages.guide import BLOG
from tests import strategies
from tests.apps import NOW, an_app
from tests.builders import a_post
from tests.loops import on_a_loop

SITE = "https://pprnet.example.org"
NASTY = a_post(
    "2021-08", "β < .05 & <script>alert('x')</script> \x08 ]]>", topics=["Empathy", "A & <B>"],
    citation=Citation("Doe & <Roe> (2020).", doi="10.1000/1?a=1&b=<2>"),
    implications=("Mind p < .01 & <b>all</b>. Then more.", "And more."), url="https://example.org/?a=1&b=2",
)  # fmt: skip
PLAIN = a_post(implications=(), citation=None)
POSTS = [NASTY, PLAIN]
NAME = "{http://www.w3.org/2005/Atom}"


def items(site: str = SITE, posts: Sequence[Post] = POSTS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json_feed(posts, site))["items"]
    return found


class TestAtom:
    def test_it_is_read_by_others_as_it_was_meant(self) -> None:
        read = feedparser.parse(atom(POSTS, SITE))
        assert not read.bozo
        assert (read.version, len(read.entries)) == ("atom10", 2)
        first, second = read.entries
        assert first.title_detail.type == "text/plain"
        assert first.title == NASTY.title.replace("\x08", "\ufffd")
        assert first.link == f"{SITE}/posts/{NASTY.id}"
        assert first.summary == "Mind p < .01 & <b>all</b>."
        assert [tag.term for tag in first.tags] == ["Empathy", "A & <B>"]
        assert (
            first.content[0].value
            == "<p>Mind p &lt; .01 &amp; &lt;b&gt;all&lt;/b&gt;.</p><p>Doe &amp; &lt;Roe&gt; (2020).</p>"
        )
        assert first.published == "2021-08-01T00:00:00Z"
        assert (second.title, second.content[0].value) == (PLAIN.title, "<p></p>")

    def test_it_has_all_that_the_standard_asks_for(self) -> None:
        feed = ET.fromstring(atom(POSTS, SITE))  # noqa: S314 - our own
        assert feed.tag == f"{NAME}feed"
        for node in (feed, *feed.iter(f"{NAME}entry")):
            for name in ("id", "title", "updated"):
                assert len(node.findall(f"{NAME}{name}")) == 1, name
            datetime.fromisoformat(node.findtext(f"{NAME}updated") or "")
            assert (node.findtext(f"{NAME}id") or "").startswith("urn:uuid:")
        assert feed.findtext(f"{NAME}author/{NAME}name")
        assert {link.get("rel"): link.get("href") for link in feed.findall(f"{NAME}link")} == {
            "alternate": SITE, "self": f"{SITE}/feed.atom",
        }  # fmt: skip

    def test_an_empty_archive_is_an_empty_feed(self) -> None:
        read = feedparser.parse(atom([], ""))
        assert (read.bozo, read.version, read.entries) == (False, "atom10", [])


class TestJsonFeed:
    def test_it_has_all_that_the_standard_asks_for(self) -> None:
        feed = json.loads(json_feed(POSTS, SITE))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{SITE}/feed.json"
        first, second = feed["items"]
        assert first["external_url"] == "https://doi.org/10.1000/1?a=1&b=<2>"
        assert first["content_html"].startswith("<p>Mind p &lt; .01")
        assert first["summary"] == "Mind p < .01 & <b>all</b>."
        assert first["tags"] == ["Empathy", "A & <B>"]
        assert {"summary", "external_url"} & set(second) == set()

    def test_an_entry_is_known_by_the_same_name_in_both_and_wherever_the_site_is(self) -> None:
        in_atom = [entry.id for entry in feedparser.parse(atom(POSTS, "")).entries]
        assert in_atom == [item["id"] for item in items()] == [item["id"] for item in items("")]
        assert all(UUID(name).version == 5 for name in in_atom)

    def test_a_corrected_title_keeps_the_entry(self) -> None:
        assert items(posts=[a_post(title="Otherwise", id=PLAIN.id)])[0]["id"] == items(posts=[PLAIN])[0]["id"]

    def test_where_nobody_reaches_the_site_entries_lead_to_the_blog(self) -> None:
        assert [item["url"] for item in items("")] == [NASTY.url, BLOG]
        assert items("", [a_post(url="javascript:alert(1)")])[0]["url"] == BLOG
        assert "feed_url" not in json.loads(json_feed(POSTS, ""))


@settings(deadline=None)
@given(st.lists(strategies.posts(), max_size=3))
def test_whatever_a_post_says_both_feeds_can_be_read(posts: list[Post]) -> None:
    assert len(ET.fromstring(atom(posts, SITE)).findall(f"{NAME}entry")) == len(posts)  # noqa: S314 - our own
    assert [item["title"] for item in items(posts=posts)] == [post.title for post in posts]


@pytest.mark.parametrize(("path", "kind"), [(ATOM, "application/atom+xml"), (JSON, "application/feed+json")])
@on_a_loop
async def test_the_newest_are_served_and_not_again_to_who_has_them(path: str, kind: str, tmp_path: Path) -> None:
    app = an_app(tmp_path, [a_post(f"{year}-01", f"The study of {year}") for year in range(2060, 2020, -1)])
    feeds = Feeds(app.archive, Shelf(app.archive.stamp, fresh=0), SITE)
    async with served(feeds.routes, "127.0.0.1", 0) as address, aiohttp.ClientSession(address) as session:
        async with session.get(path) as answer:
            assert (answer.status, answer.content_type, answer.charset) == (200, kind, "utf-8")
            text, mark = await answer.text(), answer.headers["ETag"]
        assert (text.count("The study of"), text.count("2060")) == (ENTRIES, text.count("2060"))
        async with session.get(path, headers={"If-None-Match": mark}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
        async with session.head(path) as answer:
            assert answer.headers["ETag"] == mark
        app.recorder.record([a_post("2061-01", "The study of 2061")], source="a test", at=NOW)
        async with session.get(path, headers={"If-None-Match": mark}) as answer:
            assert answer.status == 200
            assert "The study of 2061" in await answer.text()
