"""Alembic's entrance: the migrations run on the connection, and in the transaction, that `bot.store.migrate` gives."""

from alembic import context

from bot.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite rolls table definitions back like rows; Alembic expects the driver's own manners, which are turned off.
    transactional_ddl=True,
)
context.run_migrations()
