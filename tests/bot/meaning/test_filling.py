"""Giving texts their vectors: resumable, shared between processes, and no more than are needed; on both stores."""

from dataclasses import replace
from itertools import islice

import pytest

from bot.meaning.filling import AT_ONCE, Filler, Progress
from bot.meaning.passages import key, passages, quotable
from bot.ports.meaning import Vector
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.store.vectors import SqlVectors
from tests.bot.meaning.clinic import FEES, Counting
from tests.bot.meaning.conftest import NOON
from tests.builders import a_post

POST = a_post(title="One", summary=("Said once. " + " ".join(f"Sentence {number}." for number in range(9)),))


@pytest.fixture
def small(archive: SqlArchive, recorder: SqlRecorder) -> SqlArchive:
    """An archive of one post."""
    recorder.record([POST], source="page.txt", at=NOON)
    return archive


def texts(*besides: str) -> set[str]:
    return {*passages(POST), *quotable(POST), *besides}


def test_every_text_gets_its_vector_once(small: SqlArchive, vectors: SqlVectors, meaning: Counting) -> None:
    filler = Filler(small, vectors, meaning, ["A topic"])
    wanted = texts("A topic")

    steps = list(filler.steps())

    assert sorted(meaning.given) == sorted(wanted)
    assert vectors.known(map(key, wanted)) == set(map(key, wanted))
    assert (steps[0], steps[-1]) == (Progress(0, len(wanted)), Progress(len(wanted), len(wanted)))
    assert list(filler.steps()) == [steps[-1]]
    assert filler.progress() == steps[-1]


def test_passages_come_first(clinic: SqlArchive, vectors: SqlVectors, meaning: Counting) -> None:
    list(islice(Filler(clinic, vectors, meaning).steps(), 2))
    assert all("\n" in text for text in meaning.given)


def test_whoever_comes_later_goes_on_where_it_stopped(
    small: SqlArchive, vectors: SqlVectors, meaning: Counting
) -> None:
    for progress in Filler(small, vectors, meaning).steps():
        if progress.done > 1:
            break
    assert 0 < len(meaning.given) < len(texts())

    list(Filler(small, vectors, meaning).steps())
    assert sorted(meaning.given) == sorted(texts())


def test_two_at_work_at_once_hardly_do_anything_twice(
    small: SqlArchive, vectors: SqlVectors, meaning: Counting
) -> None:
    one, other = (Filler(small, vectors, meaning).steps() for _ in range(2))
    while next(one, None) or next(other, None):
        pass
    assert sorted(meaning.given) == sorted(texts())


def test_what_another_one_did_meanwhile_is_passed_over(
    small: SqlArchive, vectors: SqlVectors, meaning: Counting
) -> None:
    steps = Filler(small, vectors, meaning).steps()
    next(steps)
    vectors.keep({key(text): b"\x01" for text in texts()})
    assert list(steps)[-1] == Progress(len(texts()), len(texts()))
    assert not meaning.given


def test_it_is_due_until_everything_is_done_and_after_every_change(
    small: SqlArchive, vectors: SqlVectors, recorder: SqlRecorder, meaning: Counting
) -> None:
    filler = Filler(small, vectors, meaning)
    assert filler.due()
    list(filler.steps())
    assert not filler.due()
    recorder.record([FEES], source="page.txt", at=NOON)
    assert filler.due()


def test_vectors_of_words_that_no_post_has_any_more_are_removed(
    small: SqlArchive, vectors: SqlVectors, recorder: SqlRecorder, meaning: Counting
) -> None:
    list(Filler(small, vectors, meaning).steps())
    recorder.record([replace(POST, summary=("Said once. Said anew.",))], source="page.txt", at=NOON)
    list(Filler(small, vectors, meaning).steps())

    (post,) = small.posts()
    assert vectors.known(map(key, texts())) == {key(text) for text in quotable(post) if text != "Said anew."}
    assert vectors.count() == len({*passages(post), *quotable(post)})


def test_nothing_is_removed_while_the_archive_changes(
    small: SqlArchive, vectors: SqlVectors, recorder: SqlRecorder, meaning: Counting
) -> None:
    vectors.keep({"another": b"\x01"})
    filler = Filler(small, vectors, meaning)
    steps = filler.steps()
    next(steps)
    recorder.record([FEES], source="page.txt", at=NOON)
    list(steps)
    assert vectors.known(["another"])
    assert filler.due()


class Quick:
    """A model for as many posts as no test could give to the real one."""

    model = "quick"

    def embed(self, text: str) -> Vector:
        return key(text).encode()

    def spells(self, word: str) -> bool:
        return bool(word)


def test_large_archives_are_read_in_stretches(archive: SqlArchive, recorder: SqlRecorder, vectors: SqlVectors) -> None:
    many = [a_post(title=f"Number {number}", summary=(f"It is {number}.",)) for number in range(501)]
    recorder.record(many, source="page.txt", at=NOON)
    total = len({text for post in many for text in (*passages(post), *quotable(post))})
    assert Filler(archive, vectors, Quick()).progress() == Progress(0, total)
    assert next(islice(Filler(archive, vectors, Quick()).steps(), 1, 2)) == Progress(AT_ONCE, total)
