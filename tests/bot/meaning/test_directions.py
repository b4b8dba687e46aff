"""Arithmetic of vectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meaning.directions import cosines

vectors = st.binary(min_size=4, max_size=4)


@given(vectors, vectors)
def test_likeness_is_mutual_and_at_most_one(one: bytes, other: bytes) -> None:
    (there,), (back,) = cosines(one, [other]), cosines(other, [one])
    assert there == pytest.approx(back, abs=1e-6)
    assert abs(there) <= 1 + 1e-6


@given(vectors.filter(any))
def test_a_vector_is_just_like_itself(vector: bytes) -> None:
    assert cosines(vector, [vector])[0] == pytest.approx(1, abs=1e-6)


def test_bytes_are_signed() -> None:
    assert cosines(b"\x01\x00", [b"\xff\x00", b"\x7f\x00", b"\x00\x01"]) == [-1, 1, 0]


def test_nothing_is_like_a_vector_of_zeros() -> None:
    assert cosines(b"\x00\x00", [b"\x01\x00"]) == [0]


def test_nothing_is_compared_with_nothing() -> None:
    assert cosines(b"\x01", []) == []
