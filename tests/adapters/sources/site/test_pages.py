"""Pages kept in a folder."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.site.limits import KEPT_ASIDE, KEPT_DAYS
from adapters.sources.site.pages import Page, PageFolder, read_kept
from bot.errors import SourceError
from tests.adapters.sources.site.visiting import BEGINNING

URL = "https://blog.example/list?p=2"


def a_page(body: bytes = b"<p>x\n\ny", **given: str) -> Page:
    return Page(URL, body, BEGINNING, **given)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_a_page_comes_back_as_it_was_put(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, etag: str, url: str
) -> None:
    folder = PageFolder(tmp_path_factory.mktemp("pages"))
    page = Page(url, body, BEGINNING, "utf-8", etag, "yesterday")
    folder.put(page)
    assert folder.get(url) == page


def test_a_page_that_was_never_kept_is_none(tmp_path: Path) -> None:
    assert PageFolder(tmp_path / "none").get(URL) is None


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}", b"[]\nx", b'{"url": "x"}\ny', b"\xff\n", b'{"fetched_at": 3}\nx',
                b'{"url": "https://blog.example/list?p=2", "fetched_at": "2026-07-01"}\nx',
                b'{"url": "other", "fetched_at": "2026-07-01T00:00:00+00:00"}\nx'],
)  # fmt: skip
def test_a_file_that_was_damaged_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.put(a_page())
    (file,) = tmp_path.glob("*.page")
    file.write_bytes(content)
    assert folder.get(URL) is None


def test_an_interrupted_visit_is_resumed_for_a_day(tmp_path: Path) -> None:
    assert PageFolder(tmp_path).begin(BEGINNING) == BEGINNING
    assert PageFolder(tmp_path).begin(BEGINNING + timedelta(hours=23)) == BEGINNING
    late = BEGINNING + timedelta(hours=25)
    assert PageFolder(tmp_path).begin(late) == late
    early = BEGINNING - timedelta(hours=1)
    assert PageFolder(tmp_path).begin(early) == early


def test_a_visit_that_was_concluded_is_not_resumed(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.begin(BEGINNING)
    assert folder.conclude(BEGINNING) == ""
    later = BEGINNING + timedelta(hours=1)
    assert folder.begin(later) == later


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"begun": 3}', '{"begun": "2026-07-01"}'])
def test_a_damaged_note_of_a_visit_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_text(content)
    assert PageFolder(tmp_path).begin(BEGINNING) == BEGINNING


def test_a_visit_that_is_not_believed_is_put_aside_with_a_report(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.begin(BEGINNING)
    folder.put(a_page())
    folder.get("https://blog.example/never")
    aside = Path(folder.conclude(BEGINNING, "There were fewer posts."))
    assert aside.parent.parent == tmp_path
    assert (aside / "report.txt").read_text() == "There were fewer posts.\n"
    (copy,) = aside.glob("*.page")
    assert read_kept(copy.read_bytes()) == (URL, a_page().body)
    assert PageFolder(tmp_path).get(URL) == a_page()


def test_pages_that_nobody_asks_for_any_more_go(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.put(a_page())
    (file,) = tmp_path.glob("*.page")
    old = (BEGINNING - timedelta(days=KEPT_DAYS, hours=1)).timestamp()
    os.utime(file, (BEGINNING.timestamp(), BEGINNING.timestamp()))
    folder.conclude(BEGINNING)
    assert file.exists()
    os.utime(file, (old, old))
    folder.conclude(BEGINNING)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    folder = PageFolder(tmp_path / "file")
    hold = lambda: folder.held().__enter__()  # noqa: E731 - one of a row
    put, begin, end = lambda: folder.put(a_page()), lambda: folder.begin(BEGINNING), lambda: folder.conclude(BEGINNING)
    for act in (hold, put, begin, end):
        with pytest.raises(SourceError) as caught:
            act()
        assert "cannot be written" in caught.value.human


def test_a_page_that_could_not_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.put(a_page())
    (file,) = tmp_path.iterdir()
    file.unlink()
    (file / "in the way").mkdir(parents=True)
    with pytest.raises(SourceError):
        folder.put(a_page())
    assert list(tmp_path.iterdir()) == [file]


def test_a_visit_that_cannot_be_put_aside_is_over_all_the_same(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    folder.begin(BEGINNING)
    (tmp_path / "put-aside").write_text("in the way")
    with pytest.raises(SourceError):
        folder.conclude(BEGINNING, "Odd.")
    later = BEGINNING + timedelta(hours=1)
    assert folder.begin(later) == later


def test_any_file_is_either_a_kept_page_or_all_body() -> None:
    assert read_kept(b"<html>\n<p>x") == ("", b"<html>\n<p>x")
    assert read_kept(b'{"url": "a"}\n<p>x') == ("a", b"<p>x")
    assert read_kept(b"[" * 100_000) == ("", b"[" * 100_000)


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Ř".encode(), "iso-8859-1", "Ř"),
        ("Ř".encode("iso-8859-2"), "iso-8859-2", "Ř"),
        ("é".encode("latin-1"), "", "é"),
        ("é".encode("latin-1"), "no-such-thing", "é"),
        ("é".encode("latin-1"), "ascii", "é"),
        ("é".encode("latin-1"), "base64", "é"),
        (b"<meta charset=iso-8859-2>" + "Ř".encode("iso-8859-2"), "utf-8", "<meta charset=iso-8859-2>Ř"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_fits_it(body: bytes, charset: str, text: str) -> None:
    assert a_page(body, charset=charset).text == text


def test_the_latest_visits_that_were_not_believed_are_kept(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path)
    made = [folder.conclude(BEGINNING + timedelta(days=day), "Odd.") for day in range(KEPT_ASIDE + 2)]
    assert sorted(map(str, (tmp_path / "put-aside").iterdir())) == made[2:]
