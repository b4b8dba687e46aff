"""The whole bot for tests, on a database of its own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.wiring.app import App, open_app
from bot.model import Post, Reading
from bot.settings import Settings

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def an_app(folder: Path, posts: Sequence[Post] = ()) -> App:
    """Return the bot with these posts in a SQLite file, or with an empty archive."""
    app = open_app(
        Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index"), at=NOW, furnished=False, clock=lambda: NOW
    )
    if posts:
        app.importer.take([Reading("posts", tuple(posts))], source="a test", at=NOW)
    return app
