"""The monthly job reads the sources that are set, and tells channels what is new in them."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.wiring import announcing
from adapters.wiring.app import App, open_app
from bot.errors import SourceError
from bot.model import Month
from bot.ports.syncing import SourceStanding
from bot.requests import About
from bot.settings import Settings
from bot.sourcesettings import SourceSettings
from bot.views import as_text
from tests.loops import on_a_loop
from tests.standins.crossref import CrossrefStandIn
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Status
from tests.standins.site_posts import invented

NOW = datetime(2013, 5, 6, 9, tzinfo=UTC)


def an_app(folder: Path, sources: SourceSettings) -> App:
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index", sources=sources)
    return open_app(settings, at=NOW, furnished=False, clock=lambda: NOW)


@on_a_loop
async def test_what_is_new_in_the_sources_is_news_from_the_second_reading_on(tmp_path: Path) -> None:
    newest, *others = invented(10)
    async with SiteStandIn(others) as site:
        app = an_app(tmp_path, SourceSettings((site.blog,), "ada@example.org", pause=0))
        await announcing.refresh(app)
        assert await asyncio.to_thread(app.newsroom.news, Month(2013, 1)) == ()
        site.posts = [newest, *others]
        await announcing.refresh(app)
        news = await asyncio.to_thread(app.newsroom.news, Month(2013, 1))
        assert [post.title for post in news] == [newest.title]
        assert app.sources_stand() == (SourceStanding(site.blog, NOW),)


@on_a_loop
async def test_a_source_that_cannot_be_read_is_told_to_the_job_and_to_everyone(tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site:
        app = an_app(tmp_path, SourceSettings((site.blog,), "ada@example.org", pause=0))
        site.fail("*", Status(403))
        with pytest.raises(SourceError):
            await announcing.refresh(app)
        assert "could not be read, or not be trusted, since 6 May 2013" in as_text(app.service.answer(About()))


@on_a_loop
async def test_of_sources_that_are_set_no_longer_nothing_is_said(tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site:
        site.fail("*", Status(403))
        with pytest.raises(SourceError):
            await announcing.refresh(an_app(tmp_path, SourceSettings((site.blog,), "ada@example.org", pause=0)))
        assert an_app(tmp_path, SourceSettings(("/elsewhere",))).sources_stand() == ()
        assert an_app(tmp_path, SourceSettings()).sources_stand() == ()


@on_a_loop
async def test_without_sources_there_is_nothing_to_read(tmp_path: Path) -> None:
    await announcing.refresh(an_app(tmp_path, SourceSettings()))


@on_a_loop
async def test_a_crossref_that_refuses_is_no_obstacle(tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, CrossrefStandIn() as crossref:
        given = SourceSettings((site.blog,), "ada@example.org", pause=0, crossref=True, crossref_url=crossref.url)
        app = an_app(tmp_path, given)
        crossref.statuses = [403]
        await announcing.refresh(app)
        assert app.archive.facts().posts == 9
        assert (await announcing.find_dois(app)).startswith("0 of ")
