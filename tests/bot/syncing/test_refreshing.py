"""The sources are read with nobody watching."""

import logging

import pytest
from sqlalchemy import Engine

from bot.errors import SourceError
from bot.syncing.refreshing import refresh
from tests.bot.syncing.scripted import FEED, Office, Scripted, a_visit
from tests.builders import a_post
from tests.loops import on_a_loop

POSTS = [a_post("2026-02", f"A study of subject {number}", citation=None) for number in range(3)]


def test_all_sources_are_read_whatever_comes_of_one(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    office = Office(engine)
    office.sync(Scripted([a_visit(POSTS)]))
    caplog.set_level(logging.INFO)
    fewer = Scripted([a_visit(POSTS[:1])])
    broken = Scripted([SourceError("it is broken", "It is broken.")], "https://example.org/other")
    feed = Scripted([a_visit([a_post("2026-03", "From a feed")], full=False)], FEED)

    @on_a_loop
    async def read() -> None:
        with pytest.raises(SourceError) as caught:
            await refresh(office.syncer, [fewer, broken, feed])
        assert "https://example.org/other: It is broken." in caught.value.human
        assert str(caught.value) == "2 of 3 sources could not be read or believed"

    read()
    assert "From a feed" in office.titles()
    assert [(record.levelname, record.__dict__["action"]) for record in caplog.records] == [
        ("INFO", "sync.page"), ("INFO", "sync.page"), ("WARNING", "sync.doubted"), ("WARNING", "sync.unread"),
        ("INFO", "sync.read"),
    ]  # fmt: skip
    assert caplog.records[-1].getMessage() == "a source was read: 1 pages, 1 posts, 1 added, 0 revised, 0 withdrawn"


def test_sources_that_can_be_read_say_nothing_more(engine: Engine) -> None:
    office = Office(engine)

    @on_a_loop
    async def read() -> None:
        await refresh(office.syncer, [Scripted([a_visit(POSTS)])])

    read()
    assert len(office.titles()) == 3
