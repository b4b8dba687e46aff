"""Citations in other forms, read back by the libraries that other people read them with."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from bot import references
from bot.citations import parse_citation
from bot.model import Author, Citation
from bot.requests import CiteStyle
from tests.builders import a_post
from tests.strategies import lines

_TEXTS = [
    entry["text"]
    for entry in yaml.safe_load((Path(__file__).parents[1] / "data" / "citations.yaml").read_text(encoding="utf-8"))[
        "citations"
    ]
]

_AWKWARD = (
    r"""A { brace, a } brace, \alpha, 1 % & #1, $x$, a_b, ~ ^ "q" “q” @misc{x, -- --- `` '' – β = −.31, p < .01"""
)

texts = lines | st.text(r"\{}%&#$_~^\"'`-,<>?!@= aé–β", max_size=30).map(lambda text: " ".join(text.split()))

names = st.builds(
    Author,
    family=texts.filter(bool) | st.sampled_from(["van der Kolk", "Del Re", "O’Brien", "Anders and Others", "NICE"]),
    initials=st.sampled_from(["", "J.", "J.-P.", "M. L., Jr."]),
)

citations = st.builds(
    Citation,
    text=lines,
    authors=st.lists(names, max_size=3).map(tuple),
    year=st.none() | st.integers(1800, 2099),
    title=texts,
    container=texts | texts.map(lambda book: f"In A. Roe & B. van Poe (Eds.), {book}".strip()),
    volume=st.sampled_from(["", "35", "Vol_1"]),
    issue=st.sampled_from(["", "3", "Suppl. 1"]),
    pages=st.sampled_from(["", "844-850", "401–413", "e123", "S1–S9"]),
    doi=st.sampled_from(["", "10.1037/pst0000503", "10.1002/(sici)1_2:5%3C577::aid%3E3.0.co;2-9", "10.1000/a%7Bb%25"]),
) | st.sampled_from(_TEXTS).map(parse_citation)


def _bibtex(text: str) -> Entry:
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def _plain(latex: str) -> str:
    """Read LaTeX as LaTeX does, where the decoder's own table lacks a command or takes a near one."""
    database = get_default_latex_context_db()
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    specs = [MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()]
    database.add_context_category("braces by name", prepend=True, macros=specs)
    return str(LatexNodes2Text(latex_context=database).latex_to_text(latex))


def _value(entry: Entry, key: str) -> Any:
    field = entry.fields_dict.get(key)
    return field.value if field else ""


def _field(entry: Entry, key: str) -> str:
    return _plain(_value(entry, key))


def _people(entry: Entry, key: str) -> list[tuple[str, str]]:
    return [
        (
            _plain(" ".join([*person.von, *person.last])),
            ", ".join(filter(None, [" ".join(person.first), " ".join(person.jr)])),
        )
        for person in _value(entry, key)
    ]


def test_bibtex_of_an_article() -> None:
    post = a_post(
        citation=parse_citation("Doe, J., & van Roe, R. (2018). The art of A & B. Journal_X, 35(2), 844-850.")
    )

    assert references.bibtex(post) == (
        "@article{doe2018,\n"
        "  author = {Doe, J. and van Roe, R.},\n"
        "  title = {{The art of A \\& B}},\n"
        "  journal = {Journal\\_X},\n"
        "  year = {2018},\n"
        "  volume = {35},\n"
        "  number = {2},\n"
        "  pages = {844--850},\n"
        "}\n"
    )


def test_ris_of_a_chapter_names_the_editors_and_keeps_the_publisher_in_a_note() -> None:
    text = "Roe, R. (2019). Who answers? In J. Doe & A. van Dyk (Eds.), The group (Vol. 2, pp. 11-30). Wiley."

    assert references.ris(a_post(citation=parse_citation(text))) == (
        "TY  - CHAP\nAU  - Roe, R.\nA2  - Doe, J.\nA2  - van Dyk, A.\nPY  - 2019\nTI  - Who answers?\nT2  - The group\n"
        f"VL  - 2\nSP  - 11\nEP  - 30\nN1  - {text}\nER  - \n"
    )


def test_an_editor_without_initials_is_not_given_those_of_the_next() -> None:
    text = "Roe, R. (2021). Evidence. In Barkham, W. Lutz, and L.G. Castonguay (Eds.) The handbook (pp. 1-2)."

    assert _people(_bibtex(references.bibtex(a_post(citation=parse_citation(text)))), "editor") == [
        ("Barkham", ""),
        ("Lutz", "W."),
        ("Castonguay", "L. G."),
    ]


def test_apa_is_the_citation_as_printed() -> None:
    citation = Citation("Doe, J. (2018) as printed ,with its faults", (Author("Doe", "J."),), 2018)

    assert references.apa(citation) == citation.text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (_TEXTS[2], "delgadillo2018associations"),
        (_TEXTS[3], "nissenlie2021emotionally"),
        ("Řiháček, T. (2022). Über die Erwartung. Psychotherapeut, 3, 4-5.", "rihacek2022uber"),
        ("NICE (2009). Depression. Journal, 3, 1-20.", "nice2009depression"),
        ("李, 明. (2009). 抑郁. 心理, 3, 1-20.", "pprnet{id}"),
        ("Nothing that can be read", "pprnet{id}"),
    ],
)
def test_a_key_is_ascii_and_speaks_where_it_can(text: str, key: str) -> None:
    post = a_post(citation=parse_citation(text))

    assert _bibtex(references.bibtex(post)).key == key.format(id=post.id)


