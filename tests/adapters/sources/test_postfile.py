"""Markdown posts and JSON lines: exact both ways, and refused with advice."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.jsonlines import read_posts, write_posts
from adapters.sources.postfile import read_post, write_post
from bot.citations import parse_citation
from bot.errors import ContentError
from bot.model import Month, Post, PostOrigin, TopicLabel, TopicOrigin
from tests import strategies
from tests.adapters.sources.pages import CITATION
from tests.builders import a_post

FRONT = ["---", 'title: "Tired Therapists"', "month: 2021-07", "---"]
AWKWARD = ("## Practice Implications", "# One", "\\", "\\# two", "---", "> quoted", "- item", "key: value", "&a *b !c",
           "```", "“β = −.31”", "\u00a0x", "'", '"')  # fmt: skip


def as_stored(post: Post) -> Post:
    """Return a post as an archive holds it: its citation's parts are those that can be read out of its text."""
    return replace(post, citation=parse_citation(post.citation.text)) if post.citation else post


def refusal(*lines: str) -> str:
    with pytest.raises(ContentError) as refused:
        read_post("a.md", "\n".join(lines))
    assert "a.md" not in str(refused.value)
    return refused.value.human


@settings(max_examples=200, deadline=None)
@given(strategies.posts(), st.integers(0, 3))
def test_a_post_written_as_markdown_or_json_reads_back_as_the_same_post(post: Post, sequence: int) -> None:
    stored = replace(as_stored(post), sequence=sequence)
    assert read_post("a.md", write_post(stored)) == stored
    exact = replace(post, sequence=sequence)
    assert read_posts("a", "\n".join(write_posts([exact, stored]))) == (exact, stored)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(AWKWARD), min_size=1).map(tuple))
def test_text_that_looks_like_markdown_or_yaml_is_only_text(paragraphs: tuple[str, ...]) -> None:
    clean = tuple(paragraph.strip() for paragraph in paragraphs)
    post = as_stored(a_post(title=clean[0], summary=clean, implications=clean, note=clean))
    assert read_post("a.md", write_post(post)) == post


def test_every_field_has_its_place_in_the_file() -> None:
    post = as_stored(a_post(
        title='A "b": c', note=("One.", "Two."), url="https://example.org/x", origin=PostOrigin.STARTER, sequence=2,
        topics=(TopicLabel("Alliance", TopicOrigin.CONTENT), TopicLabel("Empathy", TopicOrigin.DERIVED),
                TopicLabel("Training", TopicOrigin.SITE)),
        id="0123456789ab",
    ))  # fmt: skip
    assert post.citation is not None
    post = replace(post, citation=replace(post.citation, doi="10.1037/pst0000503"))
    written = write_post(post)
    assert written.split("\n\n")[0].splitlines() == [
        "---", r'title: "A \"b\": c"', "month: 2021-07", 'citation: "Doe, J. (2020). A study. Journal, 1, 2-3."',
        'doi: "10.1037/pst0000503"', 'topics: ["Alliance"]', 'site topics: ["Training"]',
        'derived topics: ["Empathy"]', 'url: "https://example.org/x"', 'note: ["One.", "Two."]', "origin: starter",
        'id: "0123456789ab"', "sequence: 2", "---",
    ]  # fmt: skip
    assert read_post("a.md", written) == post


def test_a_file_written_by_hand_may_wrap_its_lines_and_quote_nothing() -> None:
    lines = [
        "\ufeff---",
        "title: Tired",
        "  Therapists",
        "month: July 2021",
        "note: Mine.",
        "topics:",
        "- Burnout",
        "---",
    ]
    body = ["One", "  two.", "", "Three.", "## practice implications", "Four.", ""]
    post = read_post("a.md", "\r\n".join(lines + body))
    assert (post.title, post.month, post.note) == ("Tired Therapists", Month(2021, 7), ("Mine.",))
    assert (post.summary, post.implications) == (("One two.", "Three."), ("Four.",))
    assert post.topics == (TopicLabel("Burnout", TopicOrigin.CONTENT),)
    assert post.origin is PostOrigin.IMPORTED


