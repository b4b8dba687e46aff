"""Vectors in the database, on both stores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from bot.errors import StoreError
from bot.store.vectors import SqlVectors

FIRST, SECOND = b"\x01\xff", b"\x00\x80"


@pytest.fixture
def vectors(engine: Engine) -> SqlVectors:
    return SqlVectors(engine, "model")


def test_vectors_come_back_to_the_byte(vectors: SqlVectors) -> None:
    vectors.keep({"one": FIRST, "two": SECOND})
    assert vectors.fetch(["two", "three", "one"]) == {"one": FIRST, "two": SECOND}
    assert vectors.known(["two", "three"]) == {"two"}
    assert vectors.count() == 2


def test_a_vector_that_is_there_stays(vectors: SqlVectors) -> None:
    vectors.keep({"one": FIRST})
    vectors.keep({"one": SECOND, "two": SECOND})
    assert vectors.fetch(["one", "two"]) == {"one": FIRST, "two": SECOND}


def test_more_keys_are_asked_for_than_fit_one_statement(vectors: SqlVectors) -> None:
    names = [f"text {number}" for number in range(1203)]
    vectors.keep(dict.fromkeys(names, FIRST))
    assert len(vectors.fetch(names)) == len(vectors.known(names)) == vectors.count() == 1203
    assert vectors.keep_only(names[:2]) == 1201
    assert vectors.known(names) == set(names[:2])


def test_vectors_of_another_model_are_as_good_as_not_there_and_go(engine: Engine, vectors: SqlVectors) -> None:
    other = SqlVectors(engine, "other")
    other.keep({"one": FIRST})
    assert (vectors.count(), vectors.fetch(["one"]), vectors.known(["one"])) == (0, {}, set())
    vectors.keep({"one": SECOND})
    assert vectors.keep_only({"one"}) == 1
    assert (vectors.count(), other.count()) == (1, 0)


def test_several_write_the_same_at_once(opened: Callable[..., Engine], archive_url: str) -> None:
    several = [SqlVectors(opened(archive_url), "model") for _ in range(4)]
    names = [f"text {number}" for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.keep(dict.fromkeys(names, FIRST)), several))
    assert several[0].count() == 40


def test_a_database_that_cannot_be_read_is_told(opened: Callable[..., Engine], database_url: str) -> None:
    with pytest.raises(StoreError):
        SqlVectors(opened(database_url), "model").count()
