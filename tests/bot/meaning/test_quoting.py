"""Answers in quotes: what is quoted, and that nothing else ever is."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.meaning.passages import key, passages, quotable
from bot.meaning.quoting import LONGEST, MOST, Quoter
from bot.model import Post
from bot.ports.meaning import Vector
from bot.store.abridged import abridged
from bot.store.archive import SqlArchive
from bot.store.vectors import SqlVectors
from tests.bot.meaning.clinic import CLINIC, FEES, LEAVING, Counting
from tests.builders import a_post
from tests.strategies import posts


class Kept:
    """Vectors in memory."""

    def __init__(self, vectors: Mapping[str, Vector]) -> None:
        self._vectors = vectors

    def count(self) -> int:
        return len(self._vectors)

    def fetch(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        return {name: self._vectors[name] for name in keys if name in self._vectors}


def pointing(posts: Iterable[Post], vector: Vector) -> Quoter:
    """Return a quoter for which every sentence points the same way."""
    return Quoter(Kept({key(text): vector for post in posts for text in (*passages(post), *quotable(post))}))


def quoted(quoter: Quoter, *given: Post, question: str = "what") -> list[str]:
    found = quoter.quote(question, b"\x01\x00", given)
    assert found is not None
    return [one.sentence for one in found]


SAYINGS = """They asked ninety people who had lost somebody how they fared.
“Is it so?”, he asked her, and she said no.
It helped a lot (see p. 3 of the manual), even when it was short.
Yes.
Few studies have looked at it until now, we found.
Nobody had said anything about it before that day came to them
Ask e.g. about sleep and then about work and about rest.""".splitlines()

sayings = st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=4).map(lambda said: (" ".join(said),))


@settings(max_examples=60)
@given(st.lists(st.builds(lambda post, said: a_post(title=post.title, summary=said), posts(), sayings), max_size=4))
def test_never_a_sentence_that_is_not_in_the_post(some: list[Post]) -> None:
    found = pointing(some, b"\x01\x00").quote("what", b"\x01\x00", some)
    assert found is not None
    for one in found:
        assert one.post in some
        assert any(one.sentence in text for text in (*one.post.summary, *one.post.implications))
    assert len(found) <= MOST
    assert len({one.sentence for one in found}) == len(found)


def test_a_question_is_answered_by_the_sentence_about_it(
    clinic: SqlArchive, ready: SqlVectors, meaning: Counting
) -> None:
    question = "why do clients quit treatment"
    found = Quoter(ready).quote(question, meaning.embed(question), CLINIC)
    assert found
    assert found[0].post == LEAVING
    assert "ended treatment early" in found[0].sentence


def test_nothing_is_quoted_where_nothing_is_close(ready: SqlVectors, meaning: Counting) -> None:
    assert Quoter(ready).quote("tomato soup recipe", meaning.embed("tomato soup recipe"), CLINIC) == ()


def test_nothing_is_said_of_posts_whose_sentences_have_no_vectors_yet(vectors: SqlVectors, meaning: Counting) -> None:
    assert Quoter(vectors).quote("fees", meaning.embed("fees"), (FEES,)) is None


def test_of_posts_that_are_shown_in_part_only_that_part_is_quoted(
    clinic: SqlArchive, ready: SqlVectors, meaning: Counting
) -> None:
    """And what stands there in our words is neither quoted nor waited for."""
    question = "ask whether the work is useful before they leave treatment"
    shown = tuple(map(abridged, CLINIC))
    found = Quoter(ready, clinic).quote(question, meaning.embed(question), shown)
    assert found
    assert (found[0].post, found[0].sentence) == (shown[0], LEAVING.implications[0])
    assert Quoter(ready, clinic).quote("tomato soup recipe", meaning.embed("tomato soup recipe"), shown) is None
    assert {one.sentence for one in found} <= {said for post in CLINIC for said in post.implications}


def test_one_post_does_not_answer_alone() -> None:
    many = "The first of five sentences that say the very same thing here. " * 2
    one = a_post(title="One", summary=tuple(many.replace("first", word) for word in ("a", "b", "c")), implications=())
    other = a_post(title="Two", summary=(many,), implications=())
    assert len(quoted(pointing([one, other], b"\x01\x00"), one)) == 2
    assert len(quoted(pointing([one, other], b"\x01\x00"), one, other)) == 3


def test_of_equally_near_sentences_the_one_with_the_words_of_the_question_comes_first() -> None:
    post = a_post(
        summary=(
            "Nothing is said in this sentence about what was asked.",
            "Sleep does much good to all who are tired.",
        ),
        implications=(),
    )
    quoter = pointing([post], b"\x01\x00")
    assert quoted(quoter, post, question="is sleep good")[0].startswith("Sleep")
    assert quoted(quoter, post)[0].startswith("Nothing")


@pytest.mark.parametrize(
    "sentence",
    [
        "Too short to say anything.",
        "Does anybody know what may come of this in the end?",
        "However, few if any studies examined what becomes of their patients.",
        "There is little research on what becomes of their patients later.",
        "What becomes of their patients in later years is still unknown.",
        "The authors were interested in what becomes of their patients.",
        "In this study the authors asked 49 therapists about their patients.",
        "A sentence without an end " + "and then another thing " * (LONGEST // 20) + ".",
    ],
)
def test_some_sentences_are_near_to_every_question_and_answer_none(sentence: str) -> None:
    post = a_post(summary=(sentence,), implications=())
    assert quoted(pointing([post], b"\x01\x00"), post) == []


def test_sentences_that_are_far_behind_the_best_are_left_out() -> None:
    post = a_post(
        summary=(
            "The sentence that is nearest to what was asked today.",
            "The sentence that is further from what it was.",
        ),
        implications=(),
    )
    near, far = quotable(post)
    quoter = Quoter(Kept({key(near): b"\x01\x00", key(far): b"\x40\x60", key(passages(post)[0]): b"\x01\x00"}))
    assert quoted(quoter, post) == [near]
