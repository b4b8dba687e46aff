"""Vectors that are computed while the bot runs; on both stores."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.meaning.background import Background
from bot.meaning.filling import Filler
from bot.meaning.minilm import MiniLm, shipped_vocabulary
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.store.vectors import SqlVectors
from tests.bot.meaning.clinic import FEES, Counting
from tests.bot.meaning.conftest import NOON
from tests.builders import a_post

PATIENCE = 20


class Told(logging.Handler):
    """What the log said, to wait for."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._news = threading.Condition()

    def emit(self, record: logging.LogRecord) -> None:
        with self._news:
            self._said.append(record.__dict__["action"])
            self._news.notify_all()

    def wait(self, action: str, times: int = 1) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self._said.count(action) >= times, PATIENCE), self._said


@pytest.fixture
def told() -> Iterator[Told]:
    log, handler = logging.getLogger("pprnet"), Told()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield handler
    log.setLevel(level)
    log.removeHandler(handler)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def test_texts_get_their_vectors_now_and_after_every_change(
    archive: SqlArchive, recorder: SqlRecorder, vectors: SqlVectors, meaning: Counting, told: Told
) -> None:
    recorder.record([a_post()], source="page.txt", at=NOON)
    filler = Filler(archive, vectors, meaning)
    with Background(filler, interval=0.01):
        told.wait("meaning.done")
        first = vectors.count()
        assert not filler.due()
        recorder.record([FEES], source="page.txt", at=NOON)
        told.wait("meaning.done", times=2)
    assert vectors.count() > first > 0
    assert "meaning" not in threads()


def test_it_ends_in_the_middle_of_its_work(
    clinic: SqlArchive, vectors: SqlVectors, meaning: Counting, told: Told
) -> None:
    with Background(Filler(clinic, vectors, meaning)):
        told.wait("meaning.step")
    assert "meaning" not in threads()
    assert vectors.count() < Filler(clinic, vectors, meaning).progress().total


def test_a_broken_model_is_told_once(clinic: SqlArchive, vectors: SqlVectors, tmp_path: Path, told: Told) -> None:
    broken = MiniLm(tmp_path / "missing.onnx", shipped_vocabulary())
    background = Background(Filler(clinic, vectors, broken), interval=0.01)
    with background:
        told.wait("meaning.failed")
    assert told._said.count("meaning.failed") == 1


def test_a_store_that_fails_is_tried_again(
    engine: Engine, clinic: SqlArchive, vectors: SqlVectors, meaning: Counting, told: Told
) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE vectors RENAME TO elsewhere"))
    with Background(Filler(clinic, vectors, meaning), interval=0.01):
        told.wait("meaning.postponed", times=2)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO vectors"))
        told.wait("meaning.done")
