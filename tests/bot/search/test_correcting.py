"""Which words of a query are taken for typing errors."""

from bot.search.documents import Document
from bot.search.engine import SearchEngine
from bot.search.query import parse_query
from tests.bot.search.invented import Given

ENGINE = SearchEngine(Given([Document("one", "", "It is quite rare because trauma work is hard.")]))


def test_a_word_that_is_spelled_right_is_no_typing_error() -> None:
    query = parse_query("trama tramua")
    assert dict(ENGINE.search(query).corrections) == {"trama": "trauma", "tramua": "trauma"}
    assert dict(ENGINE.search(query, spelled={"trama"}.__contains__).corrections) == {"tramua": "trauma"}


def test_no_word_is_taken_for_one_that_tells_nothing() -> None:
    found = ENGINE.search(parse_query("quit becuase"))
    assert (found.total, found.corrections) == (0, ())
