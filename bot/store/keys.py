"""What deliveries are known by outside: the mark of their edition and their number, such as `5f0c91be-1042`."""

from sqlalchemy import Text, cast

from bot.store.announcing import deliveries, editions

KEY = editions.c.mark + "-" + cast(deliveries.c.id, Text)
"""The key of a delivery, of which the edition is joined."""


def number_of(key: str) -> int:
    """Return the number of the delivery that has a key."""
    return int(key.rpartition("-")[2])
