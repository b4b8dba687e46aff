"""The far end, or the database, goes wrong while announcements are sent: every channel gets one message."""

import contextlib
from pathlib import Path

from bot.editions import DeliveryState
from tests.announcements import an_app_on, bring, environment, run, running, slack_rooms, subscribe, this_month
from tests.builders import a_post
from tests.chaos.scenes import POST, away, locked, once_each, posted, strike
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn
from tests.standins.slack_faults import BrokenJson, ErrorPage, Failing, Limited, Reset, Truncated

CHANNELS = 30


def test_a_far_end_that_takes_messages_and_does_not_say_so(archive_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def sending() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(archive_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            faults = (Reset(accepted=True), ErrorPage(502, accepted=True), Reset(), Truncated(), BrokenJson())
            slack.fail(POST, *(fault for one in faults for fault in (None, one, None)))

            code, said, _ = await run(tmp_path, environment(archive_url, slack), "announce")

            assert code == 0, said
            assert posted(slack) == once_each(channels)
            assert app.ledger.totals() == {DeliveryState.SENT: CHANNELS}

    sending()


def test_a_far_end_that_asks_for_time(sqlite_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def sending() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            slack.fail(POST, None, Limited("1"), Failing("service_unavailable"))

            assert (await run(tmp_path, environment(sqlite_url, slack), "announce"))[0] == 0
            assert posted(slack) == once_each(channels)

    sending()


def test_a_postgresql_that_goes_away(postgresql_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def sending() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(postgresql_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(postgresql_url, slack) | {"LOG_FORMAT": "text"}
            async with running(tmp_path, given, "announce") as program:
                with contextlib.ExitStack() as absence:
                    strike(slack, 11, lambda: absence.enter_context(away(postgresql_url)), accepted=True)
                    await program.said("send.paused")
                code, _, told = await program.ended()

            assert code == 0, told
            assert told.count("send.paused") + told.count("send.resumed") == 1, told  # the first was read before
            assert posted(slack) == once_each(channels)
            assert app.ledger.totals() == {DeliveryState.SENT: CHANNELS}

    sending()


def test_a_sqlite_file_that_another_program_keeps_to_itself(sqlite_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def sending() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(sqlite_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(sqlite_url, slack) | {"LOG_FORMAT": "text"}
            async with running(tmp_path, given, "announce") as program:
                with contextlib.ExitStack() as lock:
                    strike(slack, 11, lambda: lock.enter_context(locked(sqlite_url)), accepted=True)
                    await program.said("send.paused")
                code, _, told = await program.ended()

            assert code == 0, told
            assert posted(slack) == once_each(channels)
            assert app.ledger.totals() == {DeliveryState.SENT: CHANNELS}

    sending()
