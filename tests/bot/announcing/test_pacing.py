"""How many messages a second, whoever wants to send how many when."""

from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.pacing import SLACK, ChannelPaces, Pace

gaps = st.lists(st.floats(0, 20), min_size=1, max_size=400)


@given(gaps, st.floats(0.1, 50), st.integers(1, 100))
def test_there_are_never_more_than_the_rate_and_one_burst(gaps: list[float], rate: float, burst: int) -> None:
    pace, now, sent = Pace(rate, burst), 0.0, []
    for gap in gaps:
        now += gap
        sent.append(now + pace.take(now))

    assert sent == sorted(sent)
    for first in range(0, len(sent), 7):
        for last in range(first, len(sent), 11):
            assert last - first + 1 <= burst + (sent[last] - sent[first]) * rate + 1e-6


@given(gaps)
def test_whoever_has_waited_for_a_turn_is_not_kept_longer_than_the_rate_says(gaps: list[float]) -> None:
    pace, now = Pace(2.0), 0.0
    for number, gap in enumerate(gaps):
        now += gap
        assert pace.take(now) <= 0.5 * number + 1e-6


def test_without_a_rate_nobody_waits() -> None:
    pace = Pace(None)

    assert [pace.take(1.0) for _ in range(5)] == [0.0] * 5
    assert pace.is_free(1.0)


def test_no_minute_of_slack_has_more_than_the_least_that_several_hundred_can_mean() -> None:
    assert SLACK.workspace
    assert SLACK.burst + 60 * SLACK.workspace <= 300


def test_channels_are_paced_apart_and_forgotten_when_their_turn_has_passed() -> None:
    paces = ChannelPaces(1.0)

    assert [paces.take("a", 0.0), paces.take("a", 0.0), paces.take("b", 0.0)] == [0.0, 1.0, 0.0]
    for number in range(1000):
        paces.take(f"{number}", 10.0 + number)
    assert len(paces) <= 2


def test_a_channel_that_is_held_waits_as_long_and_once() -> None:
    paces = ChannelPaces(None)
    paces.hold("a", 60.0)

    assert paces.take("a", 10.0) == 50.0
    assert paces.take("b", 10.0) == 0.0
    assert paces.take("a", 61.0) == 0.0
    assert len(paces) == 0
