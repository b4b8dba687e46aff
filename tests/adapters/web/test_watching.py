"""What hosts and Prometheus are told: all of it, and nothing of anybody."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.web.metrics import Metrics
from adapters.wiring.app import App
from bot.channels import NOBODY, Asker
from bot.errors import StoreError
from bot.ports.syncing import SourceStanding
from bot.requests import Cite, Help, Latest, Request, Search, Show, Subscribe, TopicPosts, Unclear
from bot.subscriptions import SubscriptionState
from bot.views import View
from tests.apps import NOW, an_app
from tests.builders import a_channel, a_post, a_subscription
from tests.loops import on_a_loop
from tests.websites import Another, visiting

ROOT = Path(__file__).parents[3]


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = an_app(tmp_path, [a_post(topics=["Burnout"])])
    app.subscriptions.save(a_subscription(a_channel("CSECRET", "TSECRET"), label="#secret", by_name="Secret Carol"))
    return app


def _samples(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_figures_say_what_there_is(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app, another=Another(since={"event": 3.0, "send": None})) as visitor:
            await visitor.get("/?q=topic+burnout")
            await visitor.get("/?q=nonsense!")
            answer = await visitor.get("/metrics")
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            found = _samples(answer.text)
            assert found["pprnet_archive_posts"] == 1
            assert found['pprnet_subscriptions{platform="slack",state="active"}'] == 1
            assert found["pprnet_deliveries_queued"] == 0
            assert found['pprnet_deliveries{state="sent"}'] == 0
            assert found["pprnet_database_up"] == 1
            assert found['pprnet_ready{part="slack"}'] == 1
            assert found['pprnet_since_seconds{part="slack",what="event"}'] == 3
            assert not [name for name in found if 'what="send"' in name]
            assert found['pprnet_commands_total{command="topic",outcome="answered",where="web"}'] == 1
            assert found['pprnet_commands_total{command="unclear",outcome="unclear",where="web"}'] == 1
            assert found['pprnet_command_seconds_count{command="topic"}'] == 1
            assert found['pprnet_http_request_seconds_count{route="/",status="200"}'] == 2
            assert any(name.startswith("pprnet_build_info{") for name in found)

    asking()


def test_nobody_is_in_them(app: App) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app, another=Another()) as visitor:
            for path in ("/search?q=typedsecret", "/topics/typedsecret", "/typedsecret", "/?q=subscribe+typedsecret"):
                await visitor.get(path, Authorization="Bearer typedsecret", Cookie="pprnet_operator=typedsecret")
            told = [await visitor.get(path) for path in ("/live", "/ready", "/metrics")]
            assert not re.search("secret|carol", "".join(each.text for each in told), re.IGNORECASE)

    asking()


def _answer(request: Request | Unclear, asker: Asker = NOBODY) -> View:
    return View(asker.name, ())


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="qxzj", min_size=12, max_size=20))
def test_no_word_of_a_request_is_counted(word: str) -> None:
    metrics = Metrics("1")
    answer = metrics.counting(_answer, "web")
    asked: list[Request] = [Search(word), TopicPosts(word), Show(word), Cite(word), Help(word), Subscribe(word, word)]
    asker = Asker(a_channel(word), label=word, user=word, name=word)
    for request in asked:
        answer(request, asker)
    answer(Unclear(word, word, word), asker)
    told = metrics.page().decode()
    assert word not in told
    assert told.count("pprnet_commands_total{") == len(asked) + 1


def test_an_answer_that_fails_is_counted_as_such() -> None:
    metrics = Metrics("1")

    def failing(request: Request | Unclear, asker: Asker = NOBODY) -> View:
        raise StoreError("away")

    with pytest.raises(StoreError):
        metrics.counting(failing, "slack")(Latest())
    assert 'pprnet_commands_total{command="latest",outcome="failed",where="slack"} 1.0' in metrics.page().decode()


def test_every_source_has_an_age(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    app.clock = lambda: NOW + timedelta(hours=2)
    stand = SourceStanding("https://example.org/blog", NOW + timedelta(hours=1)), SourceStanding("/home/doe", None)
    monkeypatch.setattr(app, "sources_stand", lambda: stand)

    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            samples = _samples((await visitor.get("/metrics")).text)
            assert {name: value for name, value in samples.items() if "source_age" in name} == {
                'pprnet_source_age_seconds{source="all"}': 7200.0,
                'pprnet_source_age_seconds{source="example.org/blog"}': 3600.0,
            }

    asking()


def test_a_database_that_is_away_turns_it_red_and_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    @on_a_loop
    async def asking() -> None:
        async with visiting(app) as visitor:
            assert (await visitor.get("/ready")).status == 200

            def away(*_given: object) -> object:
                raise StoreError("away")

            monkeypatch.setattr(app.archive, "facts", away)
            monkeypatch.setattr(app, "is_current", away)
            ready = await visitor.get("/ready")
            assert (ready.status, "cannot be reached" in ready.text) == (503, True)
            figures = _samples((await visitor.get("/metrics")).text)
            assert (figures["pprnet_database_up"], figures['pprnet_ready{part="database"}']) == (0, 0)
            assert "pprnet_archive_posts" not in figures

    asking()


def test_a_deaf_bot_turns_it_red(app: App) -> None:
    slack = Another(trouble="not connected")

    @on_a_loop
    async def asking() -> None:
        async with visiting(app, another=slack) as visitor:
            ready = await visitor.get("/ready")
            told = json.loads(ready.text)
            assert (ready.status, told["checks"]["slack"]) == (503, "not connected")
            assert told["seconds_since"]["slack"] == {"event": 1.0}
            assert "slack: not connected" in (await visitor.get("/operate")).text
            assert (await visitor.get("/live")).status == 200

    asking()


def test_every_figure_of_the_dashboard_is_one_that_there_is(app: App) -> None:
    app.subscriptions.save(a_subscription("C2", state=SubscriptionState.GONE))
    dashboard = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
    wanted = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]
    named = {name for expression in wanted for name in re.findall(r"pprnet_\w+", expression)}

    @on_a_loop
    async def asking() -> None:
        async with visiting(app, another=Another()) as visitor:
            await visitor.get("/?q=latest")
            text = (await visitor.get("/metrics")).text
            there = {re.split(r"[{ ]", line)[0] for line in text.splitlines() if line and not line.startswith("#")}
            assert named <= there, named - there
            assert len(named) > 10

    asking()
