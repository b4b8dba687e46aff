"""The page to try the bot on, asked over the wire."""

import logging
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.web import forms
from adapters.web.trial import LONGEST
from adapters.wiring.app import App
from tests.adapters.web.trials import BURNOUT, LONG, NASTY, an_app_to_try, trying
from tests.loops import on_a_loop


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    return an_app_to_try(tmp_path_factory.mktemp("trying"))


async def get(address: str, **query: str) -> LexborHTMLParser:
    async with aiohttp.ClientSession() as session, session.get(address, params=query) as response:
        assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
        return LexborHTMLParser(await response.text())


async def post(address: str, fields: Mapping[str, str], path: str = "/try") -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(f"{address}{path}", data=fields) as response:
        return response.status, await response.text()


def one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def click(page: LexborHTMLParser, stage: str, label: str) -> dict[str, str]:
    """Return the fields that a click on a button sends."""
    form = one(page, f".{stage} .spoken")
    (value,) = {each.attributes["value"] or "" for each in form.css("button") if each.text() == label}
    hidden = {each.attributes["name"] or "": each.attributes["value"] or "" for each in form.css("input")}
    return {**hidden, "click": value}


@on_a_loop
async def test_a_newcomer_finds_a_box_examples_and_where_to_go_from_here(app: App) -> None:
    async with trying(app) as address:
        page = await get(address)

    assert one(page, "label[for=q]").text() == "/pprnet"
    assert next(a.attributes["href"] for a in page.css(".examples a")) == "/?q=topic%20burnout"
    assert "docs/slack.md" in one(page, ".steps").text()
    assert "DISCORD_TOKEN is not set" in one(page, ".steps").text()
    assert not page.css(".turn")


@on_a_loop
async def test_visitors_of_a_public_page_are_not_told_what_is_still_to_be_set(tmp_path: Path) -> None:
    async with trying(an_app_to_try(tmp_path, "https://pprnet.example.org")) as address:
        page = await get(address)

    assert not page.css(".steps")
    assert page.css(".examples a")


@on_a_loop
async def test_what_is_typed_is_answered_as_both_platforms_show_it(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q="  /pprnet  topic burnout ")

    assert one(page, ".turn h2").text() == "/pprnet topic burnout"
    for stage in ("slack", "discord"):
        assert one(page, f".{stage} h4").text() == "Burnout: 10 summaries"
        assert BURNOUT.title in one(page, f".{stage} .spoken").text()


@on_a_loop
async def test_a_click_works_without_any_script(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q="topic burnout")
        for stage in ("slack", "discord"):
            turned = await get(address, **click(page, stage, "More"))
            assert one(turned, ".turn h2").text() == "/pprnet topic burnout page:2"
            assert "6 to 10 of 10" in one(turned, ".slack").text()
            assert "6 to 10 of 10" in one(turned, ".discord").text()


@on_a_loop
async def test_what_slack_opens_a_modal_for_is_one_without_any_script_too(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q=f"show {BURNOUT.id}")
        opened = await get(address, **click(page, "slack", "Cite"))
        again = await get(address, **click(opened, "slack", "BibTeX"))

    assert one(opened, ".slack dialog h3").text() == "PPRNet"
    assert one(opened, ".slack dialog form[method=dialog] button").text() == "Close"
    assert "Worn out. Made-up Studies" in one(opened, ".discord .message pre").text()
    assert "@misc" in one(again, ".slack dialog pre").text()


@on_a_loop
async def test_the_script_gets_only_what_is_new(app: App) -> None:
    async with trying(app) as address:
        _, turn = await post(address, {"q": "topic burnout"})
        page = LexborHTMLParser(turn)
        _, slack = await post(address, click(page, "slack", "More"))
        _, discord = await post(address, click(page, "discord", "Share to channel"))

    assert turn.startswith("<article")
    assert one(page, "article").attributes["data-told"] == "Burnout: 10 summaries"
    assert one(LexborHTMLParser(slack), ".message").attributes["data-place"] == "here"
    assert "6 to 10 of 10" in slack
    assert one(LexborHTMLParser(discord), ".message").attributes["data-place"] == "channel"
    assert "shared this from PPRNet:" in discord


