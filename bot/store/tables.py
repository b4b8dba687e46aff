"""The archive's tables, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    false,
    text,
)

from bot.store.schema import Key, Moment, metadata

posts = Table(
    "posts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("identity", Key, nullable=False, unique=True),
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
    Column("doi", Key, nullable=False),
    Column("address", Key),  # a digest of the URL, of any length, without its scheme
    Column("found_doi", Key, nullable=False, server_default=text("''")),  # not given by the source
    Column("kind", Text, nullable=False, server_default=text("''")),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    Index("ix_posts_newest", "month", "sequence", "id", "withdrawn"),
    Index("ix_posts_origin", "origin"),
    Index("ix_posts_address", "address"),
)

# What lists go by stands here again, so that one topic's newest posts are one stretch of one index.
post_topics = Table(
    "post_topics",
    metadata,
    Column("post_id", Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Key, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("month", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    Index("ix_post_topics_newest", "name", "month", "sequence", "post_id", "withdrawn"),
)

topic_totals = Table(
    "topic_totals",
    metadata,
    Column("name", Key, primary_key=True),
    Column("posts", Integer, nullable=False),
)

former_identities = Table(
    "former_identities",
    metadata,
    Column("post_id", Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("identity", Key, primary_key=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("post_id", Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
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

# Where the texts of posts point; derived, and computed again where it is missing.
vectors = Table(
    "vectors",
    metadata,
    Column("model", Key, primary_key=True),
    Column("key", Key, primary_key=True),  # a digest of the text
    Column("vector", LargeBinary, nullable=False),
)
