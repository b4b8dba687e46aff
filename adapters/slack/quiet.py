"""What Slack's libraries may say in the log: that something happened and where, never with which words."""

import logging
from functools import cache


@cache
def library_logger() -> logging.Logger:
    """Return the logger for slack_bolt and slack_sdk, which otherwise log whole requests and addresses with tickets.

    bolt passes its level and filters on to all loggers it makes. What they only warn of, such as a token that is set
    twice, is not news here.
    """
    logger = logging.getLogger("pprnet.slack.library")
    logger.setLevel(logging.ERROR)
    logger.addFilter(_without_words)
    return logger


def _without_words(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    record.msg = "a Slack library speaks up in %s, line %d%s"
    record.args = (record.module, record.lineno, f" ({kind.__name__})" if kind else "")
    record.exc_info = None
    record.action = "slack.library"
    return True