@on_a_loop
async def test_the_parts_of_a_long_answer_are_turned_as_in_discord(app: App) -> None:
    async with trying(app) as address:
        _, turn = await post(address, {"q": f"show {LONG.id} full"})
        _, second = await post(address, click(LexborHTMLParser(turn), "discord", "Read on (2 of 4)"))

    assert "Part 2 of 4: What takes long to tell" in second


@on_a_loop
async def test_whatever_is_shared_answers_below_and_leaves_what_all_see(app: App) -> None:
    async with trying(app) as address:
        _, turn = await post(address, {"q": f"show {BURNOUT.id}"})
        _, shared = await post(address, click(LexborHTMLParser(turn), "slack", "Share to channel"))
        message = LexborHTMLParser(f'<div class="slack">{shared}</div>')
        _, answer = await post(address, click(message, "slack", "Related"))

    assert one(LexborHTMLParser(answer), ".message").attributes["data-place"] == "below"


@on_a_loop
async def test_a_title_that_looks_like_html_is_shown_as_written(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q=f"show {NASTY.id}")
        typed = await get(address, q="<script>alert(1)</script>")

    assert {(each.attributes["src"] or "")[:8] for each in page.css("script")} == {"/static/"}
    assert one(page, ".slack h4").text() == one(page, ".discord h4").text() == NASTY.title
    assert one(typed, ".turn h2").text() == "/pprnet <script>alert(1)</script>"


@on_a_loop
async def test_what_belongs_to_channels_changes_nothing_here(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q="subscribe burnout")

    assert "belong to channels" in one(page, ".slack h4").text()


@on_a_loop
async def test_what_is_too_long_is_told(app: App) -> None:
    async with trying(app) as address:
        page = await get(address, q="x" * (LONGEST + 1))

    assert one(page, ".slack h4").text() == "That did not work"
    assert "Say it in fewer words." in one(page, ".discord").text()


@pytest.mark.parametrize("name", ["request:1 dance", "dance", ""])
@on_a_loop
async def test_a_button_of_another_version_is_told(app: App, name: str) -> None:
    fields = {"on": "discord", "in": "nowhere", "click": name}
    async with trying(app) as address:
        page = await get(address, **fields)
        status, answer = await post(address, fields)

    assert "This button is from an older version" in one(page, ".discord").text()
    assert (status, "This button is from an older version" in answer) == (200, True)


@pytest.mark.parametrize("fields", [{}, {"on": "irc", "click": "x"}, {"click": "x"}])
@on_a_loop
async def test_what_asks_for_nothing_gets_no_answer(app: App, fields: dict[str, str]) -> None:
    async with trying(app) as address:
        assert (await post(address, fields))[0] == 400
        assert not (await get(address, **fields)).css(".turn")


@on_a_loop
async def test_a_file_is_no_form(app: App) -> None:
    with_file = aiohttp.FormData()
    with_file.add_field("q", b"latest", filename="q.txt")
    async with trying(app) as address, aiohttp.ClientSession() as session:
        for path in ("/try", "/try/offers"):
            async with session.post(f"{address}{path}", data=with_file) as response:
                assert response.status in {411, 415}


@pytest.mark.parametrize("path", ["/try", "/try/offers"])
@on_a_loop
async def test_more_than_anybody_types_is_not_even_read(app: App, path: str) -> None:
    async with trying(app) as address:
        assert (await post(address, {"q": "x" * forms.LONGEST}, path))[0] == 413


@on_a_loop
async def test_lines_are_completed(app: App) -> None:
    async with trying(app) as address:
        status, found = await post(address, {"q": "topic alli"}, "/try/offers")

    assert status == 200
    assert found.startswith('[{"value": "topic Alliance and Therapeutic Relationship", "said": ""}')


@on_a_loop
async def test_nothing_that_is_typed_is_logged(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with trying(app) as address:
        await get(address, q="search confidentialmatter")
        await post(address, {"q": "confidentialmatter"})
        await post(address, {"q": "topic confidentialmatter"}, "/try/offers")

    assert "confidentialmatter" not in caplog.text
