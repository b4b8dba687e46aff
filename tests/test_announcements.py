"""The announcement on every platform: one message, whatever was found to be new."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import announced
from adapters.slack import names
from adapters.slack.render import render
from bot.model import Citation, Month, Post, identify
from bot.pages.announcement import announcement
from bot.subscriptions import Filter
from tests.adapters.slack.payloads import buttons, raw
from tests.builders import a_post
from tests.standins import slack_limits
from tests.strategies import posts

_words = st.lists(
    st.sampled_from(["burnout", "outcome", "p < .01", "β = −.31", "patients", "therapists’", "and", "the"]),
    min_size=1,
    max_size=120,
).map(lambda words: " ".join(words).capitalize() + ".")
_long_posts = st.builds(
    lambda number, title, says, cited: a_post(
        "2021-07",
        title,
        id=identify(Month(2021, 7), f"{title} {number}"),
        implications=(says,),
        citation=Citation(cited, doi="10.1000/abc"),
    ),
    st.integers(1, 999),
    _words,
    _words,
    _words,
)
_news = st.lists(posts() | _long_posts, min_size=1, max_size=9, unique_by=lambda post: post.id)
_filters = st.sampled_from(
    [Filter(), Filter(("Burnout",)), Filter(tuple(f"Topic {number}" for number in range(50)), ("Ethics",))]
)


@settings(max_examples=60, deadline=None)
@given(_news, _filters)
def test_any_news_are_one_message_of_slack_with_nothing_left_out(news: list[Post], filter_: Filter) -> None:
    view = announcement(news, filter_)
    message = render(view)

    assert list(slack_limits.message(message.payload)) == []
    assert [button["action_id"] for button in buttons(message.blocks)].count(names.FULL) == 0
    assert len(buttons(message.blocks)) == len(view.buttons)


@settings(max_examples=60, deadline=None)
@given(_news, _filters)
def test_any_news_are_one_message_of_discord_with_nothing_attached(news: list[Post], filter_: Filter) -> None:
    message = announced(announcement(news, filter_))

    assert not message.files


@pytest.mark.parametrize("count", range(1, 10))
def test_the_small_print_is_at_the_end_on_slack(count: int) -> None:
    news = [a_post("2021-07", f"Story {number}") for number in range(count)]

    assert raw(render(announcement(news, Filter())).blocks).endswith("end it with /pprnet unsubscribe.")
