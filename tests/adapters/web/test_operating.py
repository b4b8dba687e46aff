"""The operator's pages: what they tell, and the one thing that can be done there."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.web.charts import Bar, Chart
from adapters.wiring.app import App, open_app
from bot.announcing.editor import MOST
from bot.editions import DeliveryState, EditionState, Settlement, oldest_news
from bot.model import Post, Reading
from bot.settings import Settings
from bot.subscriptions import SubscriptionState
from tests.apps import NOW
from tests.builders import a_channel, a_post, a_subscription
from tests.loops import on_a_loop
from tests.websites import Visitor, visiting


@pytest.fixture
def app(archive_url: str, tmp_path: Path) -> App:
    """On each store: an old archive, a subscribed channel and one that is gone."""
    app = open_app(Settings(archive_url, tmp_path / "index"), at=NOW, furnished=False, clock=lambda: NOW)
    _bring(app, a_post("2015-03", "What was there before", topics=["Burnout"]))
    app.subscriptions.save(a_subscription(a_channel("C1"), "Burnout", label="#<b>research</b>"))
    gone = a_subscription("C2", state=SubscriptionState.GONE, state_since=NOW, why="The channel was archived.")
    app.subscriptions.save(gone)
    return app


def _bring(app: App, *posts: Post) -> None:
    app.importer.take([Reading("posts", posts)], source="a test", at=NOW)


def _announce(app: App, count: int) -> None:
    posts = [a_post("2026-11", f"News number {number}", topics=["Burnout"]) for number in range(count)]
    _bring(app, *posts)
    assert app.newsroom.freeze(oldest_news(NOW), MOST, NOW)
    app.ledger.plan(NOW)


def _fail(app: App) -> None:
    [lane] = app.lanes.hold("w", 5, NOW, NOW + timedelta(hours=1))
    [task] = app.ledger.claim(lane, "w", 5, NOW)
    failed = Settlement(task.delivery.key, DeliveryState.FAILED, why="Slack said <no_way>.")
    app.ledger.settle("w", [failed], NOW)


def test_it_says_what_needs_somebody(app: App) -> None:
    _announce(app, 1)

    @on_a_loop
    async def looking() -> None:
        async with visiting(app) as visitor:
            before = (await visitor.get("/operate")).text
            assert "1 subscribed channel cannot be reached." in before
            assert "On their way" in before
            _fail(app)
            after = (await visitor.get("/operate")).text
            assert "1 delivery was given up." in after
            assert "Slack said &lt;no_way&gt;." in after
            assert "#&lt;b&gt;research&lt;/b&gt;" in after
            assert "The channel was archived." in after
            assert "1 failed" in after
            assert after.count("<svg") == 3
            assert "Next announcement: Monday 7 December 2026" in after
            assert (await visitor.get("/operate")).headers["Cache-Control"] == "no-store"

    looking()


def test_trouble_that_was_seen_for_a_month_calls_nobody_any_more(app: App) -> None:
    _announce(app, 1)
    _fail(app)
    app.clock = lambda: NOW + timedelta(days=31)

    @on_a_loop
    async def looking() -> None:
        async with visiting(app) as visitor:
            page = (await visitor.get("/operate")).text
            assert "All is well" in page
            assert "Slack said &lt;no_way&gt;." in page
            assert "The channel was archived." in page

    looking()


def test_what_a_subscription_would_get_next_is_shown(app: App) -> None:
    [first] = [one.id for one in app.subscriptions.among() if one.channel.id == "C1"]

    @on_a_loop
    async def looking() -> None:
        async with visiting(app) as visitor:
            assert f'href="/operate/preview/{first}"' in (await visitor.get("/operate")).text
            assert "is waiting to be announced" in (await visitor.get(f"/operate/preview/{first}")).text
            _bring(app, a_post("2026-11", "News about it", topics=["Burnout"]), a_post("2026-11", "Other news"))
            shown = (await visitor.get(f"/operate/preview/{first}")).text
            assert ("News about it" in shown, "Other news" in shown) == (True, False)
            assert (await visitor.get("/operate/preview/999")).status == 404
            assert (await visitor.get("/operate/preview/" + "9" * 40)).status == 404

    looking()


async def _forms(visitor: Visitor) -> dict[str, str]:
    text = (await visitor.get("/operate")).text
    return dict(re.findall(r'action="(/operate/editions/[^"]+)"><input type="hidden" name="seal" value="(\w+)">', text))


@pytest.mark.parametrize(("decision", "state"), [("approve", EditionState.OPEN), ("discard", EditionState.DISCARDED)])
def test_a_held_edition_is_decided_by_a_sealed_form_and_by_nothing_else(
    decision: str, state: EditionState, app: App
) -> None:
    _announce(app, MOST + 1)

    @on_a_loop
    async def deciding() -> None:
        async with visiting(app) as visitor:
            forms = await _forms(visitor)
            [path] = [path for path in forms if path.endswith(decision)]
            [other] = [path for path in forms if path != path[: path.rindex("/")] and not path.endswith(decision)]
            assert (await visitor.get(path)).status == 405
            assert (await visitor.ask("POST", path, data={"seal": ""})).status == 403
            assert (await visitor.ask("POST", path, data={"seal": forms[other]})).status == 403
            far = {"X-Forwarded-For": "192.0.2.1"}
            assert (await visitor.ask("POST", path, far, {"seal": forms[path]})).status == 403
            assert app.newsroom.editions()[0].state is EditionState.HELD

            done = await visitor.ask("POST", path, data={"seal": forms[path]})
            assert (done.status, done.headers["Location"]) == (303, "/operate")
            assert app.newsroom.editions()[0].state is state
            assert (await visitor.ask("POST", path, data={"seal": forms[path]})).status == 409
            assert await _forms(visitor) == {}

    deciding()


def test_bars_stand_in_proportion_and_show_their_figures() -> None:
    chart = Chart("Deliveries", "Edition", ("sent", "failed"), [Bar("1", (6, 2)), Bar("2", (4, 0)), Bar("<3>", (0, 0))])
    drawn = str(chart.drawing())
    heights = [float(height) for height in re.findall(r'height="([\d.]+)"/>', drawn)]
    assert heights == [120.0, 40.0, 80.0, 0.0, 0.0, 0.0]
    assert "&lt;3&gt;" in drawn
    lying = Chart("Topics", "Topic", ("summaries",), [Bar("One & all", (4,)), Bar("Two", (1,))], lying=True)
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="16.5"', str(lying.drawing()))]
    assert widths == [420.0, 105.0]
    assert "One &amp; all" in str(lying.drawing())
    long = Chart("Topics", "Topic", ("summaries",), [Bar("What nobody could ever find any room for", (1,))], lying=True)
    assert "What nobody could ever find any…" in str(long.drawing())
    assert "rect" not in str(Chart("None", "Year", ("summaries",), []).drawing())
