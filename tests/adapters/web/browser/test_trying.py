"""The page to try the bot on, walked through in a real browser."""

from playwright.async_api import Locator, Page, expect

from tests.adapters.web.browser.studio import Screen, on_screen
from tests.adapters.web.trials import BURNOUT, NASTY


def box(page: Page) -> Locator:
    """Return where lines are typed, as the script has made it."""
    return page.get_by_role("combobox", name="/pprnet")


async def ask(page: Page, line: str) -> Locator:
    """Type a line and send it; returns the newest turn."""
    await box(page).fill(line)
    await page.keyboard.press("Enter")
    turn = page.locator(".turn").first
    await expect(turn.get_by_role("heading", level=2)).to_have_text(f"/pprnet {line}")
    return turn


@on_screen
async def test_what_is_typed_is_answered_in_both_drawings(screen: Screen) -> None:
    page = await screen.open()
    turn = await ask(page, "topic burnout")

    for platform in ("Slack", "Discord"):
        there = turn.get_by_role("region", name=platform)
        await expect(there.get_by_role("heading", name="Burnout: 10 summaries")).to_be_visible()
        await expect(there.get_by_text(BURNOUT.title)).to_be_visible()
        await expect(there.get_by_role("button", name="Read").first).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("Answered: Burnout: 10 summaries")
    await expect(box(page)).to_be_focused()
    await expect(box(page)).to_have_value("")


@on_screen
async def test_turning_the_page_replaces_what_only_one_person_sees(screen: Screen) -> None:
    page = await screen.open()
    turn = await ask(page, "topic burnout")

    for platform in ("Slack", "Discord"):
        there = turn.get_by_role("region", name=platform)
        await there.get_by_role("button", name="More", exact=True).click()
        await expect(there.get_by_text("6 to 10 of 10 summaries")).to_be_visible()
        await expect(there.locator(".message")).to_have_count(1)
        await expect(there.locator(".message")).to_be_focused()
        await expect(there.get_by_role("heading", name="Burnout: 10 summaries")).to_be_in_viewport()
    await expect(turn.get_by_text("@you used /pprnet topic")).to_be_visible()


@on_screen
async def test_a_modal_opens_turns_and_closes_with_escape_and_the_focus_is_back(screen: Screen) -> None:
    page = await screen.open()
    turn = await ask(page, f"show {BURNOUT.id}")
    there = turn.get_by_role("region", name="Slack")
    await there.get_by_role("button", name="Cite").click()
    dialog = page.get_by_role("dialog", name="PPRNet")
    await expect(dialog.get_by_text("Made-up Studies")).to_be_visible()
    await dialog.get_by_role("button", name="BibTeX").click()
    await expect(dialog.get_by_text("@misc")).to_be_visible()
    await expect(there.locator(".message")).to_have_count(1)
    await page.keyboard.press("Escape")

    await expect(dialog).to_have_count(0)
    await expect(there.get_by_role("button", name="Cite")).to_be_focused()


@on_screen
async def test_a_modal_closes_by_its_button_too(screen: Screen) -> None:
    page = await screen.open()
    turn = await ask(page, f"show {BURNOUT.id}")
    await turn.get_by_role("region", name="Slack").get_by_role("button", name="Read in full").click()
    dialog = page.get_by_role("dialog", name="PPRNet")
    await expect(dialog.get_by_role("heading", name=BURNOUT.title)).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()

    await expect(dialog).to_have_count(0)


@on_screen
async def test_what_is_shared_stands_below_and_stays(screen: Screen) -> None:
    page = await screen.open()
    turn = await ask(page, f"show {BURNOUT.id}")

    for platform in ("Slack", "Discord"):
        there = turn.get_by_role("region", name=platform)
        await there.get_by_role("button", name="Share to channel").click()
        shared = there.locator(".message").nth(1)
        await expect(shared).to_contain_text("@you shared this from PPRNet:")
        await shared.get_by_role("button", name="Related").click()
        await expect(there.locator(".message")).to_have_count(3)
        await expect(shared).to_contain_text("shared this")


