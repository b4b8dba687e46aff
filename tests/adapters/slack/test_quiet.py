"""What Slack's libraries say, as the log has it."""

import logging

import pytest
from slack_bolt.logger import get_bolt_logger

from adapters.slack.quiet import library_logger


def test_an_error_of_a_library_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    bolts = get_bolt_logger(logging.Logger, base_logger=library_logger())
    for logger in (library_logger(), bolts):
        try:
            raise KeyError("what somebody typed")
        except KeyError:
            logger.exception("Failed with %s", "xoxb-1")
        logger.error("ticket=1")
        logger.warning("a body: burnout")

    assert len(caplog.records) == 4
    assert {record.__dict__["action"] for record in caplog.records} == {"slack.library"}
    assert "(KeyError)" in caplog.records[0].getMessage()
    assert not [word for word in ("typed", "xoxb", "ticket", "burnout") if word in caplog.text]
