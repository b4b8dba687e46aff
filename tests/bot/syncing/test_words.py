"""What is held in these very words is known at once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bot.model import Citation, Month, PostOrigin
from bot.syncing.words import Words
from tests.builders import a_post
from tests.strategies import posts

POST = a_post()


def test_a_post_in_the_same_words_is_known_whatever_else_is_said_of_it() -> None:
    known = Words([replace(POST, topics=(), sequence=3, url="https://example.org", kind="Trials", id="0" * 12)])
    assert known([POST])
    assert known([replace(POST, title=POST.title.replace(" ", "\u00a0"))])
    assert known([])


CHANGED: list[dict[str, Any]] = [
    {"title": "Burnout affects outcome"}, {"month": Month(2021, 8)}, {"summary": (*POST.summary, "More.")},
    {"citation": None}, {"citation": Citation("Roe")}, {"implications": ()}, {"note": ("A note.",)},
    {"summary": POST.summary + POST.implications, "implications": ()},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGED, ids=str)
def test_any_other_word_is_not_known(change: dict[str, Any]) -> None:
    assert not Words([POST])([POST, replace(POST, **change)])


@settings(deadline=None)
@given(posts())
def test_starters_are_not_known_and_everything_else_is(post: Any) -> None:
    assert Words([post])([post]) is (post.origin is PostOrigin.IMPORTED)
