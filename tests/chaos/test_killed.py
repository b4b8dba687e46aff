"""A process is killed at every step of announcing, and another one goes on: every channel gets one message."""

import contextlib
from pathlib import Path

import pytest

from bot.editions import DeliveryState
from tests.announcements import an_app_on, bring, environment, run, running, slack_rooms, subscribe, this_month
from tests.builders import a_post
from tests.chaos.scenes import locked, once_each, posted, strike, until, until_all
from tests.loops import on_a_loop
from tests.standins.slack import SlackStandIn

CHANNELS = 40


@pytest.mark.parametrize("accepted", [False, True], ids=["before it is taken", "after it was taken"])
def test_killed_when_a_message_arrives(archive_url: str, tmp_path: Path, accepted: bool) -> None:
    @on_a_loop
    async def killing() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(archive_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(archive_url, slack)
            async with running(tmp_path, given, "announce") as first:
                strike(slack, 17, first.kill, accepted=accepted)
                assert (await first.ended())[0] < 0
            assert sum(posted(slack).values()) < CHANNELS

            code, said, _ = await run(tmp_path, given, "announce")

            assert code == 0, said
            assert posted(slack) == once_each(channels)
            assert app.ledger.totals() == {DeliveryState.SENT: CHANNELS}

    killing()


def test_killed_while_what_was_sent_is_written_down(archive_url: str, tmp_path: Path) -> None:
    @on_a_loop
    async def killing() -> None:
        async with SlackStandIn() as slack:
            app = an_app_on(archive_url, tmp_path)
            channels = slack_rooms(slack, CHANNELS)
            subscribe(app, channels)
            bring(app, a_post(this_month(), "Something new"))
            given = environment(archive_url, slack)
            with contextlib.ExitStack() as stack:
                async with running(tmp_path, given, "announce") as first:
                    waits = []
                    strike(slack, 1, lambda: waits.append(stack.enter_context(locked(archive_url))), accepted=True)
                    await until(lambda: sum(posted(slack).values()) == CHANNELS and waits[0]())
                    first.kill()
                    await first.ended()
            assert app.ledger.totals() == {DeliveryState.SENDING: CHANNELS}

            async with running(tmp_path, given, "worker") as second:
                await until_all(app, DeliveryState.SENT, CHANNELS)
                second.end()
                assert (await second.ended())[0] == 0

            assert posted(slack) == once_each(channels)
            assert len(slack.calls_of("chat.postMessage")) == CHANNELS  # all were found, none was sent again

    killing()