@on_screen
async def test_commands_and_topics_are_completed_by_keyboard(screen: Screen) -> None:
    page = await screen.open()
    typed = box(page)
    await typed.press_sequentially("top")
    await expect(page.get_by_role("option").first).to_contain_text("summaries about a topic")
    await typed.press("ArrowDown")
    await expect(page.get_by_role("option", selected=True)).to_have_count(1)
    assert await typed.get_attribute("aria-activedescendant") == "offer-0"
    await typed.press("Enter")
    await expect(typed).to_have_value("topic ")
    await typed.press_sequentially("burn")
    await expect(page.get_by_role("option", name="topic Burnout")).to_be_visible()
    await typed.press("ArrowUp")  # from the typed upwards is the last one
    await expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    await typed.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(typed).to_have_attribute("aria-expanded", "false")
    await expect(typed).to_have_value("topic burn")
    await typed.press("ArrowDown")
    await page.get_by_role("option", name="topic Burnout").click()
    await typed.press("Enter")

    await expect(page.locator(".turn h2")).to_have_text("/pprnet topic Burnout")
    await typed.press("ArrowUp")  # as in a terminal
    await expect(typed).to_have_value("topic Burnout")


@on_screen
async def test_examples_are_answered_on_the_page_and_the_newest_answer_stands_first(screen: Screen) -> None:
    page = await screen.open()
    await page.get_by_role("link", name="/pprnet latest").click()
    await expect(page.locator(".turn")).to_have_count(1)
    await page.get_by_role("link", name="/pprnet topics").click()
    await expect(page.locator(".turn")).to_have_count(2)

    await expect(page.locator(".turn h2")).to_have_text(["/pprnet topics", "/pprnet latest"])
    assert page.url == f"{screen.studio.address}/"  # what is asked is in no address


@on_screen
async def test_a_title_that_is_a_script_is_shown_as_written(screen: Screen) -> None:
    page = await screen.open(f"/?q=show+{NASTY.id}")

    for platform in ("Slack", "Discord"):
        await expect(page.get_by_role("region", name=platform).get_by_role("heading", name=NASTY.title)).to_be_visible()
    turn = await ask(page, NASTY.title)
    await expect(turn.get_by_role("heading", level=2)).to_have_text(f"/pprnet {NASTY.title}")
    assert await page.title() != "caught"


@on_screen
async def test_without_scripts_everything_is_a_page_of_its_own(screen: Screen) -> None:
    page = await screen.open(script=False)
    await page.get_by_role("textbox", name="/pprnet").fill("topic burnout")
    await page.get_by_role("button", name="Send").click()
    await page.get_by_role("region", name="Discord").get_by_role("button", name="More", exact=True).click()
    await expect(page.get_by_role("region", name="Slack")).to_contain_text("6 to 10 of 10")
    await page.get_by_role("region", name="Slack").get_by_role("button", name="Read").first.click()
    await page.get_by_role("region", name="Slack").get_by_role("button", name="Cite").click()
    dialog = page.get_by_role("dialog", name="PPRNet")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()

    await expect(dialog).to_have_count(0)


@on_screen
async def test_on_a_phone_the_platforms_are_behind_tabs(screen: Screen) -> None:
    page = await screen.open(width=320, dark=True)
    turn = await ask(page, "topic burnout")
    slack, discord = turn.get_by_role("tab", name="Slack"), turn.get_by_role("tab", name="Discord")
    await expect(turn.get_by_role("tabpanel", name="Slack")).to_be_visible()
    await slack.press("ArrowRight")
    await expect(discord).to_be_focused()
    await expect(turn.get_by_role("tabpanel", name="Discord")).to_be_visible()
    await expect(turn.get_by_role("tabpanel")).to_have_count(1)
    await discord.press("ArrowRight")
    await expect(slack).to_have_attribute("aria-selected", "true")
    await slack.press("End")
    another = await ask(page, "latest")
    await expect(another.get_by_role("tabpanel", name="Discord")).to_be_visible()  # what was chosen once stays so
    assert await page.evaluate("document.documentElement.scrollWidth") == 320

    await page.set_viewport_size({"width": 1280, "height": 800})
    await expect(another.get_by_role("region", name="Slack")).to_be_visible()
    await expect(page.get_by_role("tab")).to_have_count(0)


@on_screen
async def test_everything_can_be_done_with_the_keyboard(screen: Screen) -> None:
    page = await screen.open()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(box(page)).to_be_focused()
    await page.keyboard.type("topic burnout")
    await page.keyboard.press("Enter")
    first = page.get_by_role("region", name="Slack").get_by_role("button", name="Read").first
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await first.evaluate("button => button === document.activeElement"):
            break
    await expect(first).to_be_focused()
    assert await first.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("region", name="Slack").get_by_role("button", name="Cite")).to_be_visible()


@on_screen
async def test_a_bot_that_is_gone_is_told_in_a_sentence(screen: Screen) -> None:
    page = await screen.open(heeded=False)
    await page.context.set_offline(offline=True)
    await box(page).fill("latest")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("alert")).to_have_text("No answer came. Is the bot still running?")
    await expect(box(page)).to_have_value("latest")