@pytest.mark.parametrize(("lines", "line", "advice"), [
    (["title: x"], 1, "write --- on the first line"),
    (["---", "title: x"], 2, "does not end"),
    (["---", "titel: x", "month: 2021-07", "---", "x"], 2, "there is no `titel`; write one of title, month"),
    (["---", "month: 2021-07", "---", "x"], 2, "`title` is missing"),
    (["---", "title: x", "---", "x"], 2, "`month` is missing"),
    (["---", "title: x", "month: soon", "---", "x"], 3, "write the month as 2021-07"),
    (["---", "title: x", "title: y", "---", "x"], 3, "for a second time"),
    (["---", "title: ''", "month: 2021-07", "---", "x"], 2, "`title` is empty; write the title as printed."),
    (["---", "title: x", "month:", "---", "x"], 3, "`month` is empty; write the month as 2021-07."),
    ([*FRONT[:-1], "url:", "---", "x"], 4, "`url` is empty; write its text, or leave the line out."),
    (["---", "month: 2021-07", "title: a: b", "---", "x"], 3, "put the text in double quotes"),
    (["---", "month: 2021-07", "", "title: [a]", "---", "x"], 4, "write one text after `title:`"),
    (["---", "title: {a: b}", "---", "x"], 2, "write a text here"),
    (["---", "title: *a", "---", "x"], 2, "write a text here"),
    (["---", "title: a", "topics: [[a]]", "---", "x"], 3, "write each item of a list as a text"),
    (["---", "? [a]", ": b", "---", "x"], 2, "write the front matter as lines of `key: value`"),
    (["---", "title: a", "--- b", "---", "x"], 3, "write the front matter as lines of `key: value`"),
    (["---", "- a", "---", "x"], 2, "write the front matter as lines of `key: value`"),
    (["---", "---", "x"], 2, "write the front matter as lines of `key: value`"),
    ([*FRONT[:-1], "doi: 10.1/x", "---", "x"], 4, "`citation:` that this DOI belongs to"),
    ([*FRONT[:-1], "citation: x", "doi: https://doi.org/10.1037/x", "---", "x"], 5, "write the DOI alone"),
    ([*FRONT[:-1], "citation: A. 10.1037/x", "doi: 10.1037/y", "---", "x"], 5, "the citation says 10.1037/x"),
    ([*FRONT[:-1], "topics: [a]", "site topics: [a]", "---", "x"], 5, "the topic a stands here for a second time"),
    ([*FRONT[:-1], "origin: mine", "---", "x"], 4, "write starter or imported"),
    ([*FRONT[:-1], "id: xyz", "---", "x"], 4, "an id is twelve"),
    ([*FRONT[:-1], "sequence: -1", "---", "x"], 4, "write a whole number"),
    ([*FRONT[:-1], "withdrawn: no", "---", "x"], 4, "write yes, or leave the line out"),
    ([*FRONT[:-1], "found doi: 10.1037/x", "---", "x"], 4, "`citation:` that this DOI belongs to"),
    ([*FRONT[:-1], "citation: x", "found doi: doi:10.1037/x", "---", "x"], 5, "write the DOI alone"),
    (FRONT, 5, "write the summary here"),
    ([*FRONT, "## Practice Implications", "x"], 5, "write the summary here"),
    ([*FRONT, "x", "## Practice Implications"], 6, "write the implications below"),
    ([*FRONT, "x", "", "# Results"], 7, "write `## Practice Implications`, once"),
])  # fmt: skip
def test_a_malformed_file_is_refused_with_its_line_and_what_to_write(lines: list[str], line: int, advice: str) -> None:
    said = refusal(*lines)
    assert said.startswith(f"a.md, line {line}: ")
    assert advice in said


@pytest.mark.parametrize("guide", ["content/README.md", "docs/content.md"])
def test_the_guides_explain_each_line_that_an_export_writes(guide: str) -> None:
    said = (Path(__file__).parents[3] / guide).read_text(encoding="utf-8")
    ours = ("type of research", "found doi", "withdrawn")
    for key in ("topics", "site topics", "derived topics", "note", "url", "sequence", "id", *ours):
        assert f"`{key}`" in said or f"`{key}:`" in said


def test_a_doi_that_the_citation_names_too_may_stand_beside_it() -> None:
    lines = [*FRONT[:-1], "citation: A. (2020). doi:10.1037/X", "doi: 10.1037/x", "---", "x"]
    citation = read_post("a.md", "\n".join(lines)).citation
    assert citation is not None
    assert citation.doi == "10.1037/x"


@pytest.mark.parametrize("doi", ["", "10.1037/other"])
def test_an_export_leaves_out_a_doi_where_the_citations_text_names_one(doi: str) -> None:
    text = "Doe, J. (2020). A study. Journal, 1, 2-3. doi:10.1037/x"
    post = a_post(citation=replace(parse_citation(text), doi=doi))
    assert read_post("a.md", write_post(post)).citation == parse_citation(text)


def test_a_doi_may_have_a_registrant_in_parts() -> None:
    citation = read_post("a.md", "\n".join([*FRONT[:-1], "citation: x", "doi: 10.1000.10/123", "---", "x"])).citation
    assert citation is not None
    assert citation.doi == "10.1000.10/123"


def test_a_json_line_needs_only_month_title_and_summary() -> None:
    line = {"month": "2021-07", "title": "Tired", "summary": ["One."], "citation": CITATION}
    (post,) = read_posts("a", f"\n{json.dumps(line)}\n")
    assert post.citation == parse_citation(CITATION)
    assert (post.implications, post.origin) == ((), PostOrigin.IMPORTED)


@pytest.mark.parametrize("change", [
    {"month": 5}, {"month": "soon"}, {"title": ""}, {"title": None}, {"summary": []}, {"summary": "x"},
    {"summary": [""]}, {"id": "x"}, {"sequence": "1"}, {"sequence": -1}, {"sequence": True}, {"sequence": 10**9},
    {"withdrawn": "yes"}, {"kind": 3},
    {"topics": [{}]}, {"topics": [{"name": "", "origin": "site"}]}, {"origin": "x"}, {"citation": ""},
    {"citation": {"text": "x", "colour": "red"}}, {"citation": {"text": "x", "year": "2020"}}, {"citation": 5},
    {"citation": {"text": ""}},
])  # fmt: skip
def test_a_json_line_that_is_no_post_is_refused_with_its_line(change: dict[str, object]) -> None:
    good = {"month": "2021-07", "title": "Tired", "summary": ["One."]}
    with pytest.raises(ContentError) as refused:
        read_posts("a.jsonl", f"{json.dumps(good)}\n{json.dumps(good | change)}\n")
    assert refused.value.human.startswith("a.jsonl, line 2: ")


@settings(max_examples=200, deadline=None)
@given(st.text() | st.lists(st.sampled_from([*FRONT, *AWKWARD, "x", "", "topics: [a, b]", "{", "[[", "&a", "|"]))
       .map("\n".join))  # fmt: skip
def test_any_text_is_a_post_or_refused(text: str) -> None:
    for read in (read_post, read_posts):
        try:
            read("a", text)
        except ContentError as error:
            said = error.human
            assert said.startswith("a, line ")
