"""Posts as documents."""

from collections.abc import Iterator, Sequence

from bot.model import Author, Citation, Post
from bot.search.documents import PostDocuments
from tests.builders import a_post


class Shelf:
    """A corpus in memory."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._posts = posts

    def stamp(self) -> str:
        return "today"

    def posts(self) -> Iterator[Post]:
        return iter(self._posts)


def test_everything_in_a_post_can_be_searched_for() -> None:
    citation = Citation("Doe, J., & de Jong, R. (2018). A study.", (Author("Doe", "J."), Author("de Jong", "R.")), 2018)
    post = a_post(
        "2021-07",
        citation=citation,
        note=("A note.",),
        summary=("One.", "Two."),
        implications=("Three.",),
        topics=["Grief"],
    )
    (document,) = PostDocuments(Shelf([post])).documents()
    assert (document.id, document.title) == (post.id, post.title)
    assert document.text.split("\n") == ["A note.", "One.", "Two.", "Three.", citation.text]
    assert document.authors == ("Doe", "de Jong")
    assert document.years == (2018, 2021)
    assert document.topics == ("Grief",)


def test_a_post_without_a_citation_is_of_its_own_year_alone() -> None:
    (document,) = PostDocuments(Shelf([a_post("2021-07", citation=None)])).documents()
    assert (document.years, document.authors) == ((2021,), ())


def test_the_archive_says_which_post_is_newest() -> None:
    posts = PostDocuments(Shelf([a_post(title="Newer"), a_post(title="Older")]))
    newer, older = posts.documents()
    assert newer.newest > older.newest
    assert posts.stamp() == "today"
