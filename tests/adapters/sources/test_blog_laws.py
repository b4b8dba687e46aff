"""Laws of reading pages, for hypothesis to break."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.blog import read_page
from adapters.sources.lines import Line, lines_of_html, lines_of_text
from bot.errors import SourceError
from bot.model import Reading
from tests.adapters.sources.pages import FURNITURE, Known, known_pages, page

junk = st.sampled_from([
    "Share", "Back to top", "© 2021 The Trees", "It is an offer that ends soon.", "https://example.org/trees", "- oak",
    "A quick word from those who sell invented trees to therapists who are tired: " + "buy one now. " * 40,
    "Practice Implications", "Alder, A. (2020). Another tree. Journal of Trees, 1, 2-3.", "*", "May 2019",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(known_pages())
def test_a_page_of_known_posts_reads_back_as_these_posts_in_text_and_in_any_markup(known: Known) -> None:
    lines = lines_of_text(known.text())
    markups = (known.articles(), known.breaks(), known.tables())
    for each in (lines, *map(lines_of_html, markups)):
        reading = read_page("page", each)
        assert reading.posts == known.posts
        assert not reading.unplaced


@settings(max_examples=150, deadline=None)
@given(known_pages(), st.lists(st.tuples(st.integers(1, 40), junk), max_size=4))
def test_nothing_on_a_page_vanishes(known: Known, inserted: list[tuple[int, str]]) -> None:
    texts = [text for _, text in known.lines()]
    for at, text in inserted:
        texts.insert(min(at, len(texts)), text)
    lines = lines_of_text(page(*FURNITURE, *texts))
    try:
        reading = read_page("page", lines)
    except SourceError:
        return
    for line in lines[len(FURNITURE) - 1 :]:
        assert _is_accounted_for(line, reading), line


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30) | junk | st.sampled_from(["July 2021", "Practice Implications", *FURNITURE])))
def test_any_text_is_read_or_refused(texts: list[str]) -> None:
    for lines in (lines_of_text(page(*texts)), lines_of_html("<p>".join(texts))):
        with suppress(SourceError):
            reading = read_page("page", lines)
            assert reading.posts
            assert all(post.title and post.summary for post in reading.posts)


def _is_accounted_for(line: Line, reading: Reading) -> bool:
    """Say whether a line is in a post, is one of the grammar's own words, or was reported."""
    if line.number in {left.line for left in reading.unplaced}:
        return True
    kept = "\n".join(
        "\n".join((post.month.label, post.title, post.citation.text if post.citation else "", *post.note,
                   *post.summary, *post.implications))
        for post in reading.posts
    )  # fmt: skip
    return line.text in kept or line.text == "Practice Implications" or line.text.rstrip(".") in kept
