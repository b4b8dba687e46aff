"""What discord.py may say in the log: that something happened and where, never with which words."""

import logging

_log = logging.getLogger("pprnet.discord")


def quieten() -> None:
    """Let discord.py's loggers speak of errors only, and without words: they quote tokens, people and payloads."""
    library = logging.getLogger("discord")
    library.setLevel(logging.ERROR)
    library.propagate = False
    library.handlers = [_Placeholder()]


class _Placeholder(logging.Handler):
    """Says in discord.py's place where it met an error, and of what kind."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        said = "discord.py speaks up in %s, line %d%s"
        told = f" ({kind.__name__})" if kind else ""
        _log.error(said, record.module, record.lineno, told, extra={"action": "discord.library"})
