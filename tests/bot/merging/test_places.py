"""A month keeps the order of the blog, in whatever pieces it is read."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.merging.places import places
from bot.model import Month, Post
from tests.builders import a_post

JULY = Month(2021, 7)


def posts_of(letters: str, numbers: Mapping[str, int]) -> list[Post]:
    return [a_post("2021-07", id=letter, sequence=numbers.get(letter, 0)) for letter in letters]


def read(numbers: Mapping[str, int], batch: str, opening: Month | None = None) -> dict[str, int]:
    """Return the numbers of a month's posts, each named by a letter, after a batch of them was read."""
    arrivals = set(batch) - set(numbers)
    return {**numbers, **places(posts_of("".join(numbers), numbers), posts_of(batch, numbers), arrivals, opening)}


def newest_first(numbers: Mapping[str, int]) -> str:
    return "".join(sorted(numbers, key=lambda letter: (-numbers[letter], letter)))


@pytest.mark.parametrize(
    ("stood", "batch", "stands"),
    [
        ("", "ab", "ab"),
        ("cd", "ab", "abcd"),
        ("bc", "abc", "abc"),
        ("ab", "abc", "abc"),
        ("ac", "abc", "abc"),
        ("ad", "abcd", "abcd"),
        ("zb", "ab", "zab"),
        ("bz", "ab", "abz"),
        ("azb", "acb", "aczb"),
        ("ba", "acb", "bac"),
    ],
)
def test_posts_are_placed_by_their_neighbours(stood: str, batch: str, stands: str) -> None:
    numbers = {letter: number for number, letter in enumerate(reversed(stood), start=1)}
    assert newest_first(read(numbers, batch)) == stands


def test_a_batch_that_opens_within_a_month_continues_it_below() -> None:
    assert read({"a": 1}, "bc", JULY) == {"a": 3, "b": 2, "c": 1}


def test_a_batch_that_opens_with_another_month_begins_this_one_above() -> None:
    assert read({"b": 1}, "a", Month(2021, 8)) == {"b": 1, "a": 2}


def test_room_that_is_there_is_used() -> None:
    assert read({"a": 9, "c": 4}, "abc") == {"a": 9, "b": 5, "c": 4}


def test_equal_numbers_part_when_another_post_comes() -> None:
    assert read({"b": 3, "c": 3}, "abc") == {"a": 5, "b": 4, "c": 3}


def test_nothing_moves_when_nothing_comes() -> None:
    assert places(posts_of("ab", {"a": 3, "b": 3}), posts_of("ba", {"a": 3, "b": 3}), (), JULY) == {}


@given(st.permutations("abcdefgh"), st.lists(st.tuples(st.integers(0, 7), st.integers(1, 5)), min_size=1, max_size=8))
def test_pages_that_overlap_keep_the_order_whatever_is_read_first(
    month: Sequence[str], pages: list[tuple[int, int]]
) -> None:
    """Whatever stretch of a month is read next to what is known, or over it, the known posts stay in order."""
    numbers: dict[str, int] = {}
    first, last = pages[0][0], pages[0][0] + 1
    for start, length in pages:
        begin, end = min(start, last - 1), max(start + length, first + 1)
        numbers = read(numbers, "".join(month[begin:end]))
        first, last = min(first, begin), max(last, end)
        assert newest_first(numbers) == "".join(month[first:last])
