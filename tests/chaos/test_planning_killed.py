"""A process is killed while it writes down who gets an edition: that is done as a whole or not at all, and once."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, insert, select

from bot.announcing.editor import Editor
from bot.channels import Channel
from bot.editions import DeliveryState
from bot.store.announcing import subscriptions
from bot.store.engine import updating
from tests.announcements import an_app_on, bring, environment, run, running, slack_rooms, subscribe, this_month
from tests.builders import a_post
from tests.chaos.scenes import locked, once_each, posted, size_of_log, until
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn

CHANNELS = 20
ELSEWHERE = 12_000
"""Channels on a platform that the process cannot post on: enough that SQLite writes before it commits."""


def test_killed_while_planning_on_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def killing() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(postgresql_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(postgresql_url, slack)
            async with running(tmp_path, given, "announce") as first:
                with locked(postgresql_url) as somebody_waits:
                    await until(somebody_waits)
                    first.kill()
                    await first.ended()
            (edition,) = app.newsroom.editions()
            assert edition.planned_at is None

            assert (await run(tmp_path, given, "announce"))[0] == 0
            assert posted(slack) == once_each(channels)

    killing()


def test_killed_while_planning_on_sqlite(sqlite_url: str, opened: Callable[..., Engine], tmp_path: Path) -> None:
    @on_a_loop
    async def killing() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, [*channels, Channel("discord", "1", "0")])
            _repeat_last_subscription(opened(sqlite_url), ELSEWHERE - 1)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(sqlite_url, slack)
            before = size_of_log(sqlite_url)
            async with running(tmp_path, given, "announce") as first:
                await until(lambda: size_of_log(sqlite_url) > before + 500_000)
                first.kill()
                await first.ended()
            assert sum(app.ledger.totals().values()) in {0, CHANNELS + ELSEWHERE}

            assert (await run(tmp_path, given, "announce"))[0] == 0
            assert posted(slack) == once_each(channels)
            assert app.ledger.totals() == {DeliveryState.SENT: CHANNELS, DeliveryState.PLANNED: ELSEWHERE}
            assert Editor(app.newsroom, app.ledger).plan(app.clock()) == 0

    killing()


def _repeat_last_subscription(engine: Engine, times: int) -> None:
    """Subscribe so many channels more, at once: one by one each would be a transaction."""
    with updating(engine) as connection:
        row = connection.execute(select(subscriptions).order_by(subscriptions.c.id.desc()).limit(1)).one()._asdict()
        del row["id"]
        connection.execute(insert(subscriptions), [row | {"channel": f"{number}"} for number in range(1, times + 1)])
