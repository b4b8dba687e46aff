"""How close posts are, as the archive and the vectors come and go, on both stores."""

from collections.abc import Mapping

import pytest

from bot.meaning.closeness import Closeness
from bot.meaning.passages import key, passages
from bot.ports.meaning import Vector
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.store.vectors import SqlVectors
from tests.bot.meaning.clinic import CLINIC, FEES, GROUPS, LEAVING, SLEEP, Counting
from tests.bot.meaning.conftest import NOON
from tests.builders import a_post


@pytest.fixture
def closeness(clinic: SqlArchive, vectors: SqlVectors) -> Closeness:
    """The invented archive, whose vectors are not there yet."""
    return Closeness(clinic, vectors)


def test_without_vectors_it_is_not_ready(closeness: Closeness, meaning: Counting) -> None:
    assert not closeness.ready()
    assert closeness.to(meaning.embed("grief")) == {}
    assert closeness.like(GROUPS.id, 3) is None


def test_it_is_ready_once_all_passages_have_vectors(
    closeness: Closeness, vectors: SqlVectors, computed: Mapping[str, Vector]
) -> None:
    names = [key(text) for post in CLINIC for text in passages(post)]
    for name in names:
        assert not closeness.ready()
        vectors.keep({name: computed[name]})
    assert closeness.ready()


def test_other_texts_make_no_difference(
    closeness: Closeness, vectors: SqlVectors, computed: Mapping[str, Vector]
) -> None:
    names = {key(text) for post in CLINIC for text in passages(post)}
    vectors.keep({name: vector for name, vector in computed.items() if name not in names})
    assert not closeness.ready()


def test_a_question_is_nearest_to_the_post_about_it(closeness: Closeness, ready: SqlVectors, meaning: Counting) -> None:
    found = closeness.to(meaning.embed("why do clients quit therapy"))
    assert list(found) == [post.id for post in CLINIC]
    assert max(found, key=lambda name: found[name]) == LEAVING.id


def test_posts_are_like_others_and_never_like_themselves(closeness: Closeness, ready: SqlVectors) -> None:
    near = closeness.like(LEAVING.id, 9)
    assert near is not None
    assert sorted(near) == sorted(post.id for post in (SLEEP, GROUPS, FEES))
    assert closeness.like(LEAVING.id, 1) == near[:1]
    assert closeness.like(LEAVING.id, -1) == ()


def test_a_new_post_is_passed_over_until_it_has_its_vectors(
    closeness: Closeness, ready: SqlVectors, recorder: SqlRecorder, meaning: Counting
) -> None:
    assert closeness.ready()
    many = [a_post("2019-01", f"Money, part {number}", summary=(f"Part {number}.",)) for number in range(40)]
    texts = {key(text): text for post in many for text in passages(post)}
    ready.keep({name: ready.fetch([key(passages(FEES)[0])])[key(passages(FEES)[0])] for name in texts})
    recorder.record([*many, post := a_post("2024-01", "Bread", summary=("How to bake bread.",))], source="", at=NOON)

    assert closeness.ready()
    assert closeness.like(post.id, 1) is None
    (text,) = passages(post)
    ready.keep({key(text): meaning.embed(text)})
    assert max(found := closeness.to(meaning.embed("baking")), key=lambda name: found[name]) == post.id


def test_vectors_that_are_removed_meanwhile_are_missed(closeness: Closeness, vectors: SqlVectors) -> None:
    name = key(passages(FEES)[0])
    vectors.keep({name: b"\x01" * 384, "another": b"\x01" * 384})
    assert len(closeness.to(b"\x01" * 384)) == 1
    vectors.keep_only(())
    assert closeness.to(b"\x01" * 384) == {}
