"""`pprnet announce`: what it sends, what it says, and how it ends."""

import json
import os
import signal
from typing import Any

import pytest

from adapters.cli.main import main
from bot.editions import DeliveryState
from tests.adapters.cli.announcers import Announcing, announcing
from tests.announcements import slack_rooms, subscribe
from tests.standins.slack_faults import Failing

__all__ = ["announcing"]

Said = pytest.CaptureFixture[str]
POST = "chat.postMessage"


def test_three_channels_on_two_platforms_have_one_message_each_and_another_run_brings_none(
    announcing: Announcing, capsys: Said
) -> None:
    announcing.bring()

    assert main(["announce"]) == 0
    said = capsys.readouterr().out
    assert "Edition 1 has 1 summary." in said
    assert "3 announcements planned, 3 sent, 0 failed." in said
    assert announcing.posted() == [1, 1, 1]
    assert "Alliance" in announcing.slack.messages()[0].text

    assert main(["announce"]) == 0
    assert "Nothing new is to be announced." in capsys.readouterr().out
    assert announcing.posted() == [1, 1, 1]


def test_a_trial_shows_who_would_get_what_and_sends_nothing(announcing: Announcing, capsys: Said) -> None:
    announcing.bring(2)

    assert main(["announce", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "2 summaries to announce, to 3 channels" in said
    assert "slack T0STANDIN/C0GENERAL #C0GENERAL:" in said

    assert main(["announce", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [post["title"] for post in told["posts"]] == ["Alliance", "Burnout"]
    assert {channel["platform"] for channel in told["channels"]} == {"slack", "discord"}
    assert announcing.posted() == [0, 0, 0]
    assert announcing.app.newsroom.editions() == ()


def test_too_much_at_once_is_held(announcing: Announcing, capsys: Said) -> None:
    announcing.bring(7)

    assert main(["announce", "--dry-run"]) == 0
    assert "held until you approve" in capsys.readouterr().out
    assert main(["announce"]) == 1
    assert "`pprnet editions approve 1`" in capsys.readouterr().out
    assert announcing.posted() == [0, 0, 0]

    assert main(["editions", "approve", "1"]) == 0
    assert main(["announce"]) == 0
    assert announcing.posted() == [1, 1, 1]


def test_what_is_new_can_be_held_whatever_it_is(announcing: Announcing, capsys: Said) -> None:
    assert main(["announce", "--hold"]) == 0
    assert "Nothing new" in capsys.readouterr().out
    announcing.bring()

    assert main(["announce", "--hold"]) == 0
    assert "Edition 1 has 1 summary and is held" in capsys.readouterr().out
    assert main(["announce"]) == 0
    assert announcing.posted() == [0, 0, 0]


def test_what_came_of_it_as_data(announcing: Announcing, capsys: Said) -> None:
    announcing.bring()

    assert main(["announce", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sent"] == told["planned"] == 3
    assert told["held"] is False
    assert len(told["posts"]) == 1


def test_what_fails_is_told_listed_and_tried_again(announcing: Announcing, capsys: Said) -> None:
    announcing.bring()
    announcing.slack.fail(POST, Failing("msg_too_long"))

    assert main(["announce"]) == 1
    assert "2 sent, 1 failed" in capsys.readouterr().out

    assert main(["deliveries", "--failed"]) == 0
    assert "msg_too_long" in capsys.readouterr().out
    assert main(["deliveries", "retry"]) == 0
    assert "1 delivery due again." in capsys.readouterr().out
    assert main(["announce"]) == 0
    assert sorted(announcing.posted()) == [1, 1, 1]


def test_sources_that_cannot_be_read_are_told_and_keep_nothing_back(
    announcing: Announcing, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    announcing.bring()
    monkeypatch.setenv("PPRNET_SOURCES", "/no/such/folder")

    assert main(["announce"]) == 0
    assert "The sources could not be read" in capsys.readouterr().out
    assert announcing.posted() == [1, 1, 1]


def test_told_to_end_it_finishes_what_is_under_way_and_says_what_is_left(announcing: Announcing, capsys: Said) -> None:
    subscribe(announcing.app, slack_rooms(announcing.slack, 40))
    announcing.bring()
    ended = iter([True])

    def end(*given: Any) -> Any:
        if next(ended, False):
            os.kill(os.getpid(), signal.SIGTERM)
        return post(*given)

    post = announcing.slack.api.methods[POST]
    announcing.slack.api.methods[POST] = end

    assert main(["announce"]) == 0
    assert "still to be sent" in capsys.readouterr().out
    states = announcing.app.ledger.totals()
    assert states.keys() == {DeliveryState.SENT, DeliveryState.WAITING}

    assert main(["announce"]) == 0
    assert announcing.app.ledger.totals() == {DeliveryState.SENT: 43}
    assert announcing.posted() == [1, 1, 1]


def test_without_a_platform_there_is_nothing_to_announce_on(
    announcing: Announcing, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.delenv("DISCORD_TOKEN")

    assert main(["announce"]) == 1
    assert "SLACK_BOT_TOKEN or DISCORD_TOKEN must be set" in capsys.readouterr().err
    assert main(["worker"]) == 1
