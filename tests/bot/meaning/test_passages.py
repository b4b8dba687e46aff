"""The texts that get vectors."""

from hypothesis import given

from bot.meaning.passages import MOST_WORDS, key, passages, quotable
from bot.model import Post
from tests.builders import a_post
from tests.strategies import posts

LONG = "One of very many words " * 100 + "ends."
SHORT = "A sentence of exactly seven words stands here."


def words_of(post: Post) -> list[str]:
    return [word for text in (*post.summary, *post.implications) for word in text.split()]


@given(posts())
def test_every_word_is_in_one_passage_below_the_title(post: Post) -> None:
    bodies = [passage.split("\n", 1) for passage in passages(post)]
    assert [word for _, body in bodies for word in body.split()] == words_of(post)
    assert {title for title, _ in bodies} == {" ".join(post.title.split()[: MOST_WORDS // 2])}


@given(posts())
def test_what_is_quoted_stands_in_the_post_word_for_word(post: Post) -> None:
    for sentence in quotable(post):
        assert any(sentence in text for text in (*post.summary, *post.implications))


def test_no_passage_is_longer_than_the_model_reads() -> None:
    found = passages(a_post(title="word " * 300, summary=(LONG, f"{SHORT} " * 60), implications=(SHORT,)))
    assert max(len(passage.split()) for passage in found) == MOST_WORDS
    assert len(found) == -(-(501 + 420 + 8) // (MOST_WORDS // 2)) + 1


def test_a_passage_ends_with_a_sentence() -> None:
    first, *_ = passages(a_post(title="Title", summary=(f"{SHORT} " * 60,), implications=()))
    assert first.endswith("stands here.")
    assert len(first.split()) == 1 + 22 * 8


def test_a_post_without_words_has_no_passage() -> None:
    assert passages(a_post(summary=("",), implications=())) == ()


def test_a_text_is_known_by_its_words() -> None:
    assert key("one") == key("one") != key("two")
    assert len(key("half a character: \ud800")) == 32
