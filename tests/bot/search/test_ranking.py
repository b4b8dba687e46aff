"""How much of a question documents can know of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.documents import Document
from bot.search.engine import SearchEngine
from bot.search.query import Query, parse_query
from tests.bot.search.invented import Given

TEXTS = ["therapy of grief", "therapy of trauma", "therapy"]
ENGINE = SearchEngine(Given([Document(f"d{number}", "", text) for number, text in enumerate(TEXTS)]))


@pytest.mark.parametrize(
    ("text", "share"), [("grief in therapy", 1), ("therapies", 1), ("of the", 1), ("", 1), ("soup", 0), ('"soup"', 0)]
)
def test_words_are_known_or_unknown(text: str, share: float) -> None:
    assert ENGINE.familiarity(parse_query(text)) == share


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert ENGINE.familiarity(parse_query("soup therapy")) < ENGINE.familiarity(parse_query("soup grief")) < 0.5


@given(st.lists(st.sampled_from(["grief", "therapy", "soup", "of", "quit"]), max_size=5))
def test_it_is_a_share(words: list[str]) -> None:
    assert 0 <= ENGINE.familiarity(Query(words=tuple(words))) <= 1
