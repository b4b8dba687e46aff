"""Finished folders, put in their places by one rename."""

import fcntl
from pathlib import Path

import pytest

from bot.search.shelf import Shelf


def write(folder: Path) -> None:
    (folder / "words").write_bytes(bytes(range(256)) * 20_000)
    (folder / "none").touch()


def test_a_folder_is_filled_once(tmp_path: Path) -> None:
    made = Shelf(tmp_path).fetch("a name: any text / at all", write)
    again = Shelf(tmp_path).fetch("a name: any text / at all", lambda folder: pytest.fail(f"filled {folder} again"))
    assert made == again
    assert {name for name, _, _ in made.files} == {"words", "none"}
    assert made.untouched()


def test_a_folder_that_cannot_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        write(folder)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Shelf(tmp_path).fetch("x", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


@pytest.mark.parametrize("place", [0, 100_000, 2_559_999, 5_119_999])
def test_damage_is_seen_in_the_blocks_that_are_looked_at(tmp_path: Path, place: int) -> None:
    made = Shelf(tmp_path).fetch("x", write)
    with (made.path / "words").open("r+b") as file:
        file.seek(place - place % 80_000 if place < 5_000_000 else place)
        file.write(b"\xff" * (90_000 if place < 5_000_000 else 1))
    assert not made.untouched()
    assert Shelf(tmp_path).fetch("x", write).untouched()


def test_the_later_of_two_that_make_the_same_takes_the_earlier_ones(tmp_path: Path) -> None:
    """Without a lock: as on a file system that has none."""
    earlier = []

    def overtaken(folder: Path) -> None:
        write(folder)
        earlier.append(Shelf(tmp_path, patience=0).fetch("x", write))
        write_again = folder.with_name("making-kept")  # swept by the earlier one; made again as if it had not been
        folder.mkdir(exist_ok=True)
        write(folder)
        assert not write_again.exists()

    later = Shelf(tmp_path).fetch("x", overtaken)
    assert later.path == earlier[0].path
    assert later.untouched()


def test_whose_work_is_swept_away_is_told(tmp_path: Path) -> None:
    def swept(folder: Path) -> None:
        write(folder)
        Shelf(tmp_path, patience=0).fetch("another", write)

    with pytest.raises(OSError, match="No such file"):
        Shelf(tmp_path).fetch("x", swept)


def test_a_file_where_the_finished_folder_belongs_is_told(tmp_path: Path) -> None:
    place = Shelf(tmp_path).fetch("x", write).path
    place.rename(tmp_path / "elsewhere")
    place.touch()
    with pytest.raises(OSError, match="gone or damaged"):
        Shelf(tmp_path).fetch("x", write)


def test_a_lock_that_is_never_given_up_is_waited_for_only_so_long(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert Shelf(tmp_path, patience=0.05).fetch("x", write).untouched()
