"""A withdrawn post is in no list, and is found by its id."""

from dataclasses import replace

import pytest

from bot.model import Month, Post, TopicLabel, TopicOrigin, Where
from bot.search.documents import PostDocuments
from bot.search.engine import SearchEngine
from bot.search.query import parse_query
from bot.store.archive import SqlArchive
from bot.store.newsroom import SqlNewsroom
from tests.builders import a_post
from tests.desk import NOON, Desk

BLOG = "https://example.org/blog"
POSTS = [
    a_post("2026-02", "Trust that was withdrawn", topics=["Empathy", "Training"], citation=None),
    a_post("2026-02", "Trust that stayed", topics=["Empathy"], citation=None),
    a_post("2025-12", "Trust of long ago", topics=["Empathy"], citation=None),
]
GONE = POSTS[0]


@pytest.fixture
def archive(desk: Desk) -> SqlArchive:
    desk.recorder.record([a_post("2013-02", "The first import")], source=BLOG, at=NOON)
    desk.recorder.record(POSTS, source=BLOG, at=NOON)
    ids = [post.id for post in POSTS]
    desk.recorder.attribute(ids, source=BLOG, among=[BLOG], whole=True)
    (gone,) = desk.recorder.attribute(ids[1:], source=BLOG, among=[BLOG], whole=True)
    assert gone.id == GONE.id
    return SqlArchive(desk.engine)


def titles(posts: tuple[Post, ...]) -> list[str]:
    return [post.title for post in posts]


STAYED = ["Trust that stayed", "Trust of long ago"]


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where(), [*STAYED, "The first import"]), (Where(month=GONE.month), STAYED[:1]),
        (Where(topics=("Empathy",)), STAYED), (Where(topics=("Training",)), []),
        (Where(topics=("Empathy", "Training")), STAYED), (Where(id_prefix=GONE.id[:5]), [GONE.title]),
    ],
    ids=str,
)  # fmt: skip
def test_lists_do_not_have_it_and_do_not_count_it(archive: SqlArchive, where: Where, shown: list[str]) -> None:
    page = archive.page(where)
    assert (titles(page.posts), page.total) == (shown, len(shown))


def test_the_archive_as_a_whole_does_not_count_it(archive: SqlArchive) -> None:
    facts = archive.facts()
    assert (facts.posts, facts.newest, facts.oldest) == (3, Month(2026, 2), Month(2013, 2))
    assert archive.topic_counts() == {"Empathy": 2}
    assert GONE.id not in {post.id for post in archive.posts()}
    assert GONE.id in {post.id for post in archive.everything()}


def test_it_is_no_neighbour(archive: SqlArchive) -> None:
    (held,) = archive.get([POSTS[1].id])
    assert archive.neighbours(held)[0] is None


def test_it_is_found_by_its_id_with_all_that_it_had(archive: SqlArchive) -> None:
    (held,) = archive.get([GONE.id])
    assert held.withdrawn
    assert held.topics == tuple(TopicLabel(name, TopicOrigin.SITE) for name in ("Empathy", "Training"))


def test_no_search_finds_it_and_nothing_is_related_to_it(archive: SqlArchive) -> None:
    search = SearchEngine(PostDocuments(archive))
    assert {hit.id for hit in search.search(parse_query("trust")).hits} == {post.id for post in POSTS[1:]}
    assert GONE.id not in search.related(POSTS[1].id)
    assert search.related(GONE.id) == ()


def test_it_is_no_news_while_it_is_withdrawn(desk: Desk, archive: SqlArchive) -> None:
    newsroom = SqlNewsroom(desk.engine)
    assert titles(newsroom.news(Month(2026, 1))) == ["Trust that stayed"]
    desk.recorder.record([GONE], source=BLOG, at=NOON)
    assert titles(newsroom.news(Month(2026, 1))) == [GONE.title, "Trust that stayed"]
    assert archive.topic_counts()["Training"] == 1


def test_a_post_that_arrives_withdrawn_is_no_news(desk: Desk, archive: SqlArchive) -> None:
    arrived = replace(a_post("2026-02", "Arrived withdrawn", citation=None), withdrawn=True)
    desk.recorder.record([arrived], source="export", at=NOON)
    assert "Arrived withdrawn" not in titles(SqlNewsroom(desk.engine).news(Month(2013, 1)))
    assert archive.facts().posts == 3


def test_withdrawing_nothing_keeps_the_stamp(desk: Desk, archive: SqlArchive) -> None:
    stamp = archive.stamp()
    assert desk.recorder.attribute([post.id for post in POSTS[1:]], source=BLOG, among=[BLOG], whole=True) == ()
    assert archive.stamp() == stamp


def test_derived_topics_of_a_withdrawn_post_can_be_derived_anew(desk: Desk, archive: SqlArchive) -> None:
    bare = a_post("2026-01", "Withdrawn without topics", citation=None)
    desk.recorder.record([bare], source=BLOG, at=NOON)
    desk.recorder.attribute([bare.id], source=BLOG, among=[BLOG], whole=False)
    desk.recorder.attribute([], source=BLOG, among=[BLOG], whole=True)
    assert desk.recorder.relabel(lambda _: (TopicLabel("Rest", TopicOrigin.DERIVED),), "anew") >= 1
    assert archive.topic_counts() == {"Rest": 1}  # of the first import, which no source was seen to hold
