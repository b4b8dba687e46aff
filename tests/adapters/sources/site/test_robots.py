"""What a site's robots.txt asks for."""

from pathlib import Path

import pytest

from adapters.sources.site.errors import (
    OversizeError,
    RobotsError,
)
from adapters.sources.site.limits import REDIRECTS, ROBOTS_LIMIT
from bot.ports.syncing import NotNowError
from tests.adapters.sources.site.visiting import Time, fetcher
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Redirect, Status
from tests.standins.site_posts import invented

RULES = {
    "User-agent: *\nDisallow: /pprnet/": False,
    "User-agent: pprnet-bot\nDisallow: /": False,
    "User-agent: *\nDisallow: /\n\nUser-agent: PPRNet-Bot\nAllow: /": True,
    "User-agent: *\nDisallow: /*?p=": False,
    "User-agent: *\nDisallow: /pprnet/\nAllow: /pprnet/blog": True,
    "User-agent: other\nDisallow: /": True,
    "": True,
    "<html>This is no robots.txt</html>": True,
    "\x00\xff: broken\n" * 10: True,
}


@pytest.mark.parametrize("rules", RULES)
@on_a_loop
async def test_robots_txt_is_obeyed(rules: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.robots = rules
        if RULES[rules]:
            await one.fetch(f"{site.blog}?p=2")
        else:
            with pytest.raises(RobotsError):
                await one.fetch(f"{site.blog}?p=2")
            assert not site.paths


@on_a_loop
async def test_a_page_that_a_redirect_leads_to_must_be_allowed_too(tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.robots = "User-agent: *\nDisallow: /hidden"
        site.fail("/pprnet/blog", Redirect("/hidden"))
        with pytest.raises(RobotsError):
            await one.fetch(site.blog)
        assert site.paths == ["/pprnet/blog"]


@on_a_loop
async def test_nothing_is_read_while_robots_txt_cannot_be_had(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/robots.txt", *[Status(503)] * 5)
        with pytest.raises(NotNowError):
            await one.fetch(site.blog)
        assert not site.paths
        site.fail("/robots.txt", Redirect("/other-robots"))
        await one.fetch(site.blog)  # there is none, which allows everything
        assert site.paths == ["/other-robots", "/pprnet/blog"]


@on_a_loop
async def test_a_loop_of_redirects_before_robots_txt_ends(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/robots.txt", *[Redirect("/robots.txt")] * (1 + REDIRECTS))
        with pytest.raises(OversizeError):
            await one.fetch(site.blog)


@on_a_loop
async def test_a_huge_robots_txt_is_read_to_its_limit(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.robots = "User-agent: *\n" + "Disallow: /*a*b*c$\n" * (ROBOTS_LIMIT // 15) + "Disallow: /\n"
        await one.fetch(site.blog)


@pytest.mark.parametrize(("asked", "pause"), [("7", 7), ("100000", 60), ("1", 2), ("-5", 2), ("soon", 2)])
@on_a_loop
async def test_the_pause_is_as_long_as_robots_txt_asks_within_bounds(asked: str, pause: int, tmp_path: Path) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time) as one:
        site.robots = f"User-agent: *\nCrawl-delay: {asked}\n"
        await one.fetch(site.blog)
        await one.fetch(f"{site.blog}?p=2")
        assert time.slept[-1] == pause
