"""The index follows its documents, and is made again whatever becomes of its files."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.search.documents import Document
from bot.search.engine import SearchEngine
from bot.search.query import Query, parse_query
from tests.bot.search.invented import CLINIC, Given, numbered

GRIEF = parse_query("grief")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


def ids(engine: SearchEngine, query: Query = GRIEF) -> list[str]:
    return [hit.id for hit in engine.search(query).hits]


def finished(folder: Path) -> Path:
    """Return the one finished index."""
    (place,) = folder.glob("index-*")
    return place


def test_an_index_is_made_once_and_then_opened(folder: Path) -> None:
    documents = Given(CLINIC)
    assert ids(SearchEngine(documents, folder)) == ids(SearchEngine(documents, folder)) == ["groups"]
    assert documents.read == 1


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_search_follows_the_documents(folder: Path, on_disk: bool) -> None:
    documents = Given(CLINIC)
    engine = SearchEngine(documents, folder if on_disk else None)
    assert ids(engine) == ["groups"]
    documents.replace([Document("new", "Grief", "")], "second")
    assert ids(engine) == ["new"]


def test_a_search_follows_an_index_that_another_engine_made(folder: Path) -> None:
    documents = Given(CLINIC)
    engine, other = SearchEngine(documents, folder), SearchEngine(documents, folder)
    assert ids(engine) == ids(other)
    documents.replace([Document("new", "Grief", "")], "second")
    assert ids(other) == ids(engine) == ["new"]
    assert documents.read == 2


def test_only_the_present_index_is_kept(folder: Path) -> None:
    documents = Given(CLINIC)
    engine = SearchEngine(documents, folder)
    engine.refresh()
    (folder / "making-left-by-a-crash").mkdir()
    (folder / "somebody's notes").touch()
    documents.replace(CLINIC[:2], "second")
    engine.refresh()
    assert {path.name for path in folder.iterdir()} == {finished(folder).name, "lock", "somebody's notes"}


def test_a_reader_of_an_old_index_keeps_working_when_it_is_removed(folder: Path) -> None:
    reader = SearchEngine(Given(CLINIC), folder)
    assert ids(reader) == ["groups"]
    SearchEngine(Given([], "second"), folder).refresh()
    assert ids(reader) == ["groups"]
    assert reader.related("groups") == ("burnout",)


@pytest.mark.parametrize("how", ["a file in its place", "a file above it", "a file where the lock belongs"])
def test_memory_will_do_where_the_folder_cannot_be_written(folder: Path, how: str) -> None:
    folder.parent.mkdir(parents=True)
    if how == "a file in its place":
        folder.write_text("x")
    elif how == "a file above it":
        folder = folder.parent / "file" / "index"
        folder.parent.write_text("x")
    else:
        (folder / "lock").mkdir(parents=True)
    documents = Given(CLINIC)
    engine = SearchEngine(documents, folder)
    assert ids(engine) == ["groups"]
    documents.replace([Document("new", "Grief", "")], "second")
    assert ids(engine) == ["new"]


def test_an_open_index_that_vanishes_is_used_on_and_made_again_by_the_next(folder: Path) -> None:
    documents = Given(CLINIC)
    engine = SearchEngine(documents, folder)
    engine.refresh()
    shutil.rmtree(folder)
    assert ids(engine) == ids(SearchEngine(documents, folder)) == ["groups"]
    assert finished(folder).exists()


class Restless(Given):
    """Documents that change while they are read, for the first few times."""

    def __init__(self, changes: int) -> None:
        super().__init__(CLINIC)
        self._changes = changes

    def documents(self) -> Iterator[Document]:
        yield from super().documents()
        if self.read <= self._changes:
            self.replace([Document(f"after {self.read}", "Grief", "")], f"stamp {self.read}")


@pytest.mark.parametrize("changes", [1, 2])
def test_documents_that_change_while_they_are_read_are_read_again(folder: Path, changes: int) -> None:
    assert ids(SearchEngine(Restless(changes), folder)) == [f"after {changes}"]
    assert finished(folder).exists()


def test_documents_that_never_rest_are_searched_all_the_same(folder: Path) -> None:
    engine = SearchEngine(Restless(99), folder)
    assert ids(engine)[0].startswith("after")
    assert list(folder.glob("index-*")) == []


class Unreachable(Given):
    """Documents whose store is down."""

    def documents(self) -> Iterator[Document]:
        yield CLINIC[0]
        raise StoreError("the store is down")


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_store_that_is_down_is_said_and_leaves_nothing_behind(folder: Path, on_disk: bool) -> None:
    engine = SearchEngine(Unreachable([]), folder if on_disk else None)
    with pytest.raises(StoreError):
        engine.search(GRIEF)
    assert not on_disk or [path.name for path in folder.iterdir()] == ["lock"]


class Slow(Given):
    """Documents that are read only when they may be, and say when reading has begun."""

    def __init__(self) -> None:
        super().__init__(CLINIC)
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()

    def documents(self) -> Iterator[Document]:
        self.begun.set()
        self.may_go_on.wait(30)
        yield from super().documents()


def test_others_are_answered_from_the_old_index_while_a_new_one_is_made(folder: Path) -> None:
    documents = Slow()
    engine = SearchEngine(documents, folder)
    assert ids(engine) == ["groups"]
    documents.replace([Document("new", "Grief", "")], "second")
    documents.begun.clear()
    documents.may_go_on.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(ids, engine)
        assert documents.begun.wait(30)
        assert ids(engine) == ["groups"]
        documents.may_go_on.set()
        assert first.result(30) == ["new"]
    assert ids(engine) == ["new"]


def test_many_threads_ask_while_the_documents_change(folder: Path) -> None:
    documents = Given(numbered(20), "0")
    engine = SearchEngine(documents, folder)

    def ask(number: int) -> int:
        if number % 10 == 0:
            documents.replace(numbered(20, f"burnout number{number}"), str(number))
        return engine.search(parse_query("burnuot"), limit=30).total

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(60))) == {20}
    assert engine.knows("number50")


PROCESS = """
import sys
from pathlib import Path
from bot.search.engine import SearchEngine
from bot.search.query import parse_query
from tests.bot.search.invented import Given, numbered

engine = SearchEngine(Given(numbered(300), sys.argv[2]), Path(sys.argv[1]))
for _ in range(20):
    engine.refresh()
    print(engine.search(parse_query("burnuot")).total)
"""


def test_several_processes_make_and_read_the_same_index_at_once(folder: Path) -> None:
    command = [sys.executable, "-c", PROCESS, str(folder)]
    running = [
        subprocess.Popen([*command, stamp], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for stamp in ("one", "one", "two")
    ]
    said = [process.communicate(timeout=60) for process in running]
    assert [(out.split(), errors) for out, errors in said] == [(["300"] * 20, "")] * 3
