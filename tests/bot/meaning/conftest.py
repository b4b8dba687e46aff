"""The real model, loaded once, and the invented archive with its vectors on each store."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.meaning.naming import described
from bot.meaning.passages import key, passages, quotable
from bot.ports.meaning import Vector
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.store.vectors import SqlVectors
from bot.topics.loading import load_catalogue
from tests.bot.meaning.clinic import CLINIC, Counting

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded() -> Counting:
    """The model, once for all tests."""
    return Counting()


@pytest.fixture
def meaning(loaded: Counting) -> Counting:
    """The model, that was given nothing yet."""
    loaded.given.clear()
    return loaded


@pytest.fixture(scope="session")
def computed(loaded: Counting) -> Mapping[str, Vector]:
    """The vectors of the invented archive and of a few topics, computed once for all tests."""
    topics = [topic for topic in load_catalogue().topics if topic.name in {"Grief and Loss", "Depression", "Training"}]
    texts = {*map(described, topics), *(text for post in CLINIC for text in (*passages(post), *quotable(post)))}
    return {key(text): loaded.embed(text) for text in sorted(texts)}


@pytest.fixture
def vectors(engine: Engine, meaning: Counting) -> SqlVectors:
    """No vectors yet, on each store."""
    return SqlVectors(engine, meaning.model)


@pytest.fixture
def clinic(archive: SqlArchive, recorder: SqlRecorder) -> SqlArchive:
    """The invented archive, on each store."""
    recorder.record(CLINIC, source="page.txt", at=NOON)
    return archive


@pytest.fixture
def ready(vectors: SqlVectors, computed: Mapping[str, Vector]) -> SqlVectors:
    """Every vector of the invented archive, on each store."""
    vectors.keep(computed)
    return vectors
