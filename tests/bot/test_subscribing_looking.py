"""What people see of what their channels get, by the whole bot on real databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.wiring.app import App
from bot.channels import Channel
from bot.editions import DeliveryState, Settlement, Task
from bot.requests import Status
from bot.subscriptions import SubscriptionState
from bot.views import as_text
from tests.builders import a_post
from tests.subscribers import CAROL, DIRECT, Clock, an_app_on, answer, ask, bring, kept, labels, news


def test_subscriptions_lists_this_channel_and_the_others_of_the_workspace(app: App) -> None:
    ask(app, "subscribe burnout")
    ask(app, "subscribe", replace(CAROL, channel=Channel("slack", "T1", "C2"), label="#team", name=""))
    ask(app, "pause", replace(CAROL, channel=Channel("slack", "T1", "C2")))
    ask(app, "subscribe", replace(CAROL, channel=Channel("slack", "T1", "C3"), label="#secret", private=True))
    ask(app, "subscribe", replace(CAROL, channel=Channel("slack", "T2", "C4"), label="#elsewhere"))
    ask(app, "subscribe", DIRECT)
    said = ask(app, "subscriptions")

    assert "This channel gets what is new about Burnout." in said
    assert "Subscribed on 25 November 2026 by Carol." in said
    assert "- #team: every new summary, subscribed on 25 November 2026. Paused." in said
    assert "2 more subscriptions, in private channels and direct messages." in said
    assert "#secret" not in said
    assert "#elsewhere" not in said
    direct = ask(app, "subscriptions", DIRECT)
    assert "- #research: what is new about Burnout, subscribed on 25 November 2026 by Carol." in direct
    assert "more subscription" not in direct


def test_many_subscriptions_are_listed_page_by_page(app: App) -> None:
    for number in range(18):
        channel = Channel("slack", "T1", f"C{number + 10}")
        ask(app, "subscribe", replace(CAROL, channel=channel, label=f"#channel-{number:02}"))
    pages = [answer(app, f"subscriptions page:{page}") for page in (1, 2, 3)]
    listed = [line.split(":")[0] for page in pages for line in as_text(page).splitlines() if line.startswith("- #")]

    assert listed == [f"- #channel-{number:02}" for number in range(18)]
    turns = [[label for label in labels(page) if label in {"Back", "More"}] for page in pages]
    assert turns == [["More"], ["Back", "More"], ["Back"]]


def test_a_preview_is_the_next_announcement_and_says_that_it_is_none(app: App) -> None:
    ask(app, "subscribe burnout")
    assert ask(app, "preview").startswith("Nothing new yet")
    bring(app, [*news(topics=["Burnout"]), a_post("2026-11", "Other", topics=["Empathy"])])
    said = ask(app, "preview")

    assert said.startswith("New from PPRNet: November 2026\n\nNews 1\n\n")
    assert "Other" not in said
    assert "someone subscribed here to what is new about Burnout." in said
    assert said.endswith("This is a preview. Next: Monday 7 December 2026, 9:00 EST. If nothing is new by then, I look"
                         " again every day.\n")  # fmt: skip


def test_a_channel_without_a_subscription_previews_what_one_would_bring(app: App) -> None:
    said = ask(app, "preview")
    assert "This channel has not subscribed." in said
    assert "have come\n\nBurnout affects outcomes" in said
    bring(app, news(2))
    assert "This is a preview. This channel has not subscribed." in ask(app, "preview")


def test_what_is_old_when_it_comes_is_no_news(app: App) -> None:
    bring(app, [a_post("2026-07", "Late"), a_post("2026-08", "In time")])

    assert "In time" in ask(app, "preview")
    assert "Late" not in ask(app, "preview").partition("This came")[0]


def announced(app: App, clock: Clock, settle: Callable[[Task], Settlement]) -> None:
    """Let an edition go out, as far as a test says."""
    app.newsroom.freeze(min(post.month for post in news()), 6, clock.now)
    app.ledger.plan(clock.now)
    for lane in app.lanes.hold("worker", 99, clock.now, clock.now + timedelta(minutes=1)):
        tasks = app.ledger.claim(lane, "worker", 9, clock.now)
        app.ledger.settle("worker", [settle(task) for task in tasks], clock.now)
    app.lanes.release("worker")


def sent(task: Task) -> Settlement:
    return Settlement(task.delivery.key, DeliveryState.SENT, "1.2", "https://example.org/archives/C1/p12")


STATES = {
    DeliveryState.SENT: "- Posted on Wednesday 25 November 2026, 7:00 EST. See it <https://example.org/1>",
    DeliveryState.WAITING: (
        "- Waiting since Wednesday 25 November 2026, 7:00 EST: Slack is away."
        " I try again on Wednesday 25 November 2026, 8:00 EST."
    ),
    DeliveryState.FAILED: "- Failed on Wednesday 25 November 2026, 7:00 EST: Slack is away.",
    DeliveryState.UNKNOWN: (
        "- On Wednesday 25 November 2026, 7:00 EST it could not be found out whether it was posted: Slack is away."
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_status_says_what_became_of_each_announcement(app: App, clock: Clock, state: DeliveryState) -> None:
    ask(app, "subscribe")
    assert "Nothing has been posted here yet." in ask(app, "status")
    bring(app, news())
    due = clock.now + timedelta(hours=1) if state is DeliveryState.WAITING else None
    why, url = ("", "https://example.org/1") if state is DeliveryState.SENT else ("Slack is away.", "")
    announced(app, clock, lambda task: Settlement(task.delivery.key, state, "1", url, why, due))
    said = ask(app, "status")

    assert STATES[state] in said
    assert STATES[state].removeprefix("- ") in ask(app, "subscriptions")


def test_what_is_on_its_way_and_what_was_left_out_say_so(app: App, clock: Clock) -> None:
    ask(app, "subscribe")
    bring(app, news())
    app.newsroom.freeze(news()[0].month, 6, clock.now)
    app.ledger.plan(clock.now)
    assert "On its way since Wednesday 25 November 2026, 7:00 EST." in ask(app, "status")
    ask(app, "pause")
    assert "Left out on Wednesday 25 November 2026, 7:00 EST: The subscription was paused" in ask(app, "status")


def test_others_see_the_last_announcement_of_a_channel(app: App, clock: Clock) -> None:
    ask(app, "subscribe")
    bring(app, news())
    announced(app, clock, sent)
    said = ask(app, "subscriptions", replace(CAROL, channel=Channel("slack", "T1", "C9")))

    assert "by Carol. Posted on Wednesday 25 November 2026, 7:00 EST. See it <https" in said


def test_status_goes_back_page_by_page(app: App, clock: Clock) -> None:
    ask(app, "subscribe")
    for number in range(11):
        clock.now += timedelta(hours=1)
        bring(app, [a_post("2026-11", "ABCDEFGHIJK"[number] * 9, summary=(f"{number} things." * 9,), citation=None)])
        announced(app, clock, sent)
    pages = [answer(app, text) for text in ("status", "status page:2", "status page:3")]

    assert [as_text(page).count("See it") for page in pages] == [8, 3, 0]
    assert "The list has no page 3." in as_text(pages[2])
    assert labels(pages[0])[-1] == "More"
    assert pages[1].buttons[-1].request == Status(1)


def test_a_channel_gets_the_same_on_each_store(archive_url: str, tmp_path: Path, clock: Clock) -> None:
    app = an_app_on(archive_url, tmp_path, clock)
    ask(app, "subscribe burnout, empathy except medication")
    bring(app, news(topics=["Empathy"]))
    assert ask(app, "preview").startswith("New from PPRNet: November 2026\n\nNews 1\n\n")
    announced(app, clock, sent)
    assert "Posted on" in ask(app, "status")
    assert ask(app, "preview").startswith("Nothing new yet")
    assert ask(app, "unsubscribe").startswith("Unsubscribed")
    assert kept(app).state is SubscriptionState.ENDED
