"""What all tables are made with: their common metadata, and types of columns that give the core's own values."""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import DateTime, MetaData, Text, TypeDecorator
from sqlalchemy.engine import Dialect

from bot.subscriptions import Filter

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Ids and names: they sort by their bytes on both stores, so that ranges find beginnings, and indexes serve them."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no time zones, so that they are added on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Return the time in UTC, aware."""
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


_Member = TypeVar("_Member", bound=StrEnum)


class Member(TypeDecorator[_Member], Generic[_Member]):
    """One of the members of an enumeration, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[_Member]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: _Member | None, _dialect: Dialect) -> str | None:
        """Return the member's value."""
        return value and value.value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> _Member | None:
        """Return the member of a value."""
        return None if value is None else self.kind(value)


class Wish(TypeDecorator[Filter]):
    """A filter, kept as text; equal filters are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Filter | None, _dialect: Dialect) -> str | None:
        """Return the filter as text."""
        return None if value is None else _text_of(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Filter | None:
        """Return the filter that was kept."""
        return None if value is None else Filter(*map(tuple, json.loads(value)))


def filter_key(wanted: Filter) -> str:
    """Return what a filter is found by, a digest: an index takes no text of any length."""
    return hashlib.sha256(_text_of(wanted).encode()).hexdigest()[:16]


def _text_of(wanted: Filter) -> str:
    """Return a filter's topics and those left out, as two lists in JSON."""
    return json.dumps([wanted.topics, wanted.without], ensure_ascii=False, separators=(",", ":"))
