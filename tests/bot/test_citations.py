"""Citations: what is one, and what can be read out of it."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.citations import looks_like_citation, parse_citation
from bot.model import Citation
from tests.strategies import lines

_DATA = yaml.safe_load((Path(__file__).parents[1] / "data" / "citations.yaml").read_text(encoding="utf-8"))
_PARTS = ("title", "container", "volume", "issue", "pages", "doi")
_LONG = 100_000

pieces = st.lists(
    st.sampled_from([
        "Doe, J.", "de Jong, K. J.-P.", "Manns BJ", "NICE", "The Study Group", "Anna Roe", "Smith", "Jr.", "III",
        "et al.", "&", ", ", "... ", "(2018)", "(2018, May 2). ", "(in press)", "(Eds.). ", "2019;2(8):e1", ". ", "? ",
        "A title", "In A. Roe (Ed.), ", "The Book", "(2nd ed., pp. 3-4)", "Vol. 2", "Psychotherapy, ", "35(2), ",
        "844–850", "e123", "J. Clin. Psychol., ", "Advance online publication", "doi:", "https://doi.org/",
        "10.1037/a(1)b", "%3C", "\u2010", "New York: Wiley", " ", "“", "”", "É", "e\u0301", "\u00a0", "\n",
    ]),
    max_size=14,
).map("".join)  # fmt: skip
"""Text that is often nearly a citation."""

anything = st.text(max_size=200) | pieces


def _named(citation: Citation) -> list[str]:
    return [", ".join(part for part in (author.family, author.initials) if part) for author in citation.authors]


@pytest.mark.parametrize("entry", _DATA["citations"], ids=lambda entry: entry["text"][:60])
def test_a_citation_is_known_and_read(entry: dict[str, Any]) -> None:
    read = parse_citation(entry["text"])

    assert read.text == entry["text"]
    assert _named(read) == entry.get("authors", [])
    assert read.year == entry.get("year")
    assert {part: getattr(read, part) for part in _PARTS} == {part: entry.get(part, "") for part in _PARTS}
    assert looks_like_citation(entry["text"]) is entry.get("citation", True)


@pytest.mark.parametrize("line", [line for kind in _DATA["other_lines"].values() for line in kind])
def test_titles_notes_and_prose_are_no_citations(line: str) -> None:
    assert not looks_like_citation(line)


def test_white_space_around_and_within_makes_no_difference() -> None:
    text = _DATA["citations"][0]["text"]
    spread = f"\n  {text.replace(' ', '  ')}\t"

    read, plain = parse_citation(spread), parse_citation(text)

    assert read.text == spread
    assert read.authors == plain.authors
    assert [getattr(read, part) for part in _PARTS] == [getattr(plain, part) for part in _PARTS]
    assert looks_like_citation(spread)


@given(anything)
@settings(max_examples=400)
def test_any_text_is_read_and_kept(text: str) -> None:
    assert parse_citation(text).text == text
    assert looks_like_citation(text) in {True, False}


@given(anything)
@settings(max_examples=400)
@example("A B (2018). C")
def test_nothing_is_invented(text: str) -> None:
    read = parse_citation(text)
    line = " ".join(text.split())

    assert all(author.family and author.family in line for author in read.authors)
    for part in (read.title, read.container, read.volume, read.issue, read.pages):
        assert part in line
    for author in read.authors:
        assert set(re.findall(r"\w", author.initials)) <= set(line)
    assert read.year is None or str(read.year) in line


@given(anything)
def test_a_doi_reads_as_itself(text: str) -> None:
    doi = parse_citation(text).doi

    assert not re.search(r"[\s<>\"#]", doi)
    if doi:
        assert parse_citation(f"https://doi.org/{doi}").doi == doi


@given(
    st.from_regex(
        r"10\.[1-9][0-9]{3}/[a-z0-9]{1,8}(\([0-9]{1,4}\)[a-z0-9-]{1,4}[a-z0-9])?(<[0-9]>[a-z])?", fullmatch=True
    )
)
@pytest.mark.parametrize(
    "form", ["doi:{}", "DOI: {}.", "https://doi.org/{},", "(http://dx.doi.org/{})", "DOI {};", "{}"]
)
def test_every_way_to_print_a_doi_is_read_alike(form: str, doi: str) -> None:
    read = parse_citation("Doe, J. (2018). A title. Journal, 1, 2-3. " + form.format(doi))

    assert unquote(read.doi) == doi
    assert read.pages == "2-3"


@given(lines, lines)
@settings(max_examples=50)
def test_prose_is_no_citation_for_mentioning_one(before: str, after: str) -> None:
    assert not looks_like_citation(f"the authors of {before} (2018) said {after}")


@pytest.mark.parametrize(
    "piece",
    [
        "a", "A. ", "Aa, A., ", "Aa A, ", "(2018", "(2018). ", ". ", "... ", "10.1234/", "10.1234/)", "doi ",
        "https://doi.org/", "In A", "In A (Ed.) ", "(((", "[", "1-", "1(2), ", "et al. ", "and ", "Doe, J. (2018). ",
        "J. Clin. ", "(ed. ", "pp. 1", "Association of ", "Jr., ", "2019;2(8)", "\u0301", "%3C",
    ],
)  # fmt: skip
def test_the_longest_line_is_read_in_one_go(piece: str) -> None:
    """A pattern that tries and tries again would not come back within anyone's patience."""
    long = (piece * _LONG)[:_LONG]

    for text in (f"Doe, J. (2018). {long}", f"{long} (2018). A title. Journal, 3, 4-5"):
        assert looks_like_citation(text) in {True, False}
