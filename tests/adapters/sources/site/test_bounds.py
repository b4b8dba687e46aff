"""How far a site can lead the bot, and how much it can send."""

from pathlib import Path

import pytest

from adapters.sources.site.errors import (
    DamagedError,
    OutOfBoundsError,
    OversizeError,
)
from adapters.sources.site.limits import REDIRECTS
from bot.errors import SourceError
from bot.ports.syncing import NotNowError
from tests.adapters.sources.site.visiting import Time, fetcher
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_faults import Body, Endless, Fault, Redirect, Silence, Status, Trickle, bomb
from tests.standins.site_posts import invented


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@on_a_loop
async def test_redirects_within_the_site_are_followed(status: int, tmp_path: Path) -> None:
    async with SiteStandIn(invented(9)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Redirect("blog?p=2", status))
        page = await one.fetch(site.blog)
        assert page.url == site.blog
        assert site.paths == ["/pprnet/blog", "/pprnet/blog?p=2"]


ELSEWHERE = [
    "https://elsewhere.example/blog", "http://localhost:1/", "http://169.254.169.254/latest/meta-data/",
    "http://[::1]:80/", "file:///etc/passwd", "ftp://127.0.0.1/", "//10.0.0.1/", "javascript:alert(1)", "data:,x",
    "http://user:pass@127.0.0.1/", "http://127.1/", "http://2130706433/", "http://[", "http://127.0.0.1:99999/",
    "http://\u00e9.example/", "https://127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("to", ELSEWHERE)
@on_a_loop
async def test_redirects_to_anywhere_else_are_not_followed(to: str, tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", Redirect(to))
        with pytest.raises(OutOfBoundsError):
            await one.fetch(site.blog)
        assert site.paths == ["/pprnet/blog"]


@on_a_loop
async def test_a_loop_of_redirects_ends(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", *[Redirect("/pprnet/blog")] * 20)
        with pytest.raises(OversizeError):
            await one.fetch(site.blog)
        assert len(site.paths) == 1 + REDIRECTS


HOSTILE: dict[str, tuple[Fault, type[SourceError]]] = {
    "gzip bomb": (bomb("gzip"), OversizeError),
    "deflate bomb": (bomb("deflate"), OversizeError),
    "endless": (Endless(), OversizeError),
    "no gzip": (Body(b"<p>no gzip", "gzip"), DamagedError),
    "half of gzip": (Body(bomb(size=2**20).data[:500], "gzip"), DamagedError),
    "gzip twice": (Body(bomb(size=2**20).data * 2, "gzip"), DamagedError),
    "brotli unasked": (Body(b"\x0b\x02\x80<p>\x03", "br"), DamagedError),
    "packed twice over": (Body(b"x", "gzip, gzip"), DamagedError),
}


@pytest.mark.parametrize("name", HOSTILE)
@on_a_loop
async def test_hostile_answers_are_refused(name: str, tmp_path: Path) -> None:
    fault, error = HOSTILE[name]
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        site.fail("/pprnet/blog", fault)
        with pytest.raises(error):
            await one.fetch(site.blog)
        await one.fetch(site.blog)  # and the next answer is read as ever


@pytest.mark.parametrize("fault", [Silence(), Trickle()])
@on_a_loop
async def test_an_answer_that_does_not_come_to_an_end_is_waited_for_so_long_only(
    fault: Silence | Trickle, tmp_path: Path
) -> None:
    time = Time()
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path, time=time, seconds=0.2) as one:
        site.fail("/pprnet/blog", fault)
        await one.fetch(site.blog)
        assert time.slept == [2, 30]
        assert site.paths == ["/pprnet/blog"] * 2


@on_a_loop
async def test_a_site_that_is_not_there_is_tried_again_another_day(tmp_path: Path) -> None:
    async with SiteStandIn() as site:
        pass
    async with fetcher(site, tmp_path) as one:
        with pytest.raises(NotNowError):
            await one.fetch(site.blog)


@on_a_loop
async def test_a_visit_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.sources.site.asking.REQUESTS", 5)
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        for number in range(1, 5):
            await one.fetch(f"{site.blog}?p={number}")
        with pytest.raises(OversizeError, match="too many"):
            await one.fetch(f"{site.blog}?p=6")
    monkeypatch.setattr("adapters.sources.site.asking.VISIT_LIMIT", 10_000)
    async with SiteStandIn(invented(6)) as site, fetcher(site, tmp_path) as one:
        with pytest.raises(OversizeError, match="too much"):
            await one.fetch(site.blog)


@on_a_loop
async def test_every_error_says_one_thing_to_the_log_and_another_to_the_person(tmp_path: Path) -> None:
    async with SiteStandIn(invented(3)) as site, fetcher(site, tmp_path) as one:
        for fault in (Status(403), Status(404), Endless(), Redirect("http://x.example/secret"), bomb(size=2**23)):
            site.fail("/pprnet/blog", fault)
            with pytest.raises(SourceError) as caught:
                await one.fetch(site.blog)
            assert "http" not in str(caught.value)
            assert caught.value.human.endswith(".")
