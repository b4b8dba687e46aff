"""Every kind of page in a real browser: nothing comes from elsewhere, and nobody is kept out."""

from importlib import resources

import pytest
from playwright.async_api import Page, expect

from tests.adapters.web.browser.studio import Screen, on_screen
from tests.adapters.web.trials import BURNOUT, NASTY

PAGES = {
    "try it": "/",
    "a topic, tried": "/?q=topic+burnout",
    "a summary, tried": f"/?q=show+{BURNOUT.id}",
    "help, tried": "/?q=help",
    "a citation in a modal": f"/?on=slack&in=here&click=request:1+cite+{BURNOUT.id}+bibtex",
    "the newest month": "/months",
    "a month": "/months/2020-02",
    "topics": "/topics",
    "a topic": "/topics/Burnout",
    "a summary": f"/posts/{BURNOUT.id}",
    "a summary like html": f"/posts/{NASTY.id}",
    "related summaries": f"/posts/{BURNOUT.id}/related",
    "a citation": f"/posts/{BURNOUT.id}/cite/bibtex",
    "an empty search": "/search",
    "a search": "/search?q=burnuot",
    "a search without hits": "/search?q=qqqqqqqq",
    "the operator's page": "/operate",
}
"""Every kind of page, by what it is."""

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@on_screen
async def test_nobody_is_kept_out_in_the_light_in_the_dark_or_on_a_phone(screen: Screen, path: str) -> None:
    """An accessibility engine finds no serious fault, and nothing has to be scrolled sideways."""
    page = await screen.open(path)
    assert await serious_faults(page) == []

    await page.emulate_media(color_scheme="dark")
    assert await serious_faults(page, "color-contrast", "link-in-text-block") == []

    await page.set_viewport_size({"width": 320, "height": 800})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320


@on_screen
async def test_an_accessibility_engine_finds_no_serious_fault_in_what_the_script_adds(screen: Screen) -> None:
    page = await screen.open(width=320)
    await page.get_by_role("combobox").fill(f"show {BURNOUT.id}")
    await page.keyboard.press("Enter")
    await page.get_by_role("tabpanel", name="Slack").get_by_role("button", name="Cite").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await serious_faults(page) == []

    await page.keyboard.press("Escape")
    await page.get_by_role("combobox").press_sequentially("to")
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    assert await serious_faults(page) == []


@on_screen
async def test_a_page_that_is_not_there_offers_a_search(screen: Screen) -> None:
    page = await screen.open("/nowhere", heeded=False)  # the console says that it is not there

    assert await serious_faults(page) == []
    await expect(page.get_by_role("searchbox")).to_be_visible()


@on_screen
async def test_a_clinician_finds_a_summary_by_searching(screen: Screen) -> None:
    page = await screen.open("/topics")
    await page.get_by_role("link", name="Search", exact=True).click()
    await page.get_by_role("searchbox").fill("therapists who are worn out")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name=BURNOUT.title).click()

    await expect(page.get_by_role("heading", level=1)).to_have_text(BURNOUT.title)
    assert page.url == f"{screen.studio.address}/posts/{BURNOUT.id}"


@on_screen
async def test_a_topic_leads_to_its_summaries(screen: Screen) -> None:
    page = await screen.open("/topics")
    await page.get_by_role("main").get_by_role("link", name="Burnout").click()

    await expect(page.get_by_role("heading", level=1)).to_contain_text("Burnout")
    await expect(page.get_by_role("link", name=BURNOUT.title)).to_be_visible()


@on_screen
async def test_a_title_that_is_a_script_is_shown_as_written(screen: Screen) -> None:
    page = await screen.open(f"/posts/{NASTY.id}")

    await expect(page.get_by_role("heading", level=1)).to_have_text(NASTY.title)
    assert NASTY.title in await page.title()


async def serious_faults(page: Page, *rules: str) -> list[str]:
    """Return what axe-core holds against a page: each rule that is broken, and where.

    Args:
        page: the page.
        rules: the rules to look at; all when none is given.
    """
    await page.evaluate(AXE)
    only = {"runOnly": rules} if rules else {}
    found = await page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **only})
    return [
        f"{each['id']}: {node['html']} ({node['failureSummary']})"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
