"""Commands about sources: a site of our own fills the archive."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from adapters.cli import progress
from adapters.cli.main import main
from bot.model import Month, Post, TopicLabel, TopicOrigin
from bot.ports.syncing import Step
from bot.store.archive import SqlArchive
from bot.store.engine import open_engine
from bot.store.newsroom import SqlNewsroom
from tests.loops import on_a_loop, until
from tests.processes import running
from tests.standins.beside import beside
from tests.standins.crossref import CrossrefStandIn
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Silence, Status
from tests.standins.site_posts import KINDS, TOPICS, SitePost, invented

Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteStandIn]:
    """A blog of 60 pages, set as the one source."""
    with beside(SiteStandIn(invented(360))) as one:
        monkeypatch.setenv("PPRNET_SOURCES", one.blog)
        monkeypatch.setenv("PPRNET_CONTACT", "ada@example.org")
        monkeypatch.setenv("PPRNET_SOURCE_PAUSE", "0")
        monkeypatch.setenv("LOG_FORMAT", "off")
        yield one


@pytest.fixture
def small(site: SiteStandIn) -> SiteStandIn:
    """The same site with a blog of two pages."""
    site.posts = site.posts[:12]
    return site


def held(database: Path) -> list[Post]:
    """Return the posts of the archive that lists show, newest first."""
    engine = open_engine(f"sqlite:///{database}")
    try:
        return list(SqlArchive(engine).posts())
    finally:
        engine.dispose()


def news(database: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{database}")
    try:
        return [post.title for post in SqlNewsroom(engine).news(Month(2013, 1))]
    finally:
        engine.dispose()


def expected(post: SitePost) -> Post:
    """Return what the archive should hold of a post of the site, but for its place within the month."""
    labels = tuple(TopicLabel(name, TopicOrigin.SITE) for name in sorted(TOPICS[number] for number in post.topics))
    return replace(post.as_post(), topics=labels, kind=KINDS[post.kind])


def test_a_site_of_sixty_pages_arrives_once_then_nothing_then_one_revision(
    site: SiteStandIn, database: Path, capsys: Said
) -> None:
    assert main(["sync"]) == 0
    assert "360 posts read: 360 added." in capsys.readouterr().out
    assert [replace(post, sequence=0) for post in held(database)] == [expected(post) for post in site.posts]
    assert news(database) == []

    assert main(["sync"]) == 0
    assert "0 added and 6 unchanged" in capsys.readouterr().out
    wrong = site.posts[200]
    site.posts[200] = replace(wrong, title=wrong.title.replace("Found", "Really Found"))
    assert main(["sync", "--full"]) == 0
    said = capsys.readouterr().out
    assert "360 posts read: 0 added, 1 revised and 359 unchanged." in said
    assert "Really Found" in said
    assert (len(held(database)), news(database)) == (360, [])


def test_what_is_new_later_is_news(small: SiteStandIn, database: Path, capsys: Said) -> None:
    main(["sync"])
    newest = replace(small.posts[0], title="Newly Found")
    small.posts.insert(0, newest)
    assert main(["sync", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out.partition("\n[")[2].join(["[", ""]))
    assert (told["outcome"], told["whole"], told["counts"]["added"]) == ("read", False, 1)
    assert news(database) == ["Newly Found"]
    assert next(post for post in held(database) if post.title == "Newly Found").kind == KINDS[newest.kind]


def test_fewer_posts_stop_the_sync_until_they_are_accepted(small: SiteStandIn, database: Path, capsys: Said) -> None:
    main(["sync"])
    gone = small.posts.pop(3)
    capsys.readouterr()
    assert main(["sync", "--full"]) == 1
    said = capsys.readouterr().out
    assert "The source held 12 posts at the last visit and holds 11 now." in said
    (report,) = database.parent.rglob("put-aside/*/report.txt")
    assert str(report.parent) in said
    assert len(list(report.parent.glob("*.page"))) > 2
    assert len(held(database)) == 12

    assert main(["doctor"]) == 1
    assert "is stale since" in capsys.readouterr().out
    main(["ask", "about"])
    assert "could not be read, or not be trusted, since" in capsys.readouterr().out

    assert main(["sync", "--accept"]) == 0
    assert f"1 post withdrawn, from now on found by id only:\n    {gone.month.label}" in capsys.readouterr().out
    assert len(held(database)) == 11
    main(["ask", "show", gone.id[:6]])
    assert "The blog no longer shows this summary." in capsys.readouterr().out
    main(["doctor"])
    assert "sources: 1 source in order" in capsys.readouterr().out


def test_withdrawn_posts_are_exported_and_come_back_as_they_were(
    small: SiteStandIn, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    main(["sync"])
    gone = small.posts.pop(3)
    main(["sync", "--accept"])
    assert main(["export", str(tmp_path / "out")]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.db")
    main(["import", str(tmp_path / "out")])
    assert held(tmp_path / "other.db") == held(database)
    capsys.readouterr()
    main(["ask", "show", gone.id])
    assert "The blog no longer shows this summary." in capsys.readouterr().out


def test_a_trial_changes_nothing(small: SiteStandIn, database: Path, capsys: Said) -> None:
    assert main(["sync", "--dry-run"]) == 0
    assert "This was a trial" in capsys.readouterr().out
    assert held(database) == []


def test_a_site_that_refuses_is_read_from_saved_pages(small: SiteStandIn, database: Path, capsys: Said) -> None:
    small.fail("*", Status(403))
    assert main(["sync", "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["outcome"], "--from-dir" in told["why"]) == ("unread", True)
    assert main(["sync"]) == 0  # fetches what is then read again, as if it had been saved by hand
    (pages,) = database.parent.glob("pprnet.db.pages/*")
    capsys.readouterr()
    assert main(["sync", "--from-dir", str(pages)]) == 0
    assert "12 posts read: 0 added and 12 unchanged." in capsys.readouterr().out


def test_a_doubt_is_told_as_data_too(small: SiteStandIn, capsys: Said) -> None:
    main(["sync"])
    small.posts.pop()
    capsys.readouterr()
    assert main(["sync", "--full", "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["alarms"][0]["kind"]) == ("doubted", "fewer posts")


@pytest.mark.parametrize("command", [["sync"], ["source", "doctor"]])
@pytest.mark.usefixtures("database")
def test_without_a_source_it_says_how_to_set_one(command: list[str], capsys: Said) -> None:
    assert main(command) == 1
    assert "PPRNET_SOURCES" in capsys.readouterr().err


class TestDoctor:
    def test_it_shows_how_the_lines_of_the_sources_are_read(self, small: SiteStandIn, capsys: Said) -> None:
        assert main(["source", "doctor"]) == 0
        said = capsys.readouterr().out
        assert said.startswith(small.blog)
        assert f"title                   {small.posts[0].title}" in said
        assert "6 posts, no line left over.\nTopics offered: 5." in said
        assert len(small.paths) == 1

    def test_any_page_or_feed_can_be_looked_at(self, small: SiteStandIn, tmp_path: Path, capsys: Said) -> None:
        saved = tmp_path / "page.txt"
        saved.write_text("July 2021\nShopping\nMilk.\n", encoding="utf-8")
        assert main(["source", "doctor", f"{small.url}/feed.rss"]) == 0
        assert (
            f"post                    {small.posts[0].month.label}  {small.posts[0].title}" in capsys.readouterr().out
        )
        assert main(["source", "doctor", str(saved)]) == 0
        assert "month heading           July 2021" in capsys.readouterr().out
        saved.write_text("Shopping\nMilk, p. 3.\n", encoding="utf-8")
        assert main(["source", "doctor", str(saved)]) == 0
        assert "a month heading such as July 2021 was expected" in capsys.readouterr().out
        assert main(["source", "doctor", str(tmp_path)]) == 0

    def test_a_page_that_cannot_be_had_is_one_sentence(self, small: SiteStandIn, tmp_path: Path, capsys: Said) -> None:
        assert main(["source", "doctor", f"{small.url}/elsewhere"]) == 1
        assert main(["source", "doctor", str(tmp_path / "nowhere")]) == 1
        assert capsys.readouterr().out.count("\n  ") == 2

    @pytest.mark.usefixtures("database")
    def test_the_doctor_of_the_bot_says_whether_sources_are_set(self, page: Path, capsys: Said) -> None:
        main(["import", str(page)])
        main(["doctor"])
        assert "sources: none is set; PPRNET_SOURCES names them" in capsys.readouterr().out

    @pytest.mark.usefixtures("small")
    def test_the_doctor_of_the_bot_knows_sources_that_wait(self, page: Path, capsys: Said) -> None:
        main(["import", str(page)])
        main(["doctor"])
        assert "sources: 0 sources in order; 1 source never read yet: `pprnet sync` does it" in capsys.readouterr().out


def test_a_terminal_is_shown_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with progress.watched() as told:
        told(Step("Trust [bold]", 3, 18))
    said = capsys.readouterr().err
    assert "Trust [bold]: page 3, 18 posts so far" in said


def environ(site: SiteStandIn, database: Path, **given: str) -> dict[str, str]:
    """Return the environment of a process that reads the site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PPRNET_", "LOG_"))}
    return kept | {
        "DATABASE_URL": f"sqlite:///{database}", "PPRNET_SOURCES": site.blog, "PPRNET_CONTACT": "ada@example.org",
        "PPRNET_SOURCE_PAUSE": "0",
    } | given  # fmt: skip


