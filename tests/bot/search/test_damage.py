"""Damage to the index is never noticed by the person who asks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.search import shelf
from bot.search.engine import SearchEngine
from bot.search.query import Query, parse_query
from tests.bot.search.invented import CLINIC, Given

GRIEF = parse_query("grief")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


def ids(engine: SearchEngine, query: Query = GRIEF) -> list[str]:
    return [hit.id for hit in engine.search(query).hits]


def finished(folder: Path) -> Path:
    """Return the one finished index."""
    (place,) = folder.glob("index-*")
    return place


def truncated(held: bytes) -> bytes:
    return held[: len(held) // 2]


def garbled(held: bytes) -> bytes:
    return bytes(byte ^ 0x55 for byte in held)


def garbled_in_one_byte(held: bytes) -> bytes:
    middle = len(held) // 2
    return held[:middle] + garbled(held[middle : middle + 1]) + held[middle + 1 :]


def lengthened(held: bytes) -> bytes:
    return held + b"x"


def replace(path: Path, damage: Callable[[bytes], bytes] | None) -> None:
    """Put a damaged file, or nothing, in a file's place.

    Not in the file itself: tantivy reads a newly opened index once more in a thread of its own, and a file that shrinks
    under that thread's eyes would end the tests.
    """
    held = path.read_bytes()
    path.unlink()
    if damage:
        path.write_bytes(damage(held))


DAMAGE = (truncated, garbled, garbled_in_one_byte, lengthened, None)


def kinds_of_files(folder: Path) -> dict[str, Path]:
    """Return the index's files by what they are for; the names differ every time."""
    files = (path for path in finished(folder).iterdir() if path.suffix != ".lock")
    return {path.suffix if len(path.stem) > 30 else path.name: path for path in files}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("already_open", [True, False])
def test_damage_to_any_file_is_never_noticed_by_the_person(
    folder: Path, damage: Callable[[bytes], bytes] | None, already_open: bool
) -> None:
    documents = Given(CLINIC)
    clean = SearchEngine(documents).search(GRIEF)
    reader = SearchEngine(documents, folder)
    reader.refresh()
    for kind in kinds_of_files(folder):
        replace(kinds_of_files(folder)[kind], damage)
        engine = reader if already_open else SearchEngine(documents, folder)
        assert engine.search(GRIEF) == clean, kind
        assert engine.search(parse_query("greif")).corrections == (("greif", "grief"),), kind
        assert engine.related("groups") == ("burnout",), kind
        SearchEngine(documents, folder).refresh()
    assert documents.read >= 8


@pytest.mark.parametrize("nonsense", ["[]", "{}", '{"meta.json": 1}', '{"gone": [1, 2]}', "\x00", '{"x": '])
def test_a_seal_that_makes_no_sense_is_damage(folder: Path, nonsense: str) -> None:
    documents = Given(CLINIC)
    SearchEngine(documents, folder).refresh()
    (finished(folder) / "seal.json").write_text(nonsense)
    assert ids(SearchEngine(documents, folder)) == ["groups"]


def test_an_index_sealed_with_its_damage_is_made_again(folder: Path) -> None:
    """What the seal says was already broken when it was sealed: only opening it shows."""
    documents = Given(CLINIC)
    SearchEngine(documents, folder).refresh()
    replace(finished(folder) / "meta.json", lambda _: b"{}")
    (finished(folder) / "seal.json").unlink()
    shelf._seal(finished(folder))
    assert ids(SearchEngine(documents, folder)) == ["groups"]
    assert documents.read == 2


class Harmed(Given):
    """Documents whose index is damaged in the moment between looking at its files and reading them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(CLINIC)
        self._folder, self.due = folder, False

    def stamp(self) -> str:
        if self.due:
            self.due = False
            (store,) = finished(self._folder).glob("*.store")
            with store.open("r+b") as file:  # in place, and as long as before: what is mapped changes under the reader
                file.write(b"\x00" * store.stat().st_size)
        return super().stamp()


def test_damage_that_shows_only_while_searching_is_never_noticed_by_the_person(folder: Path) -> None:
    documents = Harmed(folder)
    engine = SearchEngine(documents, folder)
    engine.refresh()
    documents.due = True
    assert ids(engine) == ["groups"]
    assert documents.read == 2
