"""Alembic's migrations, oldest first; see `bot.store.migrate`."""
