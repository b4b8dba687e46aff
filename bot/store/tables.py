"""The tables, as the newest migration leaves them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect


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


# Ids and topic names sort by their bytes on both stores: ranges then find beginnings, and indexes serve them.
_Key = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

posts = Table(
    "posts",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("identity", _Key, nullable=False, unique=True),
    Column("month", Integer, nullable=False),  # 202107 is July 2021
    Column("sequence", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("implications", JSON, nullable=False),
    Column("note", JSON, nullable=False),
    Column("citation", Text),  # as printed; without it the post names no work
    Column("cited_authors", JSON, nullable=False),  # [[family, initials], ...]
    Column("cited_year", Integer),
    Column("cited_title", Text, nullable=False),
    Column("cited_container", Text, nullable=False),
    Column("cited_volume", Text, nullable=False),
    Column("cited_issue", Text, nullable=False),
    Column("cited_pages", Text, nullable=False),
    Column("doi", _Key, nullable=False),
    Column("address", _Key),  # a digest of the URL, of any length, without its scheme
    Index("ix_posts_newest", "month", "sequence", "id"),
    Index("ix_posts_origin", "origin"),
    Index("ix_posts_address", "address"),
)

# Month and sequence stand here again so that one topic's newest posts are one stretch of one index.
post_topics = Table(
    "post_topics",
    metadata,
    Column("post_id", _Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("name", _Key, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("month", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("ix_post_topics_newest", "name", "month", "sequence", "post_id"),
)

topic_totals = Table(
    "topic_totals",
    metadata,
    Column("name", _Key, primary_key=True),
    Column("posts", Integer, nullable=False),
)

former_identities = Table(
    "former_identities",
    metadata,
    Column("post_id", _Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("identity", _Key, primary_key=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("post_id", _Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1 is the oldest
    Column("until", Moment, nullable=False),  # when these words gave way
    Column("words", JSON, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("source", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
)

# One row. What an answer says about the archive as a whole is counted when it changes, not when it is asked.
archive = Table(
    "archive",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("mark", Text, nullable=False),  # drawn anew with every revision: copies that part ways differ
    Column("catalogue", Text, nullable=False),
    Column("source_read_at", Moment),
    Column("posts", Integer, nullable=False),
    Column("starters", Integer, nullable=False),
    Column("oldest", Integer),
    Column("newest", Integer),
)
