"""What persons write to the bot in Slack, as they wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.typed import as_typed, without_address


@pytest.mark.parametrize("text", ["<@U0PPRNET> burnout?", "<@U0PPRNET|pprnet>: burnout?", "hey <@U0PPRNET>, burnout?"])
def test_the_name_of_the_bot_is_no_word_to_search_for(text: str) -> None:
    assert without_address(text) in {"burnout?", "hey burnout?"}


@given(st.text())
def test_what_slack_escapes_is_read_as_it_was_typed(text: str) -> None:
    assert as_typed(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == text
