"""What was asked already: Slack sends again what it thinks got lost."""

from typing import Any


class Seen:
    """The ids of the latest requests, so many and no more."""

    def __init__(self, most: int = 4096) -> None:
        """Remember nothing yet.

        Args:
            most: how many ids are remembered; Slack sends an event again within an hour, a command within seconds.
        """
        self._most = most
        self._ids: dict[str, None] = {}

    def first(self, identity: str) -> bool:
        """Say whether an id is new, and remember it; an empty one is always new."""
        if not identity:
            return True
        if identity in self._ids:
            return False
        self._ids[identity] = None
        if len(self._ids) > self._most:
            del self._ids[next(iter(self._ids))]
        return True


def identity_of(body: dict[str, Any]) -> str:
    """Return what stays the same when Slack sends a request again; empty where nothing does.

    An event has an id of its own; a command, a click and a submitted view have the id of what triggered them.
    """
    return str(body.get("event_id") or body.get("trigger_id") or "")