@pytest.mark.parametrize(
    ("text", "kind", "type_of_reference"),
    [
        ("Doe, J. (2018). A title. Journal, 3, 4-5.", "article", "JOUR"),
        ("Doe, J. (2018). A title. In Session: A Journal, 3, 4-5.", "article", "JOUR"),
        ("Doe, J. (2018). A title. In A. Roe (Ed.), The book (Vol. 1, pp. 4-5).", "incollection", "CHAP"),
        ("Doe, J. (2018). A title. In Handbook of Books (pp. 4-5).", "incollection", "CHAP"),
        ("Doe, J. (2018). A book. Routledge.", "misc", "GEN"),
        ("Nothing that can be read", "misc", "GEN"),
    ],
)
def test_the_kind_of_work_is_what_its_place_says(text: str, kind: str, type_of_reference: str) -> None:
    post = a_post(citation=parse_citation(text))

    assert _bibtex(references.bibtex(post)).entry_type == kind
    assert rispy.loads(references.ris(post))[0]["type_of_reference"] == type_of_reference


@pytest.mark.parametrize(
    "text",
    [
        "Nothing that can be read",
        "Doe, J., et al. (2018). A title. Journal, 3, 4-5.",
        "Doe, J., ... Roe, R. (2018). A title. Journal, 3, 4-5.",
        "Doe, J. (2018). A book. New York, NY: Guilford Press.",
        "The therapists’ guild of 2018 (2018). A title. Journal, 3, 4-5.",
    ],
)
def test_what_the_fields_do_not_say_stands_in_a_note(text: str) -> None:
    post = a_post(citation=parse_citation(text))

    assert _field(_bibtex(references.bibtex(post)), "note") == text
    assert rispy.loads(references.ris(post))[0]["notes"] == [text]


def test_a_citation_that_is_read_whole_needs_no_note() -> None:
    post = a_post(citation=parse_citation(_TEXTS[2]))

    assert "note" not in _bibtex(references.bibtex(post))
    assert "notes" not in rispy.loads(references.ris(post))[0]


@pytest.mark.parametrize("style", CiteStyle)
def test_a_post_without_a_citation_has_none_to_give(style: CiteStyle) -> None:
    assert references.cite(a_post(citation=None), style) == ""


def test_a_style_is_chosen_by_name() -> None:
    post = a_post()

    assert post.citation is not None
    assert references.cite(post, CiteStyle.APA) == references.apa(post.citation)
    assert references.cite(post, CiteStyle.BIBTEX) == references.bibtex(post)
    assert references.cite(post, CiteStyle.RIS) == references.ris(post)


@given(citations)
@settings(max_examples=150, deadline=None)
@example(Citation(_AWKWARD, (Author(_AWKWARD, "J."),), 2018, _AWKWARD, _AWKWARD))
def test_bibtex_is_read_back_as_it_was(citation: Citation) -> None:
    entry = _bibtex(references.bibtex(a_post(citation=citation)))

    assert _people(entry, "author") == [(author.family, author.initials) for author in citation.authors]
    assert _field(entry, "title") == citation.title
    place = _field(entry, "journal") or _field(entry, "booktitle")
    assert citation.container.endswith(place)
    assert bool(place) is bool(citation.container)
    assert _field(entry, "year") == str(citation.year or "")
    assert _field(entry, "volume") == citation.volume
    assert _field(entry, "number") == citation.issue
    assert _field(entry, "pages") == citation.pages.replace("-", "–").replace("‐", "–")
    assert unquote(_value(entry, "doi")) == unquote(citation.doi)
    assert _field(entry, "note") in {"", citation.text}


@given(citations)
@settings(max_examples=150, deadline=None)
@example(Citation(_AWKWARD, (Author(_AWKWARD, "J."),), 2018, _AWKWARD, _AWKWARD))
def test_ris_is_read_back_as_it_was(citation: Citation) -> None:
    (record,) = rispy.loads(references.ris(a_post(citation=citation)))

    assert record.get("authors", []) == [
        ", ".join(filter(None, [author.family, author.initials])) for author in citation.authors
    ]
    assert record.get("title", "") == citation.title
    place = record.get("secondary_title", "")
    assert citation.container.endswith(place)
    assert bool(place) is bool(citation.container)
    assert record.get("year", "") == str(citation.year or "")
    assert record.get("volume", "") == citation.volume
    assert record.get("number", "") == citation.issue
    first, last = record.get("start_page", ""), record.get("end_page", "")
    assert citation.pages in {first, f"{first}-{last}", f"{first}–{last}", f"{first}‐{last}"}
    assert record.get("doi", "") == unquote(citation.doi)
    assert record.get("notes", [citation.text]) == [citation.text]


def test_no_line_of_a_citation_can_pass_for_a_field() -> None:
    post = a_post(citation=Citation("Doe, J.\nER  - \nTY  - BOOK", title="}\n@misc{x, y = {z}"))

    assert rispy.loads(references.ris(post))[0]["notes"] == ["Doe, J. ER - TY - BOOK"]
    assert _field(_bibtex(references.bibtex(post)), "title") == "} @misc{x, y = {z}"


@given(st.lists(citations, min_size=2, max_size=3))
@settings(max_examples=20, deadline=None)
def test_entries_can_be_kept_in_one_file(several: list[Citation]) -> None:
    posts = [a_post(title=f"Post {number}", citation=citation) for number, citation in enumerate(several)]

    assert len(parse_string("".join(map(references.bibtex, posts))).blocks) == len(posts)
    assert len(rispy.loads("".join(map(references.ris, posts)))) == len(posts)
