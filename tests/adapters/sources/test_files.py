"""Files and folders: told by what they hold, read in order, written back as the same posts."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources import files
from adapters.sources.files import export_folder, month_of_name, read_path
from adapters.sources.jsonlines import write_posts
from adapters.sources.postfile import write_post
from adapters.sources.sniffing import Kind, kind_of
from bot.citations import parse_citation
from bot.errors import ContentError, PprnetError, SourceError
from bot.model import Month, Post
from tests import strategies
from tests.adapters.sources.pages import ADVICE, CITATION, FURNITURE, SUMMARY, page
from tests.adapters.sources.test_feeds import item, rss
from tests.builders import a_post

PAGE = page(*FURNITURE, "July 2021", "Tired Therapists", CITATION, SUMMARY, "Practice Implications", ADVICE)
HTML = f"<h2>July 2021</h2><h3>Tired Therapists</h3><p>{CITATION}</p><p>{SUMMARY.replace('<', '&lt;')}</p>"


def stored(post: Post) -> Post:
    return replace(post, citation=parse_citation(post.citation.text)) if post.citation else post


def refused(path: Path) -> str:
    with pytest.raises(PprnetError) as error:
        list(read_path(path))
    assert path.name not in str(error.value)
    return error.value.human


@pytest.mark.parametrize(("content", "kind"), [
    (PAGE, Kind.TEXT),
    ("p <p .05 and 0.01 <p < 1", Kind.TEXT),
    (HTML, Kind.HTML),
    (f"Old page {'x' * 5000}<BR>more", Kind.HTML),
    ("<?xml version='1.0'?><html xmlns='x'><body>", Kind.HTML),
    (rss().decode(), Kind.FEED),
    ("\ufeff <?xml version='1.0'?>\n<?xml-stylesheet x?><!-- a -->\n<feed xmlns='x'>", Kind.FEED),
    ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", Kind.FEED),
    ("<rdf:RDF>", Kind.FEED),
    (write_post(a_post()), Kind.POST),
    ('\n{"month": "2021-07"}', Kind.JSON_LINES),
    ("%PDF-1.7", Kind.BINARY),
    ("PK\x03\x04\x14\x00\x00", Kind.BINARY),
    ("", Kind.TEXT),
])  # fmt: skip
def test_a_file_is_told_by_what_it_holds(content: str, kind: Kind) -> None:
    assert kind_of(content, ".bin") is kind


def test_the_suffix_decides_only_for_a_markdown_post_without_front_matter() -> None:
    assert kind_of("Tired therapists", ".MD") is Kind.POST


def test_every_kind_of_file_gives_its_posts_under_any_name(tmp_path: Path) -> None:
    contents = {
        "a.dat": PAGE.encode(), "b.txt": HTML.encode(), "c": rss(item()), "d.txt": write_post(a_post()).encode(),
        "e.log": "\n".join(write_posts([a_post(), a_post(title="Another")])).encode(),
        "f.html": PAGE.encode("utf-16"),
    }  # fmt: skip
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    readings = list(read_path(tmp_path))
    assert [(Path(reading.name).name, len(reading.posts)) for reading in readings] == [
        ("a.dat", 1), ("b.txt", 1), ("c", 1), ("d.txt", 1), ("e.log", 2), ("f.html", 1),
    ]  # fmt: skip
    assert not any(reading.unplaced for reading in readings)
    (alone,) = read_path(tmp_path / "a.dat")
    assert alone == readings[0]


def test_a_folder_is_read_in_order_without_what_is_hidden_or_explains(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/1.md", "a.md", "README.md", "b/readme.MD", ".hidden.md", ".git/x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(write_post(a_post(title=name)))
    found = [Path(reading.name).relative_to(tmp_path).as_posix() for reading in read_path(tmp_path)]
    assert found == ["a.md", "b/1.md", "b/2.md"]


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    names = [
        "2/page.md",
        "10/page.md",
        "page-1.md",
        "page-01b.md",
        "page-2.md",
        "page-10.md",
        "page.md",
        "²1.md",
        "٣.md",
    ]
    for name in reversed(names):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(write_post(a_post(title=name)))
    assert [Path(reading.name).relative_to(tmp_path).as_posix() for reading in read_path(tmp_path)] == names


def test_the_month_of_an_old_page_comes_from_its_name_unless_it_is_given_or_printed(tmp_path: Path) -> None:
    bare = page("Tired Therapists", CITATION, SUMMARY)
    old = tmp_path / "pprnet_blog_JANUARY2014.html"
    old.write_text(bare)
    assert [post.month for reading in read_path(old) for post in reading.posts] == [Month(2014, 1)]
    assert [post.month for reading in read_path(old, Month(2015, 2)) for post in reading.posts] == [Month(2015, 2)]
    old.write_text("May 2013\n" + bare)
    assert [post.month for reading in read_path(old) for post in reading.posts] == [Month(2013, 5)]


@pytest.mark.parametrize(("name", "month"), [
    ("pprnet_blog_JANUARY2014", Month(2014, 1)), ("pprnet_blogMAY2014", Month(2014, 5)),
    ("pprnet_blog_sept_2013", Month(2013, 9)), ("blog-Dec.2013", Month(2013, 12)), ("2014-march", Month(2014, 3)),
    ("research2014", None), ("decade2014", None), ("june", None), ("june20145", None),
])  # fmt: skip
def test_a_month_is_found_in_irregular_names(name: str, month: Month | None) -> None:
    assert month_of_name(name) == month


def test_what_cannot_be_read_is_refused_with_its_name(tmp_path: Path) -> None:
    assert "cannot be read: no such file or directory" in refused(tmp_path / "missing.txt")
    assert "holds no file" in refused(tmp_path)
    assert "cannot be read: its name is not valid" in refused(Path("nul\x00l"))
    assert "cannot be read: file name too long" in refused(tmp_path / ("x" * 5_000))
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    assert "image.png is no text" in refused(tmp_path / "image.png")
    (tmp_path / "empty.txt").touch()
    assert "empty.txt holds no post" in refused(tmp_path / "empty.txt")
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refused(tmp_path / "pipe")
    (tmp_path / "notes.md").write_text("Tired therapists")
    assert "notes.md, line 1: write ---" in refused(tmp_path / "notes.md")


def test_a_file_that_is_too_large_is_refused_unless_it_is_json_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PAGE_LIMIT", 2_000)
    monkeypatch.setattr(files, "LINES_LIMIT", 20_000)
    lines = "\n".join(write_posts([a_post(title=str(number)) for number in range(20)]))
    large = tmp_path / "bulk.txt"
    large.write_text(lines)
    assert [len(reading.posts) for reading in read_path(large)] == [20]
    large.write_text(lines * 3)
    assert "the most that is read" in refused(large)
    large.write_text(PAGE * 2)
    assert "the most that is read" in refused(large)


@settings(max_examples=40, deadline=None)
@given(st.lists(strategies.posts(), max_size=5, unique_by=lambda post: post.id))
def test_an_exported_folder_reads_back_as_the_same_posts(
    tmp_path_factory: pytest.TempPathFactory, posts: list[Post]
) -> None:
    folder = tmp_path_factory.mktemp("export") / "new"
    given_ = [stored(post) for post in posts]
    written = export_folder(given_, folder)
    assert len(set(written)) == len(posts)
    read = [post for path in written for reading in read_path(path) for post in reading.posts]
    assert read == given_


def test_names_of_exported_files_are_plain_bounded_and_unique(tmp_path: Path) -> None:
    titles = ["Řím: “Tired” Therapists?", "Rim – tired therapists", "木", "word " * 40, "x" * 100]
    posts = [a_post(title=title, id=f"{number:012}") for number, title in enumerate(titles)]
    assert [path.name for path in export_folder(posts, tmp_path)] == [
        "2021-07-rim-tired-therapists.md", "2021-07-rim-tired-therapists-000000000001.md", "2021-07-000000000002.md",
        f"2021-07-{'-'.join(['word'] * 12)}.md", f"2021-07-{'x' * 60}.md",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(SourceError) as error:
        export_folder([a_post()], tmp_path / "taken")
    assert "cannot be written: file exists" in error.value.human


def test_importing_this_module_loads_no_parser() -> None:
    code = "import sys, adapters.sources.files; print({'yaml', 'selectolax', 'feedparser', 'json'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


whole_files = st.sampled_from([PAGE, HTML, write_post(a_post())]).map(str.encode)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | whole_files, st.integers(0, 3000))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, length: int) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data[:length])
    with suppress(SourceError, ContentError):
        assert [reading.name for reading in read_path(path)] == [str(path)]


def test_json_of_any_shape_is_refused(tmp_path: Path) -> None:
    for number, value in enumerate([{}, {"month": {}}, {"month": "2021-07", "title": "\ud800", "summary": [{}]}]):
        path = tmp_path / str(number)
        path.write_text(json.dumps(value))
        assert "line 1" in refused(path)
