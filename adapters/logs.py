"""Log lines: a sentence and an action name, as text or as JSON; never a token, never what a person typed."""

import json
import logging
import sys
from datetime import UTC, datetime

from bot.settings import LogFormat


def configure(log_format: LogFormat) -> None:
    """Send the program's log lines to standard error, in the one form asked for."""
    root = logging.getLogger()
    root.handlers.clear()
    if log_format is LogFormat.OFF:
        root.addHandler(logging.NullHandler())
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if log_format is LogFormat.JSON else TextLines())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # The steps of a migration say nothing to whoever runs the bot.
    logging.getLogger("alembic").setLevel(logging.WARNING)


class TextLines(logging.Formatter):
    """One readable line a record: time, level, action, sentence."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        action = getattr(record, "action", record.name)
        return f"{_moment(record)} {record.levelname} {action}: {_sentence(record)}"


class JsonLines(logging.Formatter):
    """One JSON object a record, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        action = getattr(record, "action", record.name)
        line = {"time": _moment(record), "level": record.levelname, "action": action, "message": _sentence(record)}
        return json.dumps(line, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _sentence(record: logging.LogRecord) -> str:
    """Return the message, with the kind of an exception but not its text, which may quote what a person typed."""
    said = " ".join(record.getMessage().split())
    kind = record.exc_info[0] if record.exc_info else None
    return f"{said} ({kind.__name__})" if kind else said
