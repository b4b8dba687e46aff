"""How fast answers are at 400, 10,000 and 100,000 posts, beside the bare libraries on the same data.

Run with `python -m bench.answers [COUNT...]`. For each size a database is filled and indexed; then every request goes
through `service.answer`. Beside `search` stand the same compiled query put to tantivy on the same index, and the same
words put to SQLite FTS5.
"""

import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.wiring.app import App, open_app
from bench.posts import make_posts, make_queries
from bench.timing import ms, p50, p99, row, taken_by_each, times
from bot.model import Reading
from bot.requests import Latest, Search, TopicPosts
from bot.search.query import parse_query
from bot.search.ranking import plan
from bot.settings import Settings

SIZES = (400, 10_000, 100_000)
ROUNDS = 200


def main() -> None:
    """Print a table for each size."""
    for count in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(count, Path(folder))


def _measure(count: int, folder: Path) -> None:
    app = open_app(
        Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index"), at=datetime.now(UTC), furnished=False
    )
    app.importer.take([Reading("made up", tuple(make_posts(count)))], source="bench", at=datetime.now(UTC))
    [indexing] = times(app.search.refresh, 1)
    queries = make_queries(ROUNDS)
    topics = [topic.name for topic in app.topics.topics if not topic.ours]
    row(f"{count:,} posts", "p50", "p99", "answers/s")
    _row("latest", times(lambda: app.service.answer(Latest()), ROUNDS))
    _row(
        "topic", taken_by_each(_asking(app, TopicPosts(topic)) for topic in random.Random(3).choices(topics, k=ROUNDS))
    )
    _row("search", taken_by_each(_asking(app, Search(query)) for query in queries))
    _row("  search engine alone", taken_by_each(_engine(app, query) for query in queries))
    _row("  the same query, tantivy alone", taken_by_each(_tantivy(app, query) for query in queries))
    _row("  the same words, SQLite FTS5", taken_by_each(_fts5(folder / "fts.db", app, queries)))
    row("  making the index", f"{indexing:.1f} s")
    print()


def _asking(app: App, request: Search | TopicPosts) -> Callable[[], object]:
    return lambda: app.service.answer(request)


def _engine(app: App, query: str) -> Callable[[], object]:
    return lambda: app.search.search(parse_query(query))


def _tantivy(app: App, query: str) -> Callable[[], object]:
    compiled = plan(parse_query(query)).compiled
    index = app.search._current()  # noqa: SLF001 - the very index that the engine searches
    return lambda: index.searcher.search(compiled, limit=5)


def _fts5(path: Path, app: App, queries: Sequence[str]) -> list[Callable[[], object]]:
    """Return the queries for an FTS5 table of the same posts, with Porter stems, any word, the title three times."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize = 'porter unicode61')")
    rows = ((post.title, "\n".join((*post.summary, *post.implications))) for post in app.archive.posts())
    connection.executemany("INSERT INTO docs VALUES (?, ?)", rows)
    connection.commit()
    found = "SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY bm25(docs, 3.0, 1.0) LIMIT 5"

    def asking(words: str) -> Callable[[], object]:
        return lambda: connection.execute(found, (words,)).fetchall()

    return [asking(" OR ".join(query.split())) for query in queries]


def _row(name: str, taken: Sequence[float]) -> None:
    row(name, ms(p50(taken)), ms(p99(taken)), f"{len(taken) / sum(taken):,.0f}")


if __name__ == "__main__":
    main()
