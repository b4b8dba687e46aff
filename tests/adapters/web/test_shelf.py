"""Finished pages, and how long they are kept."""

import asyncio

import pytest

from adapters.web import shelf as module
from adapters.web.shelf import Finished, Shelf, finished
from tests.loops import on_a_loop


class Maker:
    """Makes pages, and counts them."""

    def __init__(self, size: int = 10, status: int = 200) -> None:
        self.made = 0
        self.size = size
        self.status = status

    def __call__(self) -> Finished:
        self.made += 1
        return Finished(self.status, b"x" * self.size, b"", f'W/"{self.made}"')


class World:
    """An archive's stamp, and a clock."""

    def __init__(self) -> None:
        self.stamp = "1"
        self.now = 0.0
        self.looks = 0

    def read(self) -> str:
        self.looks += 1
        return self.stamp

    def clock(self) -> float:
        return self.now


@on_a_loop
async def test_a_page_is_made_once_until_the_archive_changes() -> None:
    world, make = World(), Maker()
    shelf = Shelf(world.read, fresh=1.0, clock=world.clock)
    for _ in range(3):
        await shelf.get("a", make)
    assert (make.made, world.looks) == (1, 1)
    world.stamp = "2"
    await shelf.get("a", make)
    assert make.made == 1  # so long it may go unnoticed
    world.now = 1.0
    await shelf.get("a", make)
    assert make.made == 2


@on_a_loop
async def test_a_page_is_made_anew_after_a_minute() -> None:
    world, make = World(), Maker()
    shelf = Shelf(world.read, clock=world.clock)
    await shelf.get("a", make)
    world.now = 61.0
    await shelf.get("a", make)
    assert make.made == 2


@on_a_loop
async def test_what_is_no_page_is_not_kept() -> None:
    world, make = World(), Maker(status=404)
    shelf = Shelf(world.read, clock=world.clock)
    await shelf.get("a", make)
    await shelf.get("a", make)
    assert (make.made, shelf.size) == (2, 0)


@on_a_loop
async def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 5_000)
    world, make = World(), Maker(1_000)
    shelf = Shelf(world.read, clock=world.clock)
    for key in ("a", "b", "c", "a", "d"):
        await shelf.get(key, make)
        assert shelf.size <= 5_000
    assert make.made == 4
    await shelf.get("a", make)  # asked for lately, so that another was dropped
    assert make.made == 4
    await shelf.get("b", make)
    assert make.made == 5


@on_a_loop
async def test_two_that_ask_at_once_are_counted_once() -> None:
    world, make = World(), Maker(100)
    shelf = Shelf(world.read, clock=world.clock)
    await shelf.get("other", Maker(0))
    before = shelf.size
    await asyncio.gather(shelf.get("a", make), shelf.get("a", make))
    assert shelf.size - before < 2 * 100 + 1_000


def test_a_short_page_is_not_packed_and_equal_pages_have_one_mark() -> None:
    assert finished(b"short").packed == b""
    assert len(finished(b"long " * 1000).packed) < 1000
    assert finished(b"a").mark == finished(b"a").mark != finished(b"b").mark
