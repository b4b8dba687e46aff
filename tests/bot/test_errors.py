"""Errors that nobody foresaw: a sentence for the person, one for the log, and a reference in both."""

import re

import pytest

from bot.errors import Mishap


def test_a_mishap_is_told_and_logged_under_one_reference() -> None:
    with pytest.raises(ValueError, match="secret") as raised:
        int("my own secret")
    mishap = Mishap.of(raised.value)

    assert re.fullmatch("[0-9a-f]{8}", mishap.reference)
    assert mishap.human == (
        f"Something went wrong. If it happens again, tell whoever runs this bot: {mishap.reference}."
    )
    where = "test_a_mishap_is_told_and_logged_under_one_reference"
    assert re.fullmatch(rf"answering failed at {where}:\d+ with ValueError, reference {mishap.reference}", mishap.log)


def test_the_far_ends_own_word_is_logged_with_it() -> None:
    assert "at an unknown place with KeyError (404, 10003), reference" in Mishap.of(KeyError("x"), "404, 10003").log


def test_no_two_mishaps_have_one_reference() -> None:
    assert Mishap.of(KeyError()).reference != Mishap.of(KeyError()).reference