async def _was_asked_for(site: SiteStandIn, path: str) -> bool:
    return path in site.paths


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@on_a_loop
async def test_a_sync_that_is_interrupted_goes_on_where_it_was(number: int, database: Path, tmp_path: Path) -> None:
    async with SiteStandIn(invented(30)) as site:
        site.fail("/pprnet/blog?p=4", Silence())
        database.parent.mkdir()
        async with running(tmp_path, environ(site, database), "sync") as process:
            await until(partial(_was_asked_for, site, "/pprnet/blog?p=4"))
            assert await process.end(number) == (130 if number == signal.SIGINT else -number)
        assert held(database) == []
        before = list(site.paths)
        async with running(tmp_path, environ(site, database), "sync") as process:
            assert await process.ended() == 0
        again = site.paths[len(before) :]
        assert again[0] == "/pprnet/blog?p=4"
        assert len(held(database)) == 30


@on_a_loop
async def test_the_dois_that_lack_are_looked_up_where_that_is_set(database: Path, tmp_path: Path) -> None:
    work = {"DOI": "10.1000/found", "title": ["An invented study of trust"], "author": [{"family": "Elm"}]}
    async with SiteStandIn(invented(12)) as site, CrossrefStandIn([work]) as crossref:
        database.parent.mkdir()
        given = {"PPRNET_CROSSREF": "1", "PPRNET_CROSSREF_URL": crossref.url}
        async with running(tmp_path, environ(site, database, **given), "sync") as process:
            assert await process.ended() == 0
        asked = len(crossref.asked)
        assert asked > 5
        crossref.statuses = [403] * 20
        async with running(tmp_path, environ(site, database, **given), "sync") as process:
            assert await process.ended() == 0
        assert len(crossref.asked) == asked
