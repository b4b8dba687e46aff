"""Files made to break parsers: each is read or refused, and the run of the tests is the proof that it ends."""

from contextlib import suppress
from pathlib import Path

import pytest

from adapters.sources.files import read_path
from bot.errors import ContentError, SourceError
from tests.adapters.sources.pages import CITATION, SUMMARY
from tests.adapters.sources.test_feeds import item, rss

N = 50_000
POST = f"<h2>July 2021</h2><h3>Tired Therapists</h3><p>{CITATION}</p><p>{SUMMARY}</p>".replace(" < ", " &lt; ")
LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip

PAGES = {
    "deep": "<div>" * N + POST,
    "deep lists": "<ul><li>" * N + POST,
    "deep tables": "<table><tr><td>" * N + POST,
    "deep inline": "<b><i><font>" * N + POST,
    "deep and closed": POST + "<section>" * N + "</section>" * N,
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(N)) + f">{POST}",
    "a huge attribute": f"<p title='{'x' * 1_000_000}'>{POST}",
    "an open quote": f"{POST}<p title='" * 3,
    "open comments": POST + "<!--" * N,
    "open scripts": POST + "<script>" * N,
    "only signs": POST + "<" * N,
    "many paragraphs": POST + "<p>x" * 20_000,
    "unknown entities": POST + "&nosuch" * N,
    "many headings": POST + "<h2>July 2021</h2>" * 10_000,
    "one long word": POST + "x" * 1_000_000,
    "deep asides": f"{POST}{'<aside>' * N}<main>",
    "many items": POST + "<li>x" * 20_000,
    "zero characters": POST.replace("Tired", "Ti\x00red"),
}
OTHERS = {
    "laughs": rss(item()).decode().replace("?><rss", f"?>{LAUGHS}<rss").replace("<title>", "<title>&a11;"),
    "deep feed": f"<rss><channel><item><description>{'<a>' * 20_000}",
    "deep content": rss(item(body="<div>" * N + POST)).decode(),
    "open feed": "<rss><channel>" + "<item><title>" * 5_000,
    "deep yaml": f"---\ntitle: {'[' * N}\n---\nx",
    "yaml anchors": "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(100)) + "---\nx",
    "deep json": '{"month": ' + "[" * N,
    "a huge number": '{"month": "2021-07", "title": "x", "summary": ["x"], "sequence": ' + "9" * 10_000 + "}",
    "one line of a": "a " * N,
    "many marks": "July 2021\nTitle\n" + "Practice Implications\n" * 20_000,
    "many titles": "July 2021\n" + "A Short Title\n" * 20_000,
    "first person": f"July 2021\nA Title\n{'i will my we this blog ' * 20_000}",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_to_break_parsers_still_gives_its_post(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(PAGES[name].encode())
    (reading,) = read_path(path)
    assert reading.posts[0].title == "Tired Therapists"
    assert reading.posts[0].summary[0].startswith(SUMMARY)


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_made_to_break_parsers_is_read_or_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OTHERS[name].encode())
    with suppress(SourceError, ContentError):
        for reading in read_path(path):
            assert len(str(reading)) < 100 * path.stat().st_size
