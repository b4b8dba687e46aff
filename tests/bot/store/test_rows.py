"""Posts as rows and as JSON, and back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Month, Post
from bot.store.rows import from_json, month_number, month_of, storable, storable_post, to_json
from tests.strategies import months, posts


@given(posts())
def test_a_post_comes_back_from_json(post: Post) -> None:
    assert from_json(json.loads(json.dumps(to_json(post)))) == post


@given(months)
def test_a_month_comes_back_from_its_number(month: Month) -> None:
    assert month_of(month_number(month)) == month


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_stays_as_it_is(text: str) -> None:
    assert storable(text) == text


def test_what_no_database_takes_is_replaced() -> None:
    assert storable("a\0b\ud83dc\ud800\udc00") == "a\ufffdb\ufffdc\ufffd\ufffd"


@given(posts())
def test_a_post_that_can_be_held_is_held_as_it_is(post: Post) -> None:
    assert storable_post(post) == post
