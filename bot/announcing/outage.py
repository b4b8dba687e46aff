"""A database that is away for a while: told once when it goes and once when it is back."""

import logging

from bot.errors import StoreError

_log = logging.getLogger("pprnet.announcing")


class Outage:
    """Whether the database is away.

    Attributes:
        on: nothing can be written at this moment, so nothing should be sent.
    """

    def __init__(self) -> None:
        """Begin with a database that is there."""
        self.on = False

    def begin(self, error: StoreError) -> None:
        """The database failed."""
        if not self.on:
            self.on = True
            _log.error("the database is away, so sending pauses: %s", error, extra={"action": "send.paused"})

    def end(self) -> None:
        """The database worked."""
        if self.on:
            self.on = False
            _log.info("the database is back, sending goes on", extra={"action": "send.resumed"})
