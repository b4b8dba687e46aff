"""`pprnet editions` and `pprnet deliveries`."""

import json

import pytest

from adapters.cli.main import main
from bot.announcing.editor import Editor
from bot.editions import EditionState
from tests.adapters.cli.announcers import Announcing, announcing

__all__ = ["announcing"]

Said = pytest.CaptureFixture[str]


def test_before_the_first_edition_there_is_nothing_to_list(announcing: Announcing, capsys: Said) -> None:
    assert main(["editions"]) == 0
    assert capsys.readouterr().out == "There has been no edition yet.\n"
    assert main(["deliveries"]) == 0
    assert capsys.readouterr().out == "There are none.\n"


def test_editions_are_listed_with_what_became_of_them(announcing: Announcing, capsys: Said) -> None:
    announcing.bring()
    editor, now = Editor(announcing.app.newsroom, announcing.app.ledger), announcing.app.clock()
    editor.freeze(now)
    assert main(["editions"]) == 0
    assert "open       1 summary: not planned yet" in capsys.readouterr().out

    editor.plan(now)
    assert main(["editions"]) == 0
    assert "1 summary: 3 planned" in capsys.readouterr().out
    assert main(["editions", "--json"]) == 0
    (edition,) = json.loads(capsys.readouterr().out)
    assert edition["deliveries"] == {"planned": 3}
    assert edition["frozen_at"] == now.isoformat()


def test_an_edition_that_is_held_can_be_discarded_and_then_no_more(announcing: Announcing, capsys: Said) -> None:
    announcing.bring(7)
    Editor(announcing.app.newsroom, announcing.app.ledger).freeze(announcing.app.clock())

    assert main(["editions"]) == 0
    listed = capsys.readouterr().out
    assert "held       7 summaries" in listed
    assert "Burnout" in listed

    assert main(["editions", "discard", "1"]) == 0
    assert "will not be announced" in capsys.readouterr().out
    assert announcing.app.newsroom.editions()[0].state is EditionState.DISCARDED
    assert main(["editions", "approve", "1"]) == 1
    assert "`pprnet editions` lists them" in capsys.readouterr().err
    assert main(["editions"]) == 0
    assert "discarded  7 summaries: for no channel" in capsys.readouterr().out


def test_deliveries_are_listed_for_people_and_for_scripts(announcing: Announcing, capsys: Said) -> None:
    announcing.bring()
    assert main(["announce"]) == 0
    capsys.readouterr()

    assert main(["deliveries"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all("sent" in line and "tried 1x" in line and "https://" in line for line in lines)

    assert main(["deliveries", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["channel"]["platform"] for one in told} == {"slack", "discord"}
    assert main(["deliveries", "retry", told[0]["key"]]) == 0
    assert capsys.readouterr().out == "0 deliveries due again.\n"


def test_of_very_many_the_newest_are_listed(
    announcing: Announcing, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    announcing.bring()
    editor, now = Editor(announcing.app.newsroom, announcing.app.ledger), announcing.app.clock()
    editor.freeze(now)
    editor.plan(now)
    monkeypatch.setattr("adapters.cli.reviewing._MOST", 2)

    assert main(["deliveries"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [len(lines), lines[-1]] == [3, "These are the newest 2; --json lists all."]
    assert "not tried yet" in lines[0]
