"""The tables of syncing, as the newest migration leaves them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, false

from bot.store.schema import Key, Moment, metadata

# The last visit of each extent that was believed.
visits = Table(
    "visits",
    metadata,
    Column("source", Key, primary_key=True),
    Column("whole", Boolean, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("facts", Text, nullable=False),
)

# A source that could not be read or believed, since the first time that this was so.
doubts = Table(
    "doubts",
    metadata,
    Column("source", Key, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("rests_until", Moment),
    Column("whole", Boolean, nullable=False, server_default=false()),
)

# Which source holds which posts, as far as its last believed visits tell.
sightings = Table(
    "sightings",
    metadata,
    Column("source", Key, primary_key=True),
    Column("post_id", Key, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_sightings_post_id", "post_id"),
)

# What was found, or not, for a citation that names no DOI.
dois = Table(
    "dois",
    metadata,
    Column("citation", Key, primary_key=True),  # a digest of the citation's text
    Column("doi", Key, nullable=False),  # empty when none was found
    Column("looked_at", Moment, nullable=False),
)
