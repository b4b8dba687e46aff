"""The archive for everyone."""

from dataclasses import replace

import pytest
from hypothesis import given

from bot import reading
from bot.model import Post, PostOrigin, Where
from bot.store.abridged import ELSEWHERE, LONGEST, QUOTED, AbridgedArchive, abridged
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from tests.apps import NOW
from tests.builders import a_post
from tests.strategies import posts

LONG = a_post(implications=("One is quoted. Two is quoted. Three is not.", "Four is not."), note=("A note.",))


def test_two_sentences_of_the_implications_are_quoted() -> None:
    shown = abridged(LONG)
    assert (shown.implications, shown.summary, shown.note) == (("One is quoted. Two is quoted.",), (ELSEWHERE,), ())


def test_of_a_post_without_implications_two_of_the_summary() -> None:
    shown = abridged(replace(LONG, implications=(), summary=("One stays. Two stay. Three go.",)))
    assert (shown.implications, shown.summary) == ((), ("One stays. Two stay.", ELSEWHERE))
    assert abridged(replace(LONG, implications=(), summary=(" ",))).summary == (ELSEWHERE,)


def test_a_sentence_without_an_end_is_cut() -> None:
    [shown] = abridged(replace(LONG, implications=("on and " * 200,))).implications
    assert (len(shown) <= LONGEST, shown[-1]) == (True, "…")


def test_our_own_words_are_whole() -> None:
    ours = replace(LONG, origin=PostOrigin.STARTER)
    assert abridged(ours) == ours


@given(posts())
def test_nothing_else_of_the_authors_words_is_left(post: Post) -> None:
    shown = abridged(replace(post, origin=PostOrigin.IMPORTED))
    left = [text for text in (*shown.implications, *shown.summary, *shown.note) if text != ELSEWHERE]
    source = [one for text in post.implications or post.summary for one in reading.sentences(text)]
    assert len("".join(left)) <= LONGEST
    assert " ".join(source[:QUOTED]).startswith("".join(left).removesuffix("…"))
    kept = ("id", "month", "title", "citation", "topics", "url", "sequence")
    assert all(getattr(shown, name) == getattr(post, name) for name in kept)


@pytest.mark.parametrize("number", range(3))
def test_it_is_the_archive_with_less_in_it(archive: SqlArchive, recorder: SqlRecorder, number: int) -> None:
    given_ = [replace(LONG, id="", title=title) for title in ("Third", "Second", "First")]
    kept = [change.post for change in recorder.record([a_post(title=one.title) for one in given_], source="t", at=NOW)]
    public = AbridgedArchive(archive)
    assert public.facts() == archive.facts()
    assert public.topic_counts() == archive.topic_counts()
    assert public.page(Where()).posts == tuple(map(abridged, archive.page(Where()).posts))
    assert public.get([kept[number].id]) == (abridged(archive.get([kept[number].id])[0]),)
    newer, older = archive.neighbours(kept[number])
    assert public.neighbours(kept[number]) == (newer and abridged(newer), older and abridged(older))


def test_neighbours_are_those_of_the_list_of_all(archive: SqlArchive, recorder: SqlRecorder) -> None:
    """On each store, with ties in month and sequence."""
    months = ("2021-03", "2021-03", "2021-02", "2020-12", "2020-12", "2020-11")
    recorder.record([a_post(month, f"Number {n}") for n, month in enumerate(months)], source="t", at=NOW)
    listed = archive.page(Where(), limit=10).posts
    for number, post in enumerate(listed):
        newer = listed[number - 1] if number else None
        older = listed[number + 1] if number + 1 < len(listed) else None
        assert archive.neighbours(post) == (newer, older)
