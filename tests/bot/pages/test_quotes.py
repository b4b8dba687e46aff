"""Answers in quotes, above a list."""

from bot.meaning.quoting import Quotation
from bot.pages.quotes import NOTHING_CLOSE, quotes
from bot.views import View, as_text
from tests.builders import a_post


def test_every_quotation_says_where_it_stands() -> None:
    post = a_post("2021-07", "Burnout")
    view = View("", quotes([Quotation("First.", post), Quotation("Second.", post)]))
    assert as_text(view) == (
        "In the summaries' own words\n\n"
        "> First.\n\nBurnout, July 2021\n\n"
        "> Second.\n\nBurnout, July 2021\n\n"
        "Summaries\n"
    )


def test_where_nothing_is_close_it_is_said() -> None:
    assert as_text(View("", quotes([]))) == f"{NOTHING_CLOSE}\n"
