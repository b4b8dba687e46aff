"""Crossref is asked which work a citation means, as politely as a blog."""

from dataclasses import replace

import pytest

from adapters.sources.crossref import crossref
from adapters.sources.site.errors import RefusedError
from bot.errors import SourceError
from bot.model import Citation
from bot.ports.syncing import NotNowError, Work
from tests.adapters.sources.site.visiting import Time, a_web
from tests.loops import on_a_loop
from tests.standins.crossref import CrossrefStandIn

CITED = Citation("Doe, J. & Roe, R. (2020). Silence in therapy. Journal of Rest, 1, 2-3. β = −.31 & more")
ITEM = {
    "DOI": "10.1000/silence",
    "title": ["Silence in Therapy"],
    "subtitle": ["A Study"],
    "author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe"}],
    "issued": {"date-parts": [[2019, 12]]},
    "published-print": {"date-parts": [[2020]]},
    "container-title": ["Journal of Rest"],
    "short-container-title": ["J. Rest"],
}
WORK = Work(
    "10.1000/silence", ("Silence in Therapy", "Silence in Therapy: A Study"), "Doe", (2019, 2020),
    ("Journal of Rest", "J. Rest"),
)  # fmt: skip


async def asked(site: CrossrefStandIn, contact: str = "ada@example.org", time: Time | None = None) -> tuple[Work, ...]:
    async with crossref(a_web(site.url, time=time), site.url, contact) as registry:
        return await registry.works(CITED)


@on_a_loop
async def test_works_come_back_with_all_that_tells_them_apart() -> None:
    async with CrossrefStandIn([ITEM]) as site:
        assert await asked(site) == (WORK,)
        (question,) = site.asked
        assert question["query.bibliographic"] == CITED.text
        assert question["mailto"] == "ada@example.org"
        assert site.agents == ["pprnet-bot/0.1 (+mailto:someone@example.org)"]


@on_a_loop
async def test_a_contact_that_is_a_page_is_told_by_the_user_agent_alone() -> None:
    async with CrossrefStandIn() as site:
        assert await asked(site, "https://example.org/us") == ()
        assert "mailto" not in site.asked[0]


ODD = {
    "nothing but a DOI": ({"DOI": "10.1/x"}, Work("10.1/x", (), "", (), ())),
    "an organisation": ({"DOI": "10.1/x", "author": [{"name": "WHO"}]}, Work("10.1/x", (), "WHO", (), ())),
    "an unknown date": ({"DOI": "10.1/x", "issued": {"date-parts": [[None]]}}, Work("10.1/x", (), "", (), ())),
    "other types": ({"DOI": "10.1/x", "title": "T", "subtitle": [1], "issued": 3}, Work("10.1/x", (), "", (), ())),
}


@pytest.mark.parametrize("name", ODD)
@on_a_loop
async def test_what_crossref_does_not_know_is_empty(name: str) -> None:
    item, work = ODD[name]
    async with CrossrefStandIn([item, {"title": ["without a DOI"]}]) as site:
        assert await asked(site) == (work,)


@on_a_loop
async def test_it_is_left_alone_for_as_long_as_it_asks() -> None:
    time = Time()
    async with CrossrefStandIn([ITEM]) as site:
        site.statuses = [429, 503]
        assert await asked(site, time=time) == (WORK,)
        assert len(site.asked) == 3
        assert min(time.slept) >= 7


@on_a_loop
async def test_one_that_stays_away_is_not_asked_on() -> None:
    async with CrossrefStandIn() as site:
        site.statuses = [500] * 9
        with pytest.raises(NotNowError):
            await asked(site)


@on_a_loop
async def test_one_that_refuses_is_not_asked_again() -> None:
    async with CrossrefStandIn() as site:
        site.statuses = [403]
        with pytest.raises(RefusedError):
            await asked(site)
        assert len(site.asked) == 1


NONSENSE = ["{", "[]", '{"message": {}}', '{"message": {"items": [3]}}', "[" * 100_000, '{"message": {"items": 5}}',
            '{"message": {"items": [{"DOI": "10.1/x", "author": [3]}]}}']  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
@on_a_loop
async def test_nonsense_is_an_error_of_the_source(body: str) -> None:
    async with CrossrefStandIn() as site:
        site.body = body
        with pytest.raises(SourceError):
            await asked(site)


@on_a_loop
async def test_a_citation_of_any_length_can_be_asked_about() -> None:
    async with CrossrefStandIn([ITEM]) as site:
        async with crossref(a_web(site.url), site.url, "") as registry:
            assert await registry.works(replace(CITED, text="x" * 50_000)) == (WORK,)
        assert len(site.asked[0]["query.bibliographic"]) == 1_000
